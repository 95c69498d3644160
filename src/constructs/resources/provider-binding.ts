import type {
  TerraformMetaArguments,
  TerraformProviderGeneratorMetadata,
} from "../framework";
import { PATCHBAY_VERSION } from "../../model";

/** What Terraform lets one say of every resource, as far as it makes sense for ours. */
export type MetaArguments = Pick<
  TerraformMetaArguments,
  "dependsOn" | "lifecycle" | "provider"
>;

/** How the provider is called in addresses: `patchbay_connection`. */
export const PROVIDER_TYPE = "patchbay";

/** Source address of the provider, without the host. */
export const PROVIDER_SOURCE = "patchbay/patchbay";

/** Ties every element to the provider of this very release. Without it Terraform would look for hashicorp/patchbay. */
export const generatorMetadata: TerraformProviderGeneratorMetadata = {
  providerName: PROVIDER_TYPE,
  providerVersion: PATCHBAY_VERSION,
};
