import { builtinModules } from "node:module";
import { posix } from "node:path";
import {
  allowedImports,
  environmentReaders,
  folderOf,
  isMain,
  isTest,
  packageHomes,
  providerExceptions,
  providerValues,
} from "./layers";
import { readSource, type SourceFact } from "./read-source";

/** A tree of source files: path from the root of the repository, and text. */
export type SourceTree = Readonly<Record<string, string>>;

/**
 * Every place where the files break the layer table, as `path:line` and what is
 * wrong. Tests may import what they like, but live in a folder of the table.
 */
export function architectureViolations(tree: SourceTree): readonly string[] {
  return Object.entries(tree).flatMap(([path, text]) => {
    const folder = folderOf(path);
    if (allowedImports(folder) === undefined) {
      return [`${path}: the folder src/${folder} is not in the layer table`];
    }
    if (isTest(path)) return [];
    const facts = readSource(path, text);
    const at = ({ line }: SourceFact) => `${path}:${line}`;
    return [
      ...facts.imports.flatMap((fact) =>
        importViolation({ path, module: fact.text, tree }).map(
          (fault) => `${at(fact)}: ${fault}`,
        ),
      ),
      ...(folder === "provider" && !isMain(path)
        ? facts.importedValues.flatMap((fact) =>
            ruleImported(path, fact.text).map((rule) => `${at(fact)}: ${rule}`),
          )
        : []),
      ...(isMain(path) || environmentReaders.includes(path)
        ? []
        : facts.processReads.map(
            (fact) =>
              `${at(fact)}: ${fact.text}: only main.ts files read the process`,
          )),
      ...(isMain(path) || folder === "http"
        ? []
        : facts.fetchCalls.map(
            (fact) => `${at(fact)}: fetch is called in src/http only`,
          )),
      ...facts.anonymousExports.map(
        (fact) => `${at(fact)}: ${fact.text}: named exports only`,
      ),
    ];
  });
}

/** The provider decides nothing about connections: it imports no rule. */
function ruleImported(path: string, imported: string): readonly string[] {
  const [module = "", name = ""] = imported.split(" ");
  const room = folderOf(posix.join(posix.dirname(path), module));
  const allowed = Object.hasOwn(providerValues, room)
    ? [...providerValues[room]!, ...(providerExceptions[path] ?? [])]
    : [name];
  return allowed.includes(name)
    ? []
    : [
        `src/provider imports the rule ${name} of src/${room}: rules belong into plan and apply`,
      ];
}

/** The folders of the table that no entry of the package leads to. */
export function unreachableFolders(
  tree: SourceTree,
  entries: readonly string[],
): readonly string[] {
  const reached = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { text: module } of readSource(path, tree[path]!).imports) {
      if (!module.startsWith(".")) continue;
      const target = posix.join(posix.dirname(path), module);
      const file = [`${target}.ts`, `${target}/index.ts`].find((one) =>
        Object.hasOwn(tree, one),
      );
      if (file !== undefined) waiting.push(file);
    }
  }
  const folders = new Set([...reached].map(folderOf));
  return Object.keys(tree)
    .filter((path) => !isTest(path))
    .map(folderOf)
    .filter((folder, index, all) => all.indexOf(folder) === index)
    .filter((folder) => !folders.has(folder));
}

interface Import {
  readonly path: string;
  readonly module: string;
  readonly tree: SourceTree;
}

function importViolation({ path, module, tree }: Import): readonly string[] {
  if (isMain(path)) return [];
  if (module.startsWith(".")) return layerViolation({ path, module, tree });
  if (module.startsWith("node:") || builtinModules.includes(module)) return [];
  return packageViolation(path, module);
}

function layerViolation({ path, module, tree }: Import): readonly string[] {
  const target = posix.join(posix.dirname(path), module);
  if (!target.startsWith("src/"))
    return [`imports ${target}, which is outside src`];
  if (isTest(`${target}.ts`))
    return [`imports ${target}, which only tests may`];
  const from = folderOf(path);
  const to = folderOf(
    [`${target}.ts`, `${target}/index.ts`].find((file) =>
      Object.hasOwn(tree, file),
    ) ?? target,
  );
  if (from === to) return [];
  const allowed = allowedImports(from) ?? [];
  if (allowed.includes(to)) return [];
  if (to.startsWith("platforms/") && allowed.includes("platforms/*")) return [];
  return [
    `src/${from} may not import src/${to} (only ${allowed.join(", ") || "nothing of ours"})`,
  ];
}

function packageViolation(path: string, module: string): readonly string[] {
  const name = module
    .split("/")
    .slice(0, module.startsWith("@") ? 2 : 1)
    .join("/");
  const home = Object.hasOwn(packageHomes, name)
    ? packageHomes[name]
    : undefined;
  if (home === undefined) {
    return [
      `the package ${name} has no home in the layer table: add it there, and its reason to ARCHITECTURE.md`,
    ];
  }
  if (path === `src/${home}` || path.startsWith(`src/${home}/`)) return [];
  return [`the package ${name} may be imported in src/${home} only`];
}
