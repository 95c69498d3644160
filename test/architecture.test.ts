import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  allowedImports,
  folderOf,
  layers,
  packageHomes,
  readLayers,
} from "./architecture/layers";
import {
  architectureViolations,
  type SourceTree,
  unreachableFolders,
} from "./architecture/violations";

const root = join(__dirname, "..");

test("the source keeps to the layer table", () => {
  expect(architectureViolations(readTree())).toEqual([]);
});

test("every row of the table is a folder, and imports folders of the table", () => {
  const folders = new Set(Object.keys(readTree()).map(folderOf));
  expect(
    Object.keys(layers).filter(
      (row) => !folders.has(row) && row !== "platforms/*",
    ),
  ).toEqual([]);
  expect(
    Object.values(layers)
      .flat()
      .filter((name) => allowedImports(name) === undefined),
  ).toEqual([]);
});

test("a row says what may be imported", () => {
  expect(
    readLayers(
      "| `src/a` | words | b, c/\\* |\n| `src/d`  | words | – |\n| not a row |",
    ),
  ).toEqual({ a: ["b", "c/*"], d: [] });
});

test("every folder is reached from an entry of the package", () => {
  const tree = readTree();
  const entries = Object.keys(tree).filter((path) =>
    /^src\/(index|testing\/index|\w+\/main)\.ts$/.test(path),
  );
  expect(entries).toHaveLength(4);
  expect(unreachableFolders(tree, entries)).toEqual([]);
  expect(unreachableFolders(tree, ["src/index.ts"])).toEqual(
    expect.arrayContaining(["apply", "hub", "plan", "provider/wire"]),
  );
});

test("the table's packages are those that come with the published package", () => {
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  ) as Record<string, Record<string, string>>;
  expect(Object.keys(packageHomes).sort()).toEqual(
    Object.keys({ ...dependencies, ...peerDependencies }).sort(),
  );
});

describe("what the table forbids is found", () => {
  test.each<[title: string, tree: SourceTree, violations: readonly string[]]>([
    [
      "a static import of a layer above",
      {
        "src/model/a.ts": 'import { x } from "../hub";',
        "src/hub/index.ts": "",
      },
      ["src/model/a.ts:1: src/model may not import src/hub (only diagnostics)"],
    ],
    [
      "a type-only import",
      {
        "src/plan/a.ts": '\nimport type { X } from "../apply/x";',
        "src/apply/x.ts": "",
      },
      [
        "src/plan/a.ts:2: src/plan may not import src/apply (only model, catalog, diagnostics)",
      ],
    ],
    [
      "an import type in a signature",
      {
        "src/diagnostics/a.ts": 'export type A = import("../model").Key;',
        "src/model/index.ts": "",
      },
      [
        "src/diagnostics/a.ts:1: src/diagnostics may not import src/model (only nothing of ours)",
      ],
    ],
    [
      "a dynamic import",
      {
        "src/http/a.ts": 'export const load = () => import("../model");',
        "src/model/index.ts": "",
      },
      ["src/http/a.ts:1: src/http may not import src/model (only diagnostics)"],
    ],
    [
      "a require",
      {
        "src/provider/wire/a.ts": 'const x = require("../schema/x");',
        "src/provider/schema/x.ts": "",
      },
      [
        "src/provider/wire/a.ts:1: src/provider/wire may not import src/provider (only nothing of ours)",
      ],
    ],
    [
      "an import assignment",
      {
        "src/apply/a.ts": 'import catalog = require("../catalog");',
        "src/catalog/index.ts": "",
      },
      [
        "src/apply/a.ts:1: src/apply may not import src/catalog (only plan, model, diagnostics)",
      ],
    ],
    [
      "a re-export",
      {
        "src/cli/a.ts": 'export { X } from "../constructs";',
        "src/constructs/index.ts": "",
      },
      [
        expect.stringContaining(
          "src/cli/a.ts:1: src/cli may not import src/constructs",
        ),
      ],
    ],
    [
      "the wire from the command line",
      {
        "src/cli/a.ts": 'import { X } from "../provider/wire";',
        "src/provider/wire/index.ts": "",
      },
      [expect.stringContaining("src/cli may not import src/provider/wire")],
    ],
    [
      "a rule in the provider, under whatever name",
      {
        "src/provider/resources/a.ts":
          'import { type Owner, hasFeature as can } from "../../model";\nimport * as catalog from "../../catalog";\nimport { equalInMeaning } from "../../catalog";',
        "src/model/index.ts": "",
        "src/catalog/index.ts": "",
      },
      [
        "src/provider/resources/a.ts:1: src/provider imports the rule hasFeature of src/model: rules belong into plan and apply",
        "src/provider/resources/a.ts:2: src/provider imports the rule * of src/catalog: rules belong into plan and apply",
        "src/provider/resources/a.ts:3: src/provider imports the rule equalInMeaning of src/catalog: rules belong into plan and apply",
      ],
    ],
    [
      "a sibling platform",
      {
        "src/platforms/pipes/a.ts": 'import { X } from "../astro/x";',
        "src/platforms/astro/x.ts": "",
      },
      [
        expect.stringContaining(
          "src/platforms/pipes may not import src/platforms/astro",
        ),
      ],
    ],
    [
      "the hub from a platform that is not its client",
      {
        "src/platforms/pipes/a.ts": 'import { X } from "../../hub";',
        "src/hub/index.ts": "",
      },
      [expect.stringContaining("src/platforms/pipes may not import src/hub")],
    ],
    [
      "a concrete platform named outside the registry",
      {
        "src/cli/a.ts": 'import { X } from "../platforms/hub";',
        "src/platforms/hub/index.ts": "",
      },
      [expect.stringContaining("src/cli may not import src/platforms/hub")],
    ],
    [
      "a folder that is not in the table, even with nothing but a test in it",
      { "src/utils/a.test.ts": "" },
      ["src/utils/a.test.ts: the folder src/utils is not in the layer table"],
    ],
    [
      "something outside src",
      { "src/model/a.ts": 'import { x } from "../../scripts/x";' },
      ["src/model/a.ts:1: imports scripts/x, which is outside src"],
    ],
    [
      "what a test is set up with",
      { "src/model/a.ts": 'import { x } from "./b-fixture";' },
      ["src/model/a.ts:1: imports src/model/b-fixture, which only tests may"],
    ],
    [
      "a package outside its folder, by any of its modules",
      { "src/hub/a.ts": 'import { Kysely } from "kysely/dist/cjs";' },
      [
        "src/hub/a.ts:1: the package kysely may be imported in src/hub/store only",
      ],
    ],
    [
      "a package that has no home",
      { "src/hub/a.ts": 'import x from "@some/where/deep";' },
      [
        expect.stringContaining(
          "the package @some/where has no home in the layer table",
        ),
      ],
    ],
    [
      "the environment and the arguments outside main.ts, however they are read",
      {
        "src/hub/a.ts": [
          "process.env.A;",
          'process["env"];',
          "globalThis.process.argv;",
          "const { env } = process;",
          'import { argv } from "node:process";',
        ].join("\n"),
      },
      [1, 2, 3, 4, 5].map((line) =>
        expect.stringMatching(
          `^src/hub/a.ts:${line}: .*: only main.ts files read the process$`,
        ),
      ),
    ],
    [
      "the global fetch outside http",
      { "src/platforms/pipes/a.ts": 'fetch("/");\nglobalThis.fetch;' },
      [1, 2].map(
        (line) =>
          `src/platforms/pipes/a.ts:${line}: fetch is called in src/http only`,
      ),
    ],
    [
      "exports without a name",
      {
        "src/model/a.ts":
          'export * from "./b";\nexport default 1;\nexport default function f() {}',
        "src/model/b.ts": "",
      },
      [1, 2, 3].map((line) =>
        expect.stringMatching(
          `^src/model/a.ts:${line}: .*: named exports only$`,
        ),
      ),
    ],
  ])("%s", (_title, tree, violations) => {
    expect(architectureViolations(tree)).toEqual(violations);
  });
});

