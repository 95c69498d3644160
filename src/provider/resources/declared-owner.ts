import {
  formatOwner,
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
} from "../../model";
import type { ProviderContext } from "../provider-context";
import { textOf } from "../state/record";
import type { CtyRecord } from "../wire";

/** Whom a resource belongs to: its own argument, or the provider's organization, which may be known later itself. */
export function declaredOwner(
  config: CtyRecord,
  { defaultOwner, configuration }: ProviderContext,
): string | undefined | KnownAfterApply {
  const given = textOf(config, "owner");
  if (given !== undefined) return given;
  if (defaultOwner !== undefined) return formatOwner(defaultOwner);
  return configuration.kind === "undecided" ? KNOWN_AFTER_APPLY : undefined;
}
