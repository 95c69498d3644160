/** Carries changes out on an observed model, in the plainest way: field by field, by the paths in the plan. */
import {
  type Folder,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  type JsonObject,
  leafPaths,
  meansFolder,
  type ObservedAttachment,
  type ObservedConnection,
  type ObservedLink,
  type Value,
} from "../model";
import type { Change } from "./change";
import type { FieldChange } from "./field-change";
import type { ObservedModel } from "./models";

type Tree = Map<string, Tree | Value>;

/** What the platform shows after the changes. A replacement begins from nothing, with what is declared. */
export function carriedOut(
  observed: ObservedModel,
  changes: readonly Change[],
): ObservedModel {
  const connections = byId(observed.connections, formatConnectionKey);
  const attachments = byId(observed.attachments, formatAttachmentKey);
  const links = byId(observed.links, formatLinkKey);
  for (const change of changes) {
    const anew = change.action === "create" || change.action === "replace";
    if (change.action === "delete" || anew) {
      if (change.object === "connection") connections.delete(change.id);
      if (change.object === "attachment") attachments.delete(change.id);
      if (change.object === "link") links.delete(change.id);
    }
    if (change.desired === undefined) continue;
    if (change.object === "attachment")
      attachments.set(change.id, { ...change.desired, platformId: change.id });
    if (change.object === "connection") {
      const before = connections.get(change.id);
      const fields = changed(
        anew ? {} : connectionTree(before!),
        change.action === "replace"
          ? whole(change.desired.config, change)
          : change.fields,
      );
      connections.set(change.id, {
        owner: change.desired.owner,
        name: change.desired.name,
        platformId: change.id,
        type: (fields["type"] ?? change.desired.type) as string,
        description: fields["description"] as string | undefined,
        config: (fields["config"] ?? {}) as JsonObject,
        autoLink: fields["auto_link"] === true,
        autoLinkExcept: (fields["auto_link_except"] ?? []) as string[],
        access: fields["access"] as ObservedConnection["access"],
        folder: folderOf(fields["parent"] as string | undefined),
        secretFields: leafPaths(change.desired.secrets?.reveal() ?? {}),
        status: "unknown",
        ...(change.desired.secrets === undefined && !anew
          ? { secretFields: before?.secretFields }
          : {}),
      });
    }
    if (change.object === "link") {
      const before = links.get(change.id);
      const fields = changed(
        anew || before === undefined ? {} : { overrides: before.overrides },
        change.action === "replace"
          ? [
              {
                kind: "plain",
                path: ["overrides"],
                before: undefined,
                after: change.desired.overrides,
              },
            ]
          : change.fields,
      );
      const { overrideSecrets } = change.desired;
      links.set(change.id, {
        connection: change.desired.connection,
        deployment: change.desired.deployment,
        platformId: change.id,
        overrides: (fields["overrides"] ?? {}) as JsonObject,
        overrideSecretFields:
          overrideSecrets === undefined && !anew
            ? before?.overrideSecretFields
            : leafPaths(overrideSecrets?.reveal() ?? {}),
      });
    }
  }
  return {
    connections: [...connections.values()],
    attachments: [...attachments.values()] as ObservedAttachment[],
    links: [...links.values()] as ObservedLink[],
  };
}

function byId<T>(
  objects: readonly T[],
  idOf: (object: T) => string,
): Map<string, T> {
  return new Map(objects.map((object) => [idOf(object), object]));
}

function connectionTree(
  shown: ObservedConnection,
): Readonly<Record<string, unknown>> {
  return {
    type: shown.type,
    ...(shown.description === undefined
      ? {}
      : { description: shown.description }),
    config: shown.config,
    auto_link: shown.autoLink,
    auto_link_except: shown.autoLinkExcept,
    ...(shown.access === undefined ? {} : { access: shown.access }),
    ...(shown.folder === undefined ? {} : { parent: shown.folder.path }),
  };
}

function folderOf(parent: string | undefined): Folder | undefined {
  return parent === undefined || meansFolder(parent, undefined)
    ? undefined
    : { id: `id of ${parent}`, path: parent };
}

/** The fields of what is declared, as a creation would list them. */
function whole(config: JsonObject, change: Change): readonly FieldChange[] {
  if (change.object !== "connection" || change.desired === undefined) return [];
  const { type, description, autoLink, autoLinkExcept, access, parent } =
    change.desired;
  const plain = (name: string, after: unknown): FieldChange => ({
    kind: "plain",
    path: [name],
    before: undefined,
    after: after as Value,
  });
  return [
    plain("type", type),
    ...(description === undefined ? [] : [plain("description", description)]),
    plain("config", config),
    plain("auto_link", autoLink ?? false),
    plain("auto_link_except", [...(autoLinkExcept ?? [])].sort()),
    ...(access === undefined ? [] : [plain("access", access)]),
    ...(parent === undefined ? [] : [plain("parent", parent)]),
  ];
}

function changed(
  before: Readonly<Record<string, unknown>>,
  fields: readonly FieldChange[],
): Readonly<Record<string, unknown>> {
  const tree = grow(before as Value) as Tree;
  for (const field of fields) {
    if (field.kind === "secret") continue;
    const path = field.path.map(String);
    const last = path.pop()!;
    let branch = tree;
    for (const step of path) branch = branch.get(step) as Tree;
    if (field.after === undefined) branch.delete(last);
    else branch.set(last, grow(field.after));
  }
  return shrink(tree) as Readonly<Record<string, unknown>>;
}

function grow(value: Value): Tree | Value {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return value;
  return new Map(
    Object.entries(value).map(([field, part]) => [field, grow(part as Value)]),
  );
}

function shrink(tree: Tree | Value): unknown {
  if (!(tree instanceof Map)) return tree;
  const object = Object.create(null) as Record<string, unknown>;
  for (const [field, part] of tree) object[field] = shrink(part);
  return object;
}
