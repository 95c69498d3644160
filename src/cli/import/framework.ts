import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The frameworks that constructs are written for, and where each imports ours from. */
export const constructEntries = {
  cdktf: "cdktf-patchbay",
  cdktn: "cdktf-patchbay/cdktn",
} as const;
export type Framework = keyof typeof constructEntries;
export const frameworks = Object.keys(constructEntries) as Framework[];

/** The one that the project of a folder depends on, by the nearest package.json above; cdktf where it names both or none. */
export function frameworkOfProject(folder: string): Framework {
  for (let at = folder; ; at = dirname(at)) {
    const named = dependenciesIn(join(at, "package.json"));
    if (named !== undefined)
      return named.has("cdktn") && !named.has("cdktf") ? "cdktn" : "cdktf";
    if (at === dirname(at)) return "cdktf";
  }
}

/** Undefined where there is no such file; nothing where it cannot be read, which is not ours to judge. */
function dependenciesIn(file: string): ReadonlySet<string> | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  try {
    const parsed = JSON.parse(text) as Readonly<
      Record<string, Readonly<Record<string, unknown>> | undefined>
    >;
    return new Set(
      ["dependencies", "devDependencies", "peerDependencies"].flatMap((kind) =>
        Object.keys(parsed[kind] ?? {}),
      ),
    );
  } catch {
    return new Set();
  }
}
