/**
 * The provider that comes with the package, put where Terraform finds it. The
 * only part of the constructs that touches files; knows nothing of connections.
 */
import type { TerraformStack } from "../framework";
import { addCustomSynthesis } from "../framework";
import type { IConstruct } from "constructs";
import { resolve } from "node:path";
import { PATCHBAY_VERSION } from "../../model";
import { runsOpenTofu, terraformEnvironment } from "../environment";
import { installationWarning } from "./cli-configuration";
import { placeProvider } from "./place-provider";
import { findProviderFolder } from "./provider-folder";
import { requiredProviders } from "./required-providers";
import { updateLockFile } from "./update-lock-file";

export interface VendoringOptions {
  readonly stack: TerraformStack;
  readonly warn: (message: string) => void;
  /** Says what is wrong with the stack as a whole: only an app is synthesized, no construct in a test of its own. */
  readonly checkStack: () => void;
}

/** Node context key: another folder to take the provider from, for those who build it themselves. */
const PROVIDER_FOLDER_CONTEXT = "patchbayProviderFolder";

/**
 * When the app is synthesized, puts the provider of this package under the
 * stack's own plugin directory and keeps the stack's lock file right. Terraform
 * looks there before any registry, so that init works offline and at once.
 */
export function vendorAtSynthesis(
  provider: IConstruct,
  { stack, warn, checkStack }: VendoringOptions,
): void {
  addCustomSynthesis(provider, {
    onSynthesize: ({ outdir, manifest }) => {
      checkStack();
      const stackFolder = resolve(
        outdir,
        manifest.forStack(stack).workingDirectory,
      );
      const environment = terraformEnvironment();
      const providerFolder = findProviderFolder(
        stack.node.tryGetContext(PROVIDER_FOLDER_CONTEXT) as string | undefined,
      );
      const pluginFolder = placeProvider({
        stackFolder,
        providerFolder,
        version: PATCHBAY_VERSION,
      });
      updateLockFile({
        stackFolder,
        providerFolder,
        version: PATCHBAY_VERSION,
        openTofu: runsOpenTofu(environment),
        others: requiredProviders(stack),
      });
      const warning = installationWarning({ environment, pluginFolder });
      if (warning !== undefined) warn(warning);
    },
  });
}
