import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PATCHBAY_VERSION } from "../src/model";

const root = join(__dirname, "..");
const executable = `dist/provider/terraform-provider-patchbay_v${PATCHBAY_VERSION}`;

interface PackedFile {
  readonly path: string;
  readonly mode: number;
}

beforeAll(() => {
  if (!existsSync(join(root, executable)))
    throw new Error("These tests look at the built package: npm run build");
});

describe("what is published", () => {
  let files: readonly PackedFile[];
  beforeAll(() => {
    const answer = execFileSync(
      "npm",
      ["pack", "--dry-run", "--json", "--ignore-scripts", "--silent"],
      {
        cwd: root,
        encoding: "utf8",
      },
    );
    files = (JSON.parse(answer) as [{ files: PackedFile[] }])[0].files;
  });

  test.each([
    "package.json",
    "README.md",
    "LICENSE",
    "SECURITY.md",
    "docs/getting-started.md",
    "examples/gitops/main.ts",
    "dist/src/index.js",
    "dist/src/index.d.ts",
    "dist/src/testing/index.js",
    "dist/src/testing/index.d.ts",
    "dist/provider/package.json",
  ])("has %s", (path) => {
    expect(files.map((file) => file.path)).toContain(path);
  });

  test.each([executable, "dist/src/cli/main.js"])(
    "has %s, to be executed",
    (path) => {
      // npm itself makes the files of "bin" executable when it installs.
      expect(files.find((file) => file.path === path)?.mode).toBe(
        path === executable ? 0o755 : 0o644,
      );
      expect(readFileSync(join(root, path), "utf8").split("\n")[0]).toBe(
        "#!/usr/bin/env node",
      );
    },
  );

  test("has nothing that only we need", () => {
    const ours =
      /\.test\.|\bfixtures?\b|__snapshots__|\.snap$|tsbuildinfo|^(src|test|scripts|bench)\/|^dist\/(?!src\/|provider\/)/;
    expect(
      files.map(({ path }) => path).filter((path) => ours.test(path)),
    ).toEqual([]);
  });

  test("has nothing in the provider's folder that Terraform could take for the executable", () => {
    const names = files
      .map(({ path }) => path)
      .filter((path) => path.startsWith("dist/provider/"));
    expect(names.sort()).toEqual([
      "dist/provider/package.json",
      executable,
      "dist/provider/undici.js",
    ]);
  });
});

test("every place that names the version names the same", () => {
  const versionIn = (path: string) =>
    (JSON.parse(readFileSync(join(root, path), "utf8")) as { version: string })
      .version;
  expect([versionIn("package.json"), versionIn("package-lock.json")]).toEqual([
    PATCHBAY_VERSION,
    PATCHBAY_VERSION,
  ]);
});

test("everything that is installed with it says that it runs on the Node that we promise", () => {
  const { packages } = JSON.parse(
    readFileSync(join(root, "package-lock.json"), "utf8"),
  ) as {
    packages: Record<
      string,
      { readonly dev?: true; readonly engines?: { readonly node?: string } }
    >;
  };
  const promised = packages[""]!.engines!.node!.replace(/^>=/, "");
  const isNewer = (least: string) =>
    least.localeCompare(promised, "en", { numeric: true }) > 0;
  const tooNew = Object.entries(packages).filter(
    ([name, { dev, engines }]) =>
      name !== "" &&
      dev !== true &&
      engines?.node !== undefined &&
      engines.node
        .split("||")
        .every((range) => isNewer(/[\d.]+/.exec(range)?.[0] ?? "0")),
  );
  expect(tooNew.map(([name]) => name)).toEqual([]);
});

test.each([
  ["cdktf-patchbay", "PatchbayProvider"],
  ["cdktf-patchbay/testing", "createMemoryPlatform"],
])("%s can be required", (entry, name) => {
  const script = `process.stdout.write(typeof require(${JSON.stringify(entry)})[${JSON.stringify(name)}])`;
  expect(
    execFileSync(process.execPath, ["-e", script], {
      cwd: root,
      encoding: "utf8",
    }),
  ).toBe("function");
});

test("undici is not loaded with the hub, which may be in this process", () => {
  const script = `require("./dist/src/platforms/hub/open");
    process.stdout.write(Object.keys(require.cache).filter((path) => /[\\\\/]undici[\\\\/]/.test(path)).join())`;
  expect(
    execFileSync(process.execPath, ["-e", script], {
      cwd: root,
      encoding: "utf8",
    }),
  ).toBe("");
});

test("every generated file is what its generator makes now", () => {
  const copy = mkdtempSync(join(tmpdir(), "patchbay-generate-"));
  try {
    cpSync(join(root, "src"), join(copy, "src"), { recursive: true });
    const generated = generatedFiles(join(copy, "src"));
    for (const path of generated) rmSync(join(copy, "src", path));
    const generators = readdirSync(join(root, "dist/scripts")).filter((name) =>
      /^generate-.*\.js$/.test(name),
    );
    for (const name of generators)
      execFileSync(process.execPath, [join(root, "dist/scripts", name)], {
        cwd: copy,
      });

    expect(generatedFiles(join(copy, "src"))).toEqual(generated);
    for (const path of generated) {
      expect(readFileSync(join(copy, "src", path), "utf8")).toBe(
        readFileSync(join(root, "src", path), "utf8"),
      );
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
});

function generatedFiles(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.generated\.[a-z]+$/.test(path))
    .sort();
}
