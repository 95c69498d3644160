import { spawnSync } from "node:child_process";

/** Write-only arguments and ephemeral variables, which keep the example's secrets out of the state. */
export const NEEDED_VERSION = "1.11";

export interface FoundClient {
  /** `terraform` or `tofu`. */
  readonly command: string;
  readonly version: string;
  /** Whether it can run the example. */
  readonly newEnough: boolean;
}

/** Terraform where it is installed, else OpenTofu, the one that is new enough first; undefined where neither is. */
export function findTerraform(
  environment: NodeJS.ProcessEnv,
): FoundClient | undefined {
  const found = ["terraform", "tofu"].flatMap((command) => {
    const { status, stdout } = spawnSync(command, ["version", "-json"], {
      env: environment,
      encoding: "utf8",
    });
    if (status !== 0) return [];
    const { terraform_version: version } = JSON.parse(stdout) as {
      readonly terraform_version: string;
    };
    return [{ command, version, newEnough: isNewEnough(version) }];
  });
  return found.find(({ newEnough }) => newEnough) ?? found[0];
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [neededMajor = 0, neededMinor = 0] =
    NEEDED_VERSION.split(".").map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

export interface TerraformOptions {
  /** `terraform` or `tofu`. */
  readonly command: string;
  /** The stack's folder, where it runs. */
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
}

export interface TerraformResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command of Terraform and waits for it. */
export function terraform(
  { command, directory, environment }: TerraformOptions,
  args: readonly string[],
): TerraformResult {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: directory,
    env: environment,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}
