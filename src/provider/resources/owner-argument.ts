import { type Diagnostic, errorDiagnostic } from "../../diagnostics";
import {
  formatOwner,
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
  type Owner,
  parseOwner,
} from "../../model";
import type { ProviderContext } from "../provider-context";
import type { CtyRecord } from "../wire";
import { textOf } from "../state/record";

/** The owner that a resource belongs to: its own argument, or the provider's organization. */
export interface OwnerArgument {
  readonly owner: Owner | KnownAfterApply;
  readonly text: string | KnownAfterApply;
  readonly diagnostics: readonly Diagnostic[];
}

const unknownOwner = {
  owner: KNOWN_AFTER_APPLY,
  text: KNOWN_AFTER_APPLY,
} as const;

export function ownerArgument(
  config: CtyRecord,
  context: ProviderContext,
): OwnerArgument {
  const given = textOf(config, "owner");
  if (given === KNOWN_AFTER_APPLY) return { ...unknownOwner, diagnostics: [] };
  if (given !== undefined) {
    const parsed = parseOwner(given);
    return parsed.ok
      ? { owner: parsed.value, text: given, diagnostics: [] }
      : { ...unknownOwner, diagnostics: parsed.diagnostics };
  }
  const owner = context.defaultOwner;
  if (owner !== undefined)
    return { owner, text: formatOwner(owner), diagnostics: [] };
  if (context.configuration.kind === "undecided")
    return { ...unknownOwner, diagnostics: [] };
  return { ...unknownOwner, diagnostics: [missingOwner()] };
}

/** Neither the object nor the provider says whose it is. */
export function missingOwner(): Diagnostic {
  return errorDiagnostic({
    code: "missing_argument",
    path: ["owner"],
    detail:
      'It is not said whom this belongs to. Set `owner` here, for example owner = "organization/acme", or `organization` in the provider block for all.',
  });
}
