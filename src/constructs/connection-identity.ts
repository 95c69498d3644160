import { type TerraformProvider, Token } from "./framework";
import type { IConstruct } from "constructs";
import type { IConnection } from "./connection-like";
import { declaredProvider } from "./stack-provider";

/**
 * A text that is the same for two constructs exactly if they mean the same
 * connection: its platform and its natural key. Where the name is not known at
 * synthesis, a connection is the same as itself only. Asked at synthesis: a
 * provider that is declared late may change the default owner.
 */
export function connectionIdentity(connection: IConnection): string {
  const { nameInput, ownerInput } = connection;
  if (Token.isUnresolved(nameInput) || Token.isUnresolved(ownerInput))
    return `construct ${connection.node.path}`;
  return `${platformIdentity(connection)} ${ownerInput ?? defaultOwner(connection)}/${nameInput}`;
}

/** Something that a provider manages. */
interface ProviderManaged extends IConstruct {
  readonly provider?: TerraformProvider;
}

/** Which provider, and so which platform, something lives on. */
export function platformIdentity(element: ProviderManaged): string {
  return element.provider?.node.path ?? "default";
}

/** `organization/acme`; where only Terraform will know it, a text that stands for it. */
export function defaultOwner(element: ProviderManaged): string {
  const provider = element.provider ?? declaredProvider(element);
  const organization = (
    provider as { readonly organizationInput?: string } | undefined
  )?.organizationInput;
  return organization === undefined || Token.isUnresolved(organization)
    ? "(default owner)"
    : `organization/${organization}`;
}
