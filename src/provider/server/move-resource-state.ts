import { errorDiagnostic, PatchbayError } from "../../diagnostics";
import type { JsonObject, StateMove } from "../../model";
import type { ProviderContext } from "../provider-context";
import { recordOfJson } from "../state/record-of-json";
import type {
  MoveResourceStateRequest,
  MoveResourceStateResponse,
} from "../wire";
import { diagnosed } from "./diagnosed";
import { encodeRecord, resourceOf } from "./schema-of";

/** Takes over the state of another provider's resource; asks and changes no platform. */
export function moveResourceState(
  request: MoveResourceStateRequest,
  context: ProviderContext,
): MoveResourceStateResponse {
  try {
    const { schema } = resourceOf(request.targetTypeName);
    const converted = moveOf(request, context).convert(sourceState(request));
    if (!converted.ok) throw new PatchbayError(converted.diagnostics);
    return {
      targetState: encodeRecord(schema, recordOfJson(schema, converted.value)),
    };
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}

function moveOf(
  request: MoveResourceStateRequest,
  context: ProviderContext,
): StateMove {
  const moves = context.environment.platforms.flatMap(
    (platform) => platform.moves ?? [],
  );
  const move = moves.find(
    ({ sourceProvider, sourceType, targetType }) =>
      request.sourceProviderAddress.endsWith(`/${sourceProvider}`) &&
      sourceType === request.sourceTypeName &&
      targetType === request.targetTypeName,
  );
  if (move !== undefined) return move;
  const known = moves.map(
    ({ sourceType, targetType }) => `${sourceType} to ${targetType}`,
  );
  throw new PatchbayError([
    errorDiagnostic({
      code: "move_refused",
      detail: `The state of a ${request.sourceTypeName} (${request.sourceProviderAddress}) cannot be moved to a ${request.targetTypeName}. Nothing was changed.${known.length === 0 ? "" : ` What can be moved: ${known.join(", ")}.`} Instead, take the old resource out of the state without destroying it (a \`removed\` block with \`destroy = false\`), and take the object into this one with an \`import\` block.`,
    }),
  ]);
}

function sourceState(request: MoveResourceStateRequest): JsonObject {
  const json = request.sourceState?.json;
  return json === undefined
    ? {}
    : (JSON.parse(Buffer.from(json).toString("utf8")) as JsonObject);
}
