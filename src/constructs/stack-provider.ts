import { type TerraformProvider, TerraformStack } from "./framework";
import type { IConstruct } from "constructs";

/** Where the provider stands that nobody declared. */
export const DEFAULT_PROVIDER_ID = "PatchbayDefaultProvider";

const declaredProviders = new WeakMap<TerraformStack, TerraformProvider>();

/** The stack's own unaliased provider takes the place of the one with defaults, whichever came first. */
export function declareProvider(provider: TerraformProvider): void {
  if (provider.node.id === DEFAULT_PROVIDER_ID || provider.alias !== undefined)
    return;
  const stack = TerraformStack.of(provider);
  stack.node.tryRemoveChild(DEFAULT_PROVIDER_ID);
  declaredProviders.set(stack, provider);
}

/** Whether another one without an alias has taken its place: a stack can have one only. */
export function isSecondProvider(provider: TerraformProvider): boolean {
  const declared = declaredProvider(provider);
  return (
    provider.alias === undefined &&
    declared !== undefined &&
    declared !== provider
  );
}

/** The unaliased provider that the construct's stack declares; undefined where it declares none. */
export function declaredProvider(
  construct: IConstruct,
): TerraformProvider | undefined {
  return declaredProviders.get(TerraformStack.of(construct));
}
