import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The only look at the environment in this folder. A construct library has no
 * main.ts of its own: what Terraform will do depends on these variables, which
 * the user sets for Terraform and cdktf, not for us.
 */
export interface TerraformEnvironment {
  /** TF_CLI_CONFIG_FILE: the CLI configuration that Terraform reads instead of ~/.terraformrc. */
  readonly cliConfigurationFile: string | undefined;
  /** TERRAFORM_BINARY_NAME: what cdktf runs instead of `terraform`. */
  readonly binaryName: string | undefined;
  /** PATH: where `terraform` and `tofu` are looked for. */
  readonly searchPath: string | undefined;
  /** APPDATA: where the CLI configuration is on Windows. */
  readonly applicationData: string | undefined;
}

export function terraformEnvironment(): TerraformEnvironment {
  const { TF_CLI_CONFIG_FILE, TERRAFORM_BINARY_NAME, PATH, APPDATA } =
    process.env;
  return {
    cliConfigurationFile: TF_CLI_CONFIG_FILE,
    binaryName: TERRAFORM_BINARY_NAME,
    searchPath: PATH,
    applicationData: APPDATA,
  };
}

/** Whether the user has told cdktf to run OpenTofu. */
export function namesOpenTofu({ binaryName }: TerraformEnvironment): boolean {
  return /tofu/i.test(binaryName ?? "");
}

/** Whether OpenTofu will run, or Terraform; undefined where both may: neither is named, and the PATH does not tell. */
export function runsOpenTofu(
  environment: TerraformEnvironment,
): boolean | undefined {
  if ((environment.binaryName ?? "") !== "") return namesOpenTofu(environment);
  const folders = (environment.searchPath ?? "").split(delimiter);
  const has = (name: string) =>
    folders.some((folder) => folder !== "" && existsSync(join(folder, name)));
  return !has("terraform") && has("tofu") ? true : undefined;
}
