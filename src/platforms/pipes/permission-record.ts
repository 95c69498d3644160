import type { JsonObject } from "../../model";
import { optionalObjectIn, optionalTextIn, textIn } from "./answers";

/** Whom a permission lets use a connection. */
export type Reach =
  | { readonly kind: "workspace"; readonly id: string }
  /** All workspaces of an organization or a user. */
  | {
      readonly kind: "identity";
      readonly id: string;
      /** Where Pipes tells it. */
      readonly handle: string | undefined;
    }
  | { readonly kind: "tenant" };

/** A permission, reduced to what is used here. */
export interface PermissionRecord {
  readonly id: string;
  /** What it was granted on: the connection, or perhaps a folder around it. */
  readonly connectionId: string | undefined;
  /** Undefined where Pipes does not tell. */
  readonly reach: Reach | undefined;
}

export function permissionRecordOf(answer: JsonObject): PermissionRecord {
  return {
    id: textIn(answer, "id"),
    connectionId: optionalTextIn(answer, "connection_id"),
    reach: reachIn(answer),
  };
}

/** An identity's may also name the tenant, and a workspace's both, as whose they are. */
function reachIn(answer: JsonObject): Reach | undefined {
  const workspace = optionalTextIn(answer, "workspace_id");
  if (workspace !== undefined) return { kind: "workspace", id: workspace };
  const id = optionalTextIn(answer, "identity_id");
  if (id !== undefined) {
    const identity = optionalObjectIn(answer, "identity");
    const handle = identity && optionalTextIn(identity, "handle");
    return { kind: "identity", id, handle };
  }
  return optionalTextIn(answer, "tenant_id") === undefined
    ? undefined
    : { kind: "tenant" };
}

/** Whether it is for exactly this workspace. */
export function isForWorkspace(
  { reach }: PermissionRecord,
  workspaceId: string,
): boolean {
  return reach?.kind === "workspace" && reach.id === workspaceId;
}
