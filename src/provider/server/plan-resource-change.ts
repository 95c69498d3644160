import type { ProviderContext } from "../provider-context";
import { decodePrivateState, encodePrivateState } from "../state/private-state";
import type {
  PlanResourceChangeRequest,
  PlanResourceChangeResponse,
} from "../wire";
import { toAttributePath, toWireDiagnostics } from "../wire-diagnostics";
import { diagnosed } from "./diagnosed";
import {
  decodeConfig,
  decodeRecord,
  encodeRecord,
  isNull,
  resourceOf,
} from "./schema-of";

export async function planResourceChange(
  request: PlanResourceChangeRequest,
  context: ProviderContext,
): Promise<PlanResourceChangeResponse> {
  try {
    const resource = resourceOf(request.typeName);
    const { schema } = resource;
    const prior = decodeRecord(schema, request.priorState);
    const id = prior?.["id"];
    // Without a refresh nothing was read.
    if (typeof id === "string") context.noteInState(resource.kind, id);
    if (isNull(request.proposedNewState)) {
      const diagnostics =
        prior === null ? [] : (resource.planDelete?.(prior) ?? []);
      return {
        plannedState: encodeRecord(schema, null),
        plannedPrivate: request.priorPrivate,
        diagnostics: toWireDiagnostics(diagnostics),
      };
    }
    // The second call of a replacement brings what is remembered of the object that goes; the new one begins without.
    const remembered =
      prior === null ? {} : decodePrivateState(request.priorPrivate);
    const answer = await resource.plan(
      {
        prior,
        secondCall: prior === null && request.priorPrivate.length > 0,
        config: decodeConfig(schema, request.config),
        remembered,
      },
      context,
    );
    return {
      plannedState: encodeRecord(schema, answer.planned),
      // Never empty: by it the second call of a replacement is told from the creation of another object.
      ...(prior === null
        ? {}
        : { plannedPrivate: encodePrivateState(remembered) }),
      requiresReplace: answer.requiresReplace.map(toAttributePath),
      diagnostics: toWireDiagnostics(answer.diagnostics),
    };
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}
