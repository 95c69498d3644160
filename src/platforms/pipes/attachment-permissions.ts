import type { CallOptions } from "../../model";
import { isGone, isRefusal } from "./pipes-errors";
import { isForWorkspace, type PermissionRecord } from "./permission-record";
import type {
  PermittedConnection,
  PipesPermissions,
} from "./pipes-permissions";
import type { Places } from "./pipes-places";
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

  /** Gives the id of the permission that was granted; undefined where none was. */
  async ensure(
    connection: PermittedConnection,
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<string | undefined> {
    if (connection.owner.kind === "workspace") return undefined;
    const isSame = (permission: PermissionRecord) =>
      isForWorkspace(permission, workspace.id);
    const there = await this.#permissions.list(connection, options);
    if (there.some(isSame)) return undefined;
    const body = {
      identity_handle: this.#places.organizationOf(connection.owner),
      workspace_handle: workspace.handle,
    };
    try {
      const grant = { body, isSame };
      const { permission, isNew } = await this.#permissions.grant(
        connection,
        grant,
        options,
      );
      return isNew ? permission.id : undefined;
    } catch (thrown) {
      // Whom Pipes does not let grant it may still attach by a permission of somebody else.
      const suffices = there.some((permission) =>
        reaches(permission, workspace),
      );
      if (suffices && isRefusal(thrown, 400, 403, 409)) return undefined;
      throw thrown;
    }
  }

  /** Removes what is granted to this workspace alone; wider permissions stay. */
  async revoke(
    connection: PermittedConnection,
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<void> {
    if (connection.owner.kind === "workspace") return;
    const there = await this.#permissions
      .list(connection, options)
      .catch((thrown: unknown) => {
        // Renamed or deleted in the meantime.
        if (isGone(thrown)) return [];
        throw thrown;
      });
    for (const permission of there) {
      if (isForWorkspace(permission, workspace.id))
        await this.#permissions.remove(connection, permission.id, options);
    }
  }

  /** Takes back what `ensure` granted. */
  async takeBack(
    connection: PermittedConnection,
    permission: string,
  ): Promise<void> {
    await this.#permissions.remove(connection, permission);
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
