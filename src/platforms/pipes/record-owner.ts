import { isList, isObject, type Owner } from "../../model";
import type { Answer } from "../kit";

/** Whose a connection or a folder is. */
export interface RecordOwner {
  readonly kind: "tenant" | "organization" | "workspace";
  /** The parent of what stands at the owner's top level. */
  readonly id: string;
}

/** An ancestor: the tenant, an organization, a workspace or a folder. */
export interface TrunkItem {
  readonly id: string;
  readonly title: string | undefined;
}

const kindsById: Readonly<Record<string, RecordOwner["kind"]>> = {
  t_: "tenant",
  o_: "organization",
  u_: "organization",
  w_: "workspace",
};

/**
 * Where it lives; undefined where Pipes does not tell. The route under which it
 * was found does not tell either: workspaces also show what they inherit, and
 * organizations what the tenant grants them.
 */
export function ownerIn(record: Answer): RecordOwner | undefined {
  const workspace = record.optionalText("workspace_id");
  if (workspace !== undefined) return { kind: "workspace", id: workspace };
  const identity = record.optionalText("identity_id");
  if (identity !== undefined) return { kind: "organization", id: identity };
  const ancestors = [
    ...(trunkIn(record) ?? []).map(({ id }) => id),
    record.optionalText("parent_id") ?? "",
  ];
  // What lives in a workspace or an organization names it; what names none is the tenant's.
  const id =
    ancestors.findLast((ancestor) => kindOf(ancestor) !== undefined) ??
    record.optionalText("tenant_id");
  const kind = id === undefined ? undefined : kindOf(id);
  return id === undefined || kind === undefined ? undefined : { kind, id };
}

/** The ancestors, those at the top first; undefined where Pipes does not tell them. */
export function trunkIn(record: Answer): readonly TrunkItem[] | undefined {
  if (!isList(record.optional("trunk")?.value)) return undefined;
  const own = record.optionalText("id");
  return record.list("trunk").flatMap((item) => {
    const id = isObject(item.value) ? item.optionalText("id") : undefined;
    return id === undefined || id === own
      ? []
      : [{ id, title: item.optionalText("title") }];
  });
}

/** The id of the folder that holds it; undefined at the top level, where the parent is the owner or nothing. */
export function folderIdIn(record: Answer): string | undefined {
  const parent = record.optionalText("parent_id");
  return parent?.startsWith("c_") === true ? parent : undefined;
}

/** Whether it belongs to that owner itself. What a workspace cannot be told to own is left alone: deleting there could detach or destroy. */
export function isOf(shown: RecordOwner | undefined, owner: Owner): boolean {
  return shown === undefined
    ? owner.kind !== "workspace"
    : shown.kind === owner.kind;
}

function kindOf(id: string): RecordOwner["kind"] | undefined {
  return kindsById[id.slice(0, 2)];
}
