/**
 * The layer table of the design (section 3) as data. Each folder of src names
 * the folders that it may import; a folder that is not here fails the test.
 */

/** Our folders that a folder may import, besides itself. `platforms/*` stands for each concrete platform. */
export const layers: Readonly<Record<string, readonly string[]>> = {
  "index.ts": ["constructs", "model", "catalog", "diagnostics"],
  diagnostics: [],
  model: ["diagnostics"],
  catalog: ["model", "diagnostics"],
  plan: ["model", "catalog", "diagnostics"],
  apply: ["plan", "model", "diagnostics"],
  http: ["diagnostics"],
  hub: ["model", "catalog", "diagnostics"],
  // The registry itself: the list of the platforms there are.
  platforms: ["platforms/*", "model", "diagnostics"],
  "platforms/*": ["model", "catalog", "http", "diagnostics"],
  "platforms/hub": ["model", "catalog", "http", "hub", "diagnostics"],
  "provider/wire": [],
  provider: [
    "provider/wire",
    "model",
    "catalog",
    "plan",
    "apply",
    "diagnostics",
  ],
  constructs: ["model", "catalog", "diagnostics"],
  manifest: ["model", "catalog", "diagnostics"],
  review: ["plan", "model", "diagnostics"],
  cli: [
    "apply",
    "catalog",
    "diagnostics",
    "http",
    "hub",
    "manifest",
    "model",
    "plan",
    "platforms",
    "provider",
    "review",
  ],
  testing: ["model", "catalog", "diagnostics"],
};

/** Third-party packages, each the business of one folder. One that is not here fails the test. */
export const packageHomes: Readonly<Record<string, string>> = {
  ajv: "catalog",
  "ajv-formats": "catalog",
  cdktf: "constructs",
  commander: "cli",
  constructs: "constructs",
  "fastest-levenshtein": "diagnostics",
  fastify: "hub/server",
  kysely: "hub/store",
  libsql: "hub/store",
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
