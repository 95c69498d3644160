import {
  type ConnectionKey,
  type Creation,
  fieldOf,
  type Folder,
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
import {
  folderIdIn,
  isOf,
  ownerIn,
  type RecordOwner,
  trunkIn,
} from "./record-owner";
import { fromPipes, shortPlugin } from "./types";

/** A connection as Pipes shows it, reduced to what is used here. */
export interface ConnectionRecord {
  readonly id: string;
  readonly handle: string;
  /** Without its publisher where that is Turbot. */
  readonly plugin: string;
  /** Without anything secret. */
  readonly config: JsonObject;
  /** Undefined where Pipes does not tell. */
  readonly owner: RecordOwner | undefined;
  readonly isFolder: boolean;
  /** The folder that holds it; undefined at the top level. */
  readonly folderId: string | undefined;
  /** The titles from the top down to that folder; undefined where Pipes does not tell them all. */
  readonly folderTitles: readonly string[] | undefined;
  readonly version: string | undefined;
  readonly rollout: Rollout;
  readonly creation: Creation;
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
    plugin: isFolder ? "" : shortPlugin(textIn(record, "plugin")),
    config: plainFields(optionalObjectIn(record, "config") ?? objectOf([])),
    owner: ownerIn(record),
    isFolder,
    folderId: folderIdIn(record),
    folderTitles: folderTitlesIn(record),
    version: version === undefined ? undefined : String(version),
    rollout: rolloutOf(record),
    creation: creationIn(record),
  };
}

/** What is only told on to people: anything else than a text is left out. */
function creationIn(record: JsonObject): Creation {
  const told = (object: JsonObject, field: string) => {
    const value = fieldOf(object, field);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const maker = fieldOf(record, "created_by");
  return {
    createdAt: told(record, "created_at"),
    createdBy:
      (isObject(maker) ? told(maker, "handle") : undefined) ??
      told(record, "created_by_id"),
  };
}

function folderTitlesIn(record: JsonObject): readonly string[] | undefined {
  const folders = (trunkIn(record) ?? []).filter(({ id }) =>
    id.startsWith("c_"),
  );
  if (folders.at(-1)?.id !== folderIdIn(record)) return undefined;
  const titles = folders.flatMap(({ title }) => title ?? []);
  return titles.length === folders.length ? titles : undefined;
}

/** Whether it is a connection of that owner itself. */
export function isOwnedBy(record: ConnectionRecord, owner: Owner): boolean {
  return !record.isFolder && isOf(record.owner, owner);
}

/** The connection in the catalogue's form. */
export function observedConnectionOf(
  owner: Owner,
  record: ConnectionRecord,
  folder: Folder | undefined,
): ObservedConnection {
  const key: ConnectionKey = { owner, name: record.handle };
  return {
    ...key,
    ...fromPipes(record.plugin, record.config),
    ...statusOf(record.rollout),
    ...record.creation,
    platformId: record.id,
    autoLink: false,
    autoLinkExcept: [],
    folder,
    concurrencyToken: record.version,
  };
}
