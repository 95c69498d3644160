import type { ProviderContext } from "../provider-context";
import type { PlanAnswer } from "../resources";
import {
  decodePrivateState,
  encodePrivateState,
  type PrivateState,
  withoutPlan,
} from "../state/private-state";
import type {
  PlanResourceChangeRequest,
  PlanResourceChangeResponse,
} from "../wire";
import { toAttributePath, toWireDiagnostics } from "../wire-diagnostics";
import { deferral } from "./deferral";
import { diagnosed } from "./diagnosed";
import {
  decodeConfig,
  decodeState,
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
    const prior = decodeState(schema, request.priorState);
    const waits = deferral(request, context);
    if (waits.deferred !== undefined)
      return {
        ...waits,
        plannedState: encodeRecord(
          schema,
          decodeState(schema, request.proposedNewState),
        ),
        plannedPrivate: request.priorPrivate,
      };
    if (prior !== null) context.requireNotMissing();
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
    const before = decodePrivateState(request.priorPrivate);
    const remembered = prior === null ? {} : withoutPlan(before);
    const answer = await resource.plan(
      {
        prior,
        secondCall: prior === null && request.priorPrivate.length > 0,
        gone: prior === null ? before : {},
        config: decodeConfig(schema, request.config),
        remembered,
      },
      context,
    );
    return {
      plannedState: encodeRecord(schema, answer.planned),
      // Never empty where something is there: by it the second call of a replacement is told from the creation of another object.
      // What is planned in that call comes to the deletion; the creation is planned once more before it is carried out.
      plannedPrivate: encodePrivateState(
        prior === null
          ? { ...before, ...answer.remembered, ...planOf(answer) }
          : (answer.remembered ?? remembered),
      ),
      requiresReplace: answer.requiresReplace.map(toAttributePath),
      diagnostics: toWireDiagnostics(answer.diagnostics),
    };
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}

function planOf({ replaceable }: PlanAnswer): PrivateState {
  return replaceable === true ? { replaceable } : {};
}