describe("what the table allows is not reported", () => {
  test.each<[title: string, tree: SourceTree]>([
    [
      "a layer below, the folder itself and Node's own modules",
      {
        "src/plan/a.ts":
          'import "node:path"; import "fs/promises"; import "../model/key"; import "./b";',
        "src/plan/b.ts": "",
        "src/model/key.ts": "",
      },
    ],
    [
      "a package in its folder",
      { "src/hub/store/deep/a.ts": 'import "kysely";' },
    ],
    [
      "every platform in the registry, and the hub in its client",
      {
        "src/platforms/registry.ts": 'import "./hub"; import "../model";',
        "src/platforms/hub/index.ts": 'import "../../hub";',
        "src/hub/index.ts": "",
        "src/model/index.ts": "",
      },
    ],
    [
      "everything in an entry point",
      {
        "src/cli/main.ts":
          'import "../provider/wire"; import "../platforms/hub"; import "libsql"; process.env; fetch("/");',
        "src/provider/wire/index.ts": "",
        "src/platforms/hub/index.ts": "",
      },
    ],
    [
      "the environment in the one file of the constructs for it",
      { "src/constructs/environment.ts": "process.env;" },
    ],
    [
      "anything in a test",
      {
        "src/model/a.test.ts":
          'import "../hub"; import "fast-check"; process.env;',
      },
    ],
    [
      "anything in what a test is set up with",
      { "src/model/a-fixture.ts": 'import "../testing"; import "fast-check";' },
    ],
    [
      "a fetch that was passed in",
      { "src/hub/a.ts": 'const call = (fetch: Fetch) => fetch("/");' },
    ],
    [
      "code in comments and strings",
      {
        "src/model/a.ts": '// import "../hub"\nconst a = `require("../hub")`;',
      },
    ],
    ["other members of the process", { "src/cli/a.ts": "process.platform;" }],
  ])("%s", (_title, tree) => {
    expect(architectureViolations(tree)).toEqual([]);
  });
});

function readTree(): SourceTree {
  const paths = readdirSync(join(root, "src"), {
    recursive: true,
    encoding: "utf8",
  })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `src/${path}`);
  return Object.fromEntries(
    paths.map((path) => [
      path.replaceAll("\\", "/"),
      readFileSync(join(root, path), "utf8"),
    ]),
  );
}
