import type { CallOptions, ConnectionKey, JsonObject } from "../../model";
import { optionalTextIn, textIn } from "./answers";
import type { PipesCalls, Place } from "./pipes-calls";
import { connectionPlace } from "./find-connection";
import { isGone } from "./pipes-errors";
import { below, type Places } from "./pipes-places";
import type { WorkspaceRecord } from "./workspace-record";

/** Who may use a connection: a workspace, all of an organization, or the whole tenant. */
interface PermissionRecord {
  readonly id: string;
  readonly tenantId: string | undefined;
  readonly identityId: string | undefined;
  readonly workspaceId: string | undefined;
}

function permissionRecordOf(answer: JsonObject): PermissionRecord {
  return {
    id: textIn(answer, "id"),
    tenantId: optionalTextIn(answer, "tenant_id"),
    identityId: optionalTextIn(answer, "identity_id"),
    workspaceId: optionalTextIn(answer, "workspace_id"),
  };
}

/** The permissions behind attachments. A workspace's own connections need none. */
export class PipesPermissions {
  readonly #calls: PipesCalls;
  readonly #places: Places;

  constructor(context: {
    readonly calls: PipesCalls;
    readonly places: Places;
  }) {
    this.#calls = context.calls;
    this.#places = context.places;
  }

  /** Gives the id of the permission that had to be granted; undefined where one reached the workspace already. */
  async ensure(
    key: ConnectionKey,
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<string | undefined> {
    if (key.owner.kind === "workspace") return undefined;
    const there = await this.#list(key, options);
    if (there.some((permission) => reaches(permission, workspace)))
      return undefined;
    const organization = this.#places.organizationOf(key.owner);
    return this.#calls.write(
      "POST",
      {
        ...this.#place(key),
        body: {
          identity_handle: organization,
          workspace_handle: workspace.handle,
        },
        signal: options.signal,
      },
      (answer) => permissionRecordOf(answer).id,
    );
  }

  /** Removes what is granted to this workspace alone; wider permissions are somebody else's affair. */
  async revoke(
    key: ConnectionKey,
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<void> {
    if (key.owner.kind === "workspace") return;
    const there = await this.#list(key, options).catch((thrown: unknown) => {
      // Renamed or deleted in the meantime.
      if (isGone(thrown)) return [];
      throw thrown;
    });
    for (const { id, workspaceId } of there) {
      if (workspaceId === workspace.id) await this.remove(key, id, options);
    }
  }

  async remove(
    key: ConnectionKey,
    permission: string,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const place = below(this.#place(key), "/{permission}", { permission });
    await this.#calls.delete({ ...place, signal });
  }

  #list(
    key: ConnectionKey,
    options: CallOptions,
  ): Promise<readonly PermissionRecord[]> {
    return this.#calls.list(this.#place(key), permissionRecordOf, options);
  }

  #place(key: ConnectionKey): Place {
    return below(connectionPlace(this.#places, key), "/permission");
  }
}

function reaches(
  { tenantId, identityId, workspaceId }: PermissionRecord,
  workspace: WorkspaceRecord,
): boolean {
  if (workspaceId !== undefined) return workspaceId === workspace.id;
  if (identityId !== undefined) return identityId === workspace.identityId;
  return tenantId !== undefined;
}
