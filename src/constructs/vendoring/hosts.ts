import { PROVIDER_SOURCE } from "../resources/provider-binding";

/** The hosts that an address without one means: to Terraform, and to OpenTofu. */
export const TERRAFORM_HOST = "registry.terraform.io";
export const OPENTOFU_HOST = "registry.opentofu.org";
export const hosts: readonly string[] = [TERRAFORM_HOST, OPENTOFU_HOST];

/** Our provider's full address on a host. */
export function ourAddress(host: string): string {
  return `${host}/${PROVIDER_SOURCE}`;
}
