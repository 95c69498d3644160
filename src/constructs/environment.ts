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
  /** APPDATA: where the CLI configuration is on Windows. */
  readonly applicationData: string | undefined;
}

export function terraformEnvironment(): TerraformEnvironment {
  const { TF_CLI_CONFIG_FILE, TERRAFORM_BINARY_NAME, APPDATA } = process.env;
  return {
    cliConfigurationFile: TF_CLI_CONFIG_FILE,
    binaryName: TERRAFORM_BINARY_NAME,
    applicationData: APPDATA,
  };
}
