import { diagnosticsOf } from "../../diagnostics";
import type { ProviderContext } from "../provider-context";
import { PatchbayError } from "../../diagnostics";
import type { WireDiagnostic } from "../wire";
import { toWireDiagnostics } from "../wire-diagnostics";

/**
 * The one place where what was thrown becomes what the user reads. A failure
 * that is ours leaves a trace in the log: where, never what with.
 */
export function diagnosed(
  thrown: unknown,
  context: ProviderContext,
): readonly WireDiagnostic[] {
  if (!(thrown instanceof PatchbayError)) {
    context.log.warn("bug", { stack: stackOf(thrown) });
  }
  return toWireDiagnostics(context.toldFailures.tell(diagnosticsOf(thrown)));
}

/** Only the frames: a message may quote what was being worked on. */
function stackOf(thrown: unknown): string {
  const stack = thrown instanceof Error ? (thrown.stack ?? "") : "";
  const frames = stack
    .split("\n")
    .filter((line) => line.trimStart().startsWith("at "));
  return frames.length === 0 ? "no stack" : frames.join("\n");
}
