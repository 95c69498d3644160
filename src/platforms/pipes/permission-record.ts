import type { Answer } from "../kit";

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

export function permissionRecordOf(answer: Answer): PermissionRecord {
  return {
    id: answer.text("id"),
    connectionId: answer.optionalText("connection_id"),
    reach: reachIn(answer),
  };
}

/** An identity's may also name the tenant, and a workspace's both, as whose they are. */
function reachIn(answer: Answer): Reach | undefined {
  const workspace = answer.optionalText("workspace_id");
  if (workspace !== undefined) return { kind: "workspace", id: workspace };
  const id = answer.optionalText("identity_id");
  if (id !== undefined) {
    const identity = answer.optionalObject("identity");
    const handle = identity && identity.optionalText("handle");
    return { kind: "identity", id, handle };
  }
  return answer.optionalText("tenant_id") === undefined
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
