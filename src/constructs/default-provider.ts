import { type TerraformProvider, TerraformStack } from "./framework";
import type { IConstruct } from "constructs";
import { PatchbayProvider } from "./patchbay-provider";
import { requireOwnApp } from "./require-own-app";
import { declaredProvider, DEFAULT_PROVIDER_ID } from "./stack-provider";

/** Gives the stack a provider with defaults unless it has one, or the element names its own. */
export function ensureProvider(
  element: IConstruct,
  own: TerraformProvider | undefined,
): void {
  requireOwnApp(element);
  if (own !== undefined || declaredProvider(element) !== undefined) return;
  const stack = TerraformStack.of(element);
  if (stack.node.tryFindChild(DEFAULT_PROVIDER_ID) !== undefined) return;
  new PatchbayProvider(stack, DEFAULT_PROVIDER_ID);
}
