import { errorDiagnostic, PatchbayError } from "../../diagnostics";
import { type CallOptions, formatConnectionKey } from "../../model";
import { isGone } from "../kit";
import { isRefusal } from "./errors";
import { isForWorkspace, type PermissionRecord } from "./permission-record";
import type {
  Granted,
  PermittedConnection,
  PipesPermissions,
} from "./permissions";
import type { Places } from "./places";
import type { WorkspaceRecord } from "./workspace-record";

/**
 * The permissions behind attachments: each has one for exactly its workspace, so
 * that it does not rest on a wider one, which belongs to the connection's access
 * list and may go with it. A workspace's own connections need none.
 */
export class AttachmentPermissions {
  readonly #permissions: PipesPermissions;
  readonly #places: Places;

  constructor(context: {
    readonly permissions: PipesPermissions;
    readonly places: Places;
  }) {
    this.#permissions = context.permissions;
    this.#places = context.places;
  }

  /** The workspace's own permission; undefined where it needs none, or has to rest on a wider one. */
  async ensure(
    connection: PermittedConnection,
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<Granted | undefined> {
    if (connection.owner.kind === "workspace") return undefined;
    const isSame = (permission: PermissionRecord) =>
      isForWorkspace(permission, workspace.id);
    const there = await this.#permissions.list(connection, options);
    const own = there.find(isSame);
    if (own !== undefined) return { permission: own, isNew: false };
    const body = {
      identity_handle: this.#places.organizationOf(connection.owner),
      workspace_handle: workspace.handle,
    };
    try {
      const grant = { body, isSame };
      return await this.#permissions.grant(connection, grant, options);
    } catch (thrown) {
      // Whom Pipes does not let grant it may still attach by a permission of somebody else.
      const suffices = there.some((permission) =>
        reaches(permission, workspace),
      );
      if (suffices && isRefusal(thrown, 400, 403, 409)) return undefined;
      throw thrown;
    }
  }

  /** The ids of those for this workspace alone. */
  async of(
    connection: PermittedConnection,
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<readonly string[]> {
    if (connection.owner.kind === "workspace") return [];
    const there = await this.#permissions
      .list(connection, options)
      .catch((thrown: unknown) => {
        // Renamed or deleted in the meantime.
        if (isGone(thrown)) return [];
        throw thrown;
      });
    return there
      .filter((permission) => isForWorkspace(permission, workspace.id))
      .map(({ id }) => id);
  }

  /** Rejects saying that the workspace still may use the connection. */
  async revoke(
    connection: PermittedConnection,
    {
      permission,
      workspace,
    }: { readonly permission: string; readonly workspace: string },
    options: CallOptions = {},
  ): Promise<void> {
    try {
      await this.#permissions.remove(connection, permission, options);
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError)) throw thrown;
      throw new PatchbayError([
        ...thrown.diagnostics,
        errorDiagnostic({
          code: "platform_failure",
          detail: `${formatConnectionKey(connection)} is not attached to the workspace ${workspace}, but the workspace still may use it: its permission ${permission} could not be taken away. Plans do not show it; delete it in Pipes, under the permissions of the connection.`,
        }),
      ]);
    }
  }
}

function reaches(
  { reach }: PermissionRecord,
  workspace: WorkspaceRecord,
): boolean {
  switch (reach?.kind) {
    case "workspace":
      return reach.id === workspace.id;
    case "identity":
      return reach.id === workspace.identityId;
    case "tenant":
      return true;
    case undefined:
      return false;
  }
}
