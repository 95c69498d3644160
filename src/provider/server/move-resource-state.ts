import { errorDiagnostic, PatchbayError } from "../../diagnostics";
import {
  isObject,
  type JsonObject,
  type JsonValue,
  type StateMove,
} from "../../model";
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
      isAddressOf(request.sourceProviderAddress, sourceProvider) &&
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

/** Some releases of OpenTofu (1.10 to 1.12.3) send the last part alone: `pipes`, not `registry.opentofu.org/turbot/pipes`. */
function isAddressOf(address: string, sourceProvider: string): boolean {
  return address.includes("/")
    ? address.endsWith(`/${sourceProvider}`)
    : address === sourceProvider.split("/").at(-1);
}

/** The JSON that core kept of it; not to be read is told without a word of it, which may be a secret. */
function sourceState({
  sourceState: raw,
  sourceTypeName,
}: MoveResourceStateRequest): JsonObject {
  if (raw?.json === undefined) return {};
  const state = parsed(Buffer.from(raw.json).toString("utf8"));
  if (isObject(state)) return state;
  throw new PatchbayError({
    code: "move_refused",
    detail: `The state of this ${sourceTypeName} cannot be read: it is no object of attributes. Nothing was changed. Refresh it with the provider that it comes from, then move it.`,
  });
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
