/**
 * Bundles the provider to an executable file in dist/provider, a folder that
 * Terraform can use as a package as it is: flat, and with nothing in it whose
 * name begins like the executable's. What the provider loads lazily stays lazy;
 * undici, which the embedded hub never loads, has a file of its own beside it,
 * because Node parses all of a file at every start.
 * The native part of the SQLite driver is not bundled: it is looked for beside
 * the executable (where `patchbay provider install` puts it), then in
 * node_modules.
 */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { PATCHBAY_VERSION } from "../src/model";

const root = join(__dirname, "../..");
const outputDirectory = join(root, "dist/provider");
const executable = `terraform-provider-patchbay_v${PATCHBAY_VERSION}`;

/** The driver's own line for its native part, and what stands there in the bundle. */
const nativeRequire = "return require(`@libsql/${target}`);";
const nativeRequireInBundle = [
  'const beside = require("node:path").join(__dirname, `libsql-${target}.node`);',
  'if (require("node:fs").existsSync(beside)) return require(beside);',
  nativeRequire,
].join("\n");

const nativePartBeside: Plugin = {
  name: "native-part-beside",
  setup({ onLoad }) {
    onLoad(
      { filter: /[\\/]node_modules[\\/]libsql[\\/]index\.js$/ },
      ({ path }) => {
        const contents = readFileSync(path, "utf8");
        if (!contents.includes(nativeRequire)) {
          throw new Error(
            `${path} no longer holds ${nativeRequire}: adapt scripts/bundle-provider.ts.`,
          );
        }
        return {
          contents: contents.replace(
            nativeRequire,
            () => nativeRequireInBundle,
          ),
          loader: "js",
        };
      },
    );
  },
};

const undiciFile = "undici.js";
const undiciBeside: Plugin = {
  name: "undici-beside",
  setup({ onResolve }) {
    onResolve({ filter: /^undici$/ }, () => ({
      path: `./${undiciFile}`,
      external: true,
    }));
  },
};

async function bundled(
  entryPoint: string,
  options?: Pick<BuildOptions, "banner" | "plugins">,
): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [entryPoint],
    write: false,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Names stay as they are in the source: what a user reports from a crash can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    logLevel: "warning",
  });
  return outputFiles[0]!.contents;
}

async function bundle(): Promise<void> {
  const provider = await bundled("src/provider/main.ts", {
    // Ctrl-C reaches the provider too, and core wants it to live on: not first when the rest of the file has been read.
    banner: {
      js: '#!/usr/bin/env node\nprocess.on("SIGINT", () => {});',
    },
    plugins: [nativePartBeside, undiciBeside],
  });

  mkdirSync(outputDirectory, { recursive: true });
  // Node asks the nearest package.json what kind of module a file without ".js" is; in a user's project
  // (terraform.d/plugins below an ES module package) the answer would be wrong and the provider would not start.
  const files = new Map([
    [executable, provider],
    [undiciFile, await bundled(require.resolve("undici"))],
    [
      "package.json",
      new TextEncoder().encode('{ "private": true, "type": "commonjs" }\n'),
    ],
  ]);
  for (const [name, contents] of files)
    replaceFile({ name, contents, mode: name === executable ? 0o755 : 0o644 });
  for (const name of readdirSync(outputDirectory)) {
    if (!files.has(name))
      rmSync(join(outputDirectory, name), { recursive: true });
  }
}

/** In one step, so that a provider that is being started meanwhile reads the old file or the new one; untouched when equal. */
function replaceFile({
  name,
  contents,
  mode,
}: {
  name: string;
  contents: Uint8Array;
  mode: number;
}): void {
  const path = join(outputDirectory, name);
  try {
    if (readFileSync(path).equals(contents)) return;
  } catch {
    // Not there yet.
  }
  const temporary = join(outputDirectory, `.${name}.${process.pid}`);
  writeFileSync(temporary, contents, { mode });
  renameSync(temporary, path);
}

bundle().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
