import { type Diagnostic, errorDiagnostic } from "../diagnostics";
import { KNOWN_AFTER_APPLY, type Owner, parseOwner } from "../model";
import type { OrLater } from "./declared";

/** Whom an object belongs to. */
export interface DeclaredOwner {
  readonly owner: OrLater<Owner>;
  readonly text: OrLater<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The declared owner, read; not known where it cannot be, with the reason. */
export function readOwner(
  declared: OrLater<string> | undefined,
): DeclaredOwner {
  const unknown = {
    owner: KNOWN_AFTER_APPLY,
    text: KNOWN_AFTER_APPLY,
  } as const;
  if (declared === KNOWN_AFTER_APPLY) return { ...unknown, diagnostics: [] };
  if (declared === undefined)
    return { ...unknown, diagnostics: [missingOwner()] };
  const parsed = parseOwner(declared);
  return parsed.ok
    ? { owner: parsed.value, text: declared, diagnostics: [] }
    : { ...unknown, diagnostics: parsed.diagnostics };
}

/** Neither the object nor the door says whose it is. */
export function missingOwner(): Diagnostic {
  return errorDiagnostic({
    code: "missing_argument",
    path: ["owner"],
    detail:
      'It is not said whom this belongs to. Set `owner` here, for example owner = "organization/acme", or `organization` in the provider block for all.',
  });
}
