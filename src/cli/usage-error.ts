import type { CommanderError } from "commander";
import { type Diagnostic, errorDiagnostic } from "../diagnostics";

/**
 * A fault of the command line in the words of our diagnostics: the parser's
 * `error: unknown command 'typs'\n(Did you mean types?)` becomes
 * `Unknown command "typs". Did you mean "types"? See: patchbay --help`.
 */
export function usageDiagnostic({ message }: CommanderError): Diagnostic {
  const [, fault = message, guess] =
    /^(?:error: )?(.*?)(?:\n\(Did you mean (.*)\?\))?$/s.exec(message) ?? [];
  const sentence =
    fault.charAt(0).toUpperCase() +
    fault.slice(1).replaceAll("'", '"').replace(/\.$/, "");
  const suggestion =
    guess === undefined
      ? ""
      : ` Did you mean "${guess.replace(/^one of /, "").replaceAll(", ", '" or "')}"?`;
  return errorDiagnostic({
    code: "invalid_usage",
    detail: `${sentence}.${suggestion} Add --help to see what there is.`,
  });
}
