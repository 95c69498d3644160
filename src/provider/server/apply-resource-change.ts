import { type Diagnostic, PatchbayError } from "../../diagnostics";
import type { ProviderContext } from "../provider-context";
import { type StateAnswer, type WriteRequest } from "../resources";
import {
  decodePrivateState,
  encodePrivateState,
  withoutPlan,
} from "../state/private-state";
import type {
  ApplyResourceChangeRequest,
  ApplyResourceChangeResponse,
} from "../wire";
import { toWireDiagnostics } from "../wire-diagnostics";
import { diagnosed } from "./diagnosed";
import {
  decodeConfig,
  decodeRecord,
  decodeState,
  encodeRecord,
  resourceOf,
} from "./schema-of";

/** A failure leaves the state as it was: nothing for a create, all for a change or a deletion. */
export async function applyResourceChange(
  request: ApplyResourceChangeRequest,
  context: ProviderContext,
  signal: AbortSignal,
): Promise<ApplyResourceChangeResponse> {
  try {
    const { schema } = resourceOf(request.typeName);
    const warnings: Diagnostic[] = [];
    context.noteApplying();
    const answer = await carryOut(request, context, {
      signal,
      warn: (diagnostic) => void warnings.push(diagnostic),
    });
    return {
      newState: encodeRecord(schema, answer.state),
      diagnostics: toWireDiagnostics(warnings),
      ...(answer.state === null
        ? {}
        : { private: encodePrivateState(answer.remembered) }),
    };
  } catch (thrown) {
    return {
      ...(request.priorState === undefined
        ? {}
        : { newState: request.priorState }),
      private: request.plannedPrivate,
      diagnostics: diagnosed(thrown, context),
    };
  }
}

async function carryOut(
  request: ApplyResourceChangeRequest,
  context: ProviderContext,
  step: Pick<WriteRequest, "signal" | "warn">,
): Promise<StateAnswer> {
  const resource = resourceOf(request.typeName);
  const { schema } = resource;
  const prior = decodeState(schema, request.priorState);
  const planned = decodeRecord(schema, request.plannedState);
  const remembered = decodePrivateState(request.plannedPrivate);
  refuseCancelled(step.signal);
  if (prior !== null) context.requireNotMissing();
  if (planned === null) {
    if (prior !== null)
      await resource.delete({ prior, remembered, ...step }, context);
    return { state: null, remembered: {} };
  }
  const config = decodeConfig(schema, request.config);
  return await resource.make(
    {
      prior,
      planned,
      config,
      remembered: withoutPlan(remembered),
      ...step,
    },
    context,
  );
}

/** What has not begun when the user interrupts is not begun. */
function refuseCancelled(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new PatchbayError({
    code: "cancelled",
    detail:
      "The run was interrupted before this change was begun, so nothing was changed. Apply again to go on.",
  });
}
