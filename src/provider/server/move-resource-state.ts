import { errorDiagnostic } from "../../diagnostics";
import type {
  MoveResourceStateRequest,
  MoveResourceStateResponse,
} from "../wire";
import { toWireDiagnostics } from "../wire-diagnostics";

/** No other provider's state is understood yet. */
export function moveResourceState(
  request: MoveResourceStateRequest,
): MoveResourceStateResponse {
  return {
    diagnostics: toWireDiagnostics([
      errorDiagnostic({
        code: "move_refused",
        detail: `The state of a ${request.sourceTypeName} (${request.sourceProviderAddress}) cannot be moved to a ${request.targetTypeName} yet. Nothing was changed. Instead, take the old resource out of the state without destroying it (a \`removed\` block with \`destroy = false\`), and take the object into this one with an \`import\` block.`,
      }),
    ]),
  };
}
