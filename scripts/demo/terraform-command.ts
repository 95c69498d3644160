import { spawnSync } from "node:child_process";

/** Terraform where it is installed, else OpenTofu; undefined where neither is. */
export function findTerraform(
  environment: NodeJS.ProcessEnv,
): string | undefined {
  return ["terraform", "tofu"].find(
    (command) =>
      spawnSync(command, ["version"], { env: environment, stdio: "ignore" })
        .status === 0,
  );
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
