import { Secret } from "../../diagnostics";
import {
  type ConnectionKey,
  type Creation,
  type Folder,
  type JsonObject,
  objectOf,
  type ObservedConnection,
  type Owner,
} from "../../model";
import type { Answer } from "../kit";
import { type Rollout, rolloutOf, statusOf } from "./connection-status";
import {
  folderIdIn,
  isOf,
  ownerIn,
  type RecordOwner,
  trunkIn,
} from "./record-owner";
import { shortPlugin, shownAs, type StoredConnection } from "./types";

/** A connection as Pipes shows it, reduced to what is used here. */
export interface ConnectionRecord {
  readonly id: string;
  readonly handle: string;
  /** Without its publisher where that is Turbot. */
  readonly plugin: string;
  /** As Pipes shows it: with null or a mask in place of secrets, and maybe with secrets. */
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
export function connectionRecordOf(answer: Answer): ConnectionRecord {
  const record = answer.optionalObject("connection") ?? answer;
  const isFolder = /^connection-folder/.test(record.optionalText("type") ?? "");
  const version = record.optionalNumber("version_id");
  return {
    id: record.text("id"),
    handle: isFolder ? "" : record.text("handle"),
    plugin: isFolder ? "" : shortPlugin(record.text("plugin")),
    config: record.optionalObject("config")?.fields ?? objectOf([]),
    owner: ownerIn(record),
    isFolder,
    folderId: folderIdIn(record),
    folderTitles: folderTitlesIn(record),
    version: version === undefined ? undefined : String(version),
    rollout: rolloutOf(record),
    creation: creationIn(record),
  };
}

function creationIn(record: Answer): Creation {
  return {
    createdAt: record.toldText("created_at"),
    createdBy:
      record.toldObject("created_by")?.toldText("handle") ??
      record.toldText("created_by_id"),
  };
}

function folderTitlesIn(record: Answer): readonly string[] | undefined {
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

/** The connection in the catalogue's form. What is stored is all that the rules need to show it as another type. */
export function observedConnectionOf(
  owner: Owner,
  record: ConnectionRecord,
  folder: Folder | undefined,
): ObservedConnection {
  const key: ConnectionKey = { owner, name: record.handle };
  const { plugin, config } = record;
  const stored: StoredConnection = { plugin, config };
  return {
    ...key,
    ...shownAs(stored, undefined),
    ...statusOf(record.rollout),
    ...record.creation,
    platformId: record.id,
    autoLink: false,
    autoLinkExcept: [],
    folder,
    stored: new Secret<unknown>(stored),
    concurrencyToken: record.version,
  };
}
