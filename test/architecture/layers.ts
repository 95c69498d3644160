import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The layer table of ARCHITECTURE.md as data. Each folder of src names the
 * folders that it may import, besides itself; a folder that is not there fails
 * the test. `platforms/*` stands for each concrete platform.
 */
export const layers: Readonly<Record<string, readonly string[]>> = readLayers(
  readFileSync(join(__dirname, "../../ARCHITECTURE.md"), "utf8"),
);

/** The rows of the table: folder, what is in it, what it may import. */
export function readLayers(
  markdown: string,
): Readonly<Record<string, readonly string[]>> {
  const rows = markdown.matchAll(/^\| `src\/([^`]+)` *\|[^|]*\|([^|]*)\|$/gm);
  return Object.fromEntries(
    [...rows].map(([, folder = "", imports = ""]) => [
      folder,
      imports
        .replaceAll("\\", "")
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "–"),
    ]),
  );
}

/**
 * The values that the provider may import of rooms that have rules, in whichever
 * file: types, parsers and forms of values. Everything else is a rule, which
 * belongs into plan/ or apply/. Types are free.
 */
export const providerValues: Readonly<Record<string, readonly string[]>> = {
  model: [
    "KNOWN_AFTER_APPLY",
    "canonicalJson",
    "checkName",
    "escapeName",
    "effective",
    "fieldOf",
    "isList",
    "isObject",
    "leafPaths",
    "needed",
    "objectOf",
    "formatFieldPath",
    "overriddenFields",
    "parseFieldPath",
    "splitRemovals",
    "withRemoval",
    "formatAttachmentKey",
    "formatConnectionKey",
    "formatLinkKey",
    "formatOwner",
    "parseAttachmentKey",
    "parseConnectionKey",
    "parseLinkKey",
    "parseOwner",
  ],
  catalog: ["connectionStringOf", "listConnectionTypes", "secretFieldsOfType"],
};

/** Values beside those that one file of the provider may import, and why. */
export const providerExceptions: Readonly<Record<string, readonly string[]>> = {
  // Spelling is a matter of the record: what means the same keeps its words.
  "src/provider/state/values.ts": ["equalInMeaning"],
};

/** Third-party packages, each the business of one folder, or of one file. One that is not here fails the test. */
export const packageHomes: Readonly<Record<string, string>> = {
  ajv: "catalog",
  "ajv-formats": "catalog",
  cdktf: "constructs/framework.ts",
  // The name in the compiled copy alone: scripts/copy-for-cdktn.ts.
  cdktn: "constructs/framework.ts",
  commander: "cli",
  constructs: "constructs",
  "fastest-levenshtein": "diagnostics",
  fastify: "hub/server",
  kysely: "hub/store",
  libsql: "hub/store",
  // Fastify's own, held at the last version whose parts run on Node 20.
  "light-my-request": "hub/server",
  undici: "http",
};

/**
 * Files besides the main.ts ones that may read the environment. A construct
 * library has no main of its own: the app that it is used in is not ours.
 */
export const environmentReaders: readonly string[] = [
  "src/constructs/environment.ts",
];

/** The folder whose row of the table applies to a file: `hub`, `platforms/pipes`, `provider/wire`. */
export function folderOf(path: string): string {
  const [, first = "", second = "", ...rest] = path.split("/");
  if (rest.length === 0 && second === "") return first;
  if (first === "platforms" && rest.length > 0) return `platforms/${second}`;
  if (first === "provider" && second === "wire") return "provider/wire";
  return first;
}

/** The folders that files of `folder` may import; undefined where the table does not know it. */
export function allowedImports(folder: string): readonly string[] | undefined {
  if (Object.hasOwn(layers, folder)) return layers[folder];
  return folder.startsWith("platforms/") ? layers["platforms/*"] : undefined;
}

/** Whether a file is an entry point: it may import everything and read the process. */
export function isMain(path: string): boolean {
  return /^src\/[^/]+\/main\.ts$/.test(path);
}

/** Tests and what they are set up with (`-fixture.ts`): neither is published. */
export function isTest(path: string): boolean {
  return /(\.test|-fixture)\.ts$/.test(path);
}
