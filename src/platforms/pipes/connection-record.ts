import {
  type ConnectionKey,
  fieldOf,
  isList,
  isObject,
  type JsonObject,
  objectOf,
  type ObservedConnection,
  type Owner,
} from "../../model";
import {
  objectIn,
  optionalNumberIn,
  optionalObjectIn,
  optionalTextIn,
  textIn,
} from "./answers";
import { type Rollout, rolloutOf, statusOf } from "./connection-status";
import { plainFields } from "./plain-fields";
import { fromPipes } from "./types";

/** A connection as Pipes shows it, reduced to what is used here. */
export interface ConnectionRecord {
  readonly id: string;
  readonly handle: string;
  /** Without its publisher where that is Turbot. */
  readonly plugin: string;
  /** Without anything secret. */
  readonly config: JsonObject;
  /** Undefined where Pipes does not tell. */
  readonly level: "tenant" | "organization" | "workspace" | undefined;
  readonly isFolder: boolean;
  readonly version: string | undefined;
  readonly rollout: Rollout;
}

/** Reads a connection in any of its shapes: by itself, or inside the association with a workspace. */
export function connectionRecordOf(answer: JsonObject): ConnectionRecord {
  const inner = fieldOf(answer, "connection") ?? undefined;
  const record = inner === undefined ? answer : objectIn(inner, "connection");
  const isFolder = /^connection-folder/.test(
    optionalTextIn(record, "type") ?? "",
  );
  const version = optionalNumberIn(record, "version_id");
  return {
    id: textIn(record, "id"),
    handle: isFolder ? "" : textIn(record, "handle"),
    plugin: isFolder ? "" : textIn(record, "plugin").replace(/^turbot\//, ""),
    config: plainFields(optionalObjectIn(record, "config") ?? objectOf([])),
    level: levelOf(record),
    isFolder,
    version: version === undefined ? undefined : String(version),
    rollout: rolloutOf(record),
  };
}

/** Where it lives. The route under which it was found does not tell: workspaces also show what they inherit. */
function levelOf(record: JsonObject): ConnectionRecord["level"] {
  if (optionalTextIn(record, "workspace_id") !== undefined) return "workspace";
  if (optionalTextIn(record, "identity_id") !== undefined)
    return "organization";
  const trunk = fieldOf(record, "trunk");
  const root = isList(trunk) ? trunk[0] : undefined;
  const ancestor =
    (isObject(root) ? optionalTextIn(root, "id") : undefined) ??
    optionalTextIn(record, "parent_id") ??
    "";
  if (ancestor.startsWith("w_")) return "workspace";
  if (/^[ou]_/.test(ancestor)) return "organization";
  return ancestor.startsWith("t_") ? "tenant" : undefined;
}

/** Whether it belongs to that owner itself. What a workspace cannot be told to own is left alone: deleting there could detach or destroy. */
export function isOwnedBy(record: ConnectionRecord, owner: Owner): boolean {
  if (record.isFolder) return false;
  return record.level === owner.kind
    ? true
    : record.level === undefined && owner.kind !== "workspace";
}

/** The connection in the catalogue's form. */
export function observedConnectionOf(
  owner: Owner,
  record: ConnectionRecord,
): ObservedConnection {
  const key: ConnectionKey = { owner, name: record.handle };
  return {
    ...key,
    ...fromPipes(record.plugin, record.config),
    ...statusOf(record.rollout),
    platformId: record.id,
    autoLink: false,
    autoLinkExcept: [],
    concurrencyToken: record.version,
  };
}
