import { PatchbayError } from "../../diagnostics";
import type { ProviderContext } from "../provider-context";
import { schemaType } from "../schema/schema-type";
import {
  CtyError,
  type CtyRecord,
  decodeJson,
  formatCtyPath,
  isRecord,
  type UpgradeResourceStateRequest,
  type UpgradeResourceStateResponse,
} from "../wire";
import { diagnosed } from "./diagnosed";
import { encodeRecord, resourceOf, withoutWriteOnly } from "./schema-of";

/** Core asks for every object in the state. Decodes it, and brings it up to the version of today's schema. */
export function upgradeResourceState(
  request: UpgradeResourceStateRequest,
  context: ProviderContext,
): UpgradeResourceStateResponse {
  try {
    const { schema, upgrade } = resourceOf(request.typeName);
    const json = request.rawState?.json;
    const read = json === undefined ? null : decoded(request.typeName, json);
    const isOlder = Number(request.version) < Number(schema.version);
    const state =
      read !== null && json !== undefined && isOlder
        ? (upgrade?.(read, { version: Number(request.version), json }) ?? read)
        : read;
    return { upgradedState: encodeRecord(schema, state) };
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}

/** Attributes that are missing are null, those that nobody knows are dropped; what has the wrong type is told. */
function decoded(typeName: string, json: Uint8Array): CtyRecord | null {
  const { schema } = resourceOf(typeName);
  try {
    const state = decodeJson(schemaType(schema), json, { lenient: true });
    if (!isRecord(state)) return null;
    requireId(typeName, state);
    return withoutWriteOnly(schema, state);
  } catch (thrown) {
    if (!(thrown instanceof CtyError)) throw thrown;
    const { path, reason } = thrown;
    throw unreadable({
      code: "invalid_field",
      path,
      fault:
        path.length === 0
          ? `The state of this ${typeName} cannot be read: ${reason}.`
          : `What the state of this ${typeName} holds in ${formatCtyPath(path)} cannot be read: ${reason}.`,
    });
  }
}

/** By it the object is found again. Only a connection that was moved here, and not read yet, is known by the platform's own id alone. */
function requireId(typeName: string, state: CtyRecord): void {
  const isUnread =
    typeName === "patchbay_connection" &&
    state["platform_id"] !== null &&
    state["owner"] === null;
  if (state["id"] !== null || isUnread) return;
  throw unreadable({
    code: "invalid_id",
    path: ["id"],
    fault: `The state of this ${typeName} holds no id, so it does not tell which object it is of.`,
  });
}

function unreadable(options: {
  readonly code: "invalid_field" | "invalid_id";
  readonly path: CtyError["path"];
  readonly fault: string;
}): PatchbayError {
  const { code, path, fault } = options;
  return new PatchbayError({
    code,
    path,
    detail: `${fault} Nothing was changed. Restore a backup of the state; or take the object out of it and import it again:\n\n  terraform state rm ADDRESS\n  terraform import ADDRESS ID`,
  });
}
