import type { ProviderContext } from "../provider-context";
import { decodePrivateState } from "../state/private-state";
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
    if (decodeRecord(schema, request.proposedNewState) === null) {
      const diagnostics =
        prior === null ? [] : (resource.planDelete?.(prior, context) ?? []);
      return {
        plannedState: encodeRecord(schema, null),
        plannedPrivate: request.priorPrivate,
        diagnostics: toWireDiagnostics(diagnostics),
      };
    }
    const answer = await resource.plan(
      {
        prior,
        config: decodeConfig(schema, request.config),
        // The second call of a replacement brings what is remembered of the object that goes; the new one begins without.
        remembered:
          prior === null ? {} : decodePrivateState(request.priorPrivate),
      },
      context,
    );
    return {
      plannedState: encodeRecord(schema, answer.planned),
      ...(prior === null ? {} : { plannedPrivate: request.priorPrivate }),
      requiresReplace: answer.requiresReplace.flatMap(
        (path) => toAttributePath(path) ?? [],
      ),
      diagnostics: toWireDiagnostics(answer.diagnostics),
    };
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}
