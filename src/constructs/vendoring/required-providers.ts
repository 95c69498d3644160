import { TerraformProvider, type TerraformStack } from "../framework";
import { PROVIDER_TYPE } from "../resources/provider-binding";

/** A provider that the stack needs in one exact version. */
export interface RequiredProvider {
  /** `hashicorp/null`, `registry.example.com/acme/x`, `null` */
  readonly source: string;
  readonly version: string;
}

/** The stack's other providers whose version is exact, as cdktf's own packages pin it. */
export function requiredProviders(
  stack: TerraformStack,
): readonly RequiredProvider[] {
  return stack.node.findAll().flatMap((element) => {
    if (
      !TerraformProvider.isTerraformProvider(element) ||
      element.terraformResourceType === PROVIDER_TYPE
    )
      return [];
    const {
      terraformGeneratorMetadata: metadata,
      terraformProviderSource: source,
    } = element;
    const version =
      metadata?.providerVersion ?? metadata?.providerVersionConstraint;
    if (
      version === undefined ||
      !/^=?\s*\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)
    )
      return [];
    return [
      {
        source: source ?? element.terraformResourceType,
        version: version.replace(/^=?\s*/, ""),
      },
    ];
  });
}

/** The full address of a source on the host that it means when it names none. */
export function addressOf(source: string, defaultHost: string): string {
  const parts = source.split("/");
  if (parts.length === 1) return `${defaultHost}/hashicorp/${source}`;
  return parts.length === 2 ? `${defaultHost}/${source}` : source;
}
