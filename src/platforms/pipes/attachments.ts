import { PatchbayError } from "../../diagnostics";
import {
  type Attachment,
  type AttachmentKey,
  type AttachmentPort,
  type CallOptions,
  formatAttachmentKey,
  formatConnectionKey,
  type ObservedAttachment,
  type Owner,
} from "../../model";
import type { AttachmentPermissions } from "./attachment-permissions";
import { connectionRecordOf, isOwnedBy } from "./connection-record";
import type { PipesCalls, Place } from "./client";
import { tryFindRecord } from "./find-connection";
import { isRefusal, refusedAs } from "./errors";
import type { PermittedConnection } from "./permissions";
import { below, type Places } from "./places";
import { isDirect, type SchemaRecord, schemaRecordOf } from "./schema-record";
import type { Waiting } from "./waiting";
import {
  listWorkspaceRecords,
  type WorkspaceRecord,
  workspaceRecordOf,
} from "./workspace-record";

export interface PipesAttachmentsOptions {
  readonly calls: PipesCalls;
  readonly places: Places;
  readonly waiting: Waiting;
  readonly permissions: AttachmentPermissions;
}

/**
 * A connection in a workspace is two things in Pipes: a permission (of a
 * connection of the tenant or of an organization), and the schema. Here they
 * are one: permission, attach; and back: detach, revoke.
 */
export class PipesAttachments implements AttachmentPort {
  readonly #options: PipesAttachmentsOptions;

  constructor(options: PipesAttachmentsOptions) {
    this.#options = options;
  }

  async list(
    owner: Owner,
    options: CallOptions = {},
  ): Promise<readonly ObservedAttachment[]> {
    const { calls, places } = this.#options;
    const names = new Map<string, string>();
    for (const record of await calls.list(
      below(places.of(owner), "/connection"),
      connectionRecordOf,
      options,
    )) {
      if (isOwnedBy(record, owner)) names.set(record.id, record.handle);
    }
    const workspaces =
      owner.kind === "workspace"
        ? [owner.name]
        : (await listWorkspaceRecords(this.#options, owner, options)).map(
            ({ handle }) => handle,
          );
    const found = await Promise.all(
      workspaces.map(async (workspace) => {
        const place = below(places.workspace(owner, workspace), "/schema");
        const schemas = await calls.list(place, schemaRecordOf, options);
        return schemas.flatMap((schema) => {
          const name = names.get(schema.connectionId ?? "");
          return isDirect(schema) && name !== undefined
            ? [
                {
                  connection: { owner, name },
                  workspace,
                  platformId: schema.id,
                },
              ]
            : [];
        });
      }),
    );
    return found.flat();
  }

  async tryFind(
    key: AttachmentKey,
    options: CallOptions = {},
  ): Promise<ObservedAttachment | undefined> {
    const connection = await tryFindRecord(
      this.#options,
      key.connection,
      options,
    );
    const schema = connection && (await this.#tryFindSchema(key, options));
    return schema !== undefined &&
      isDirect(schema) &&
      schema.connectionId === connection?.id
      ? observed(key, schema)
      : undefined;
  }

  async create(
    key: Attachment,
    options: CallOptions = {},
  ): Promise<ObservedAttachment> {
    const { connection, workspace } = await this.#requireBoth(key, options);
    const there = await this.#tryFindSchema(key, options);
    if (there !== undefined && isDirect(there))
      throw taken(key, there.connectionId === connection.id);
    const { permissions } = this.#options;
    const granted = await permissions.ensure(connection, workspace, options);
    try {
      const attached = await this.#attach(key, granted !== undefined, options);
      return observed(key, await this.#settled(key, attached, options));
    } catch (thrown) {
      // A grant that has led to nothing is taken back, unless the attachment may have happened.
      const isKept =
        thrown instanceof PatchbayError && thrown.has("outcome_unknown");
      const failure = refusalOf(key, there, thrown);
      if (
        granted?.isNew !== true ||
        isKept ||
        !(failure instanceof PatchbayError)
      )
        throw failure;
      throw await this.#takenBack(
        connection,
        { permission: granted.permission.id, workspace: key.workspace },
        failure,
      );
    }
  }

  async delete(key: AttachmentKey, options: CallOptions = {}): Promise<void> {
    const connection = await tryFindRecord(
      this.#options,
      key.connection,
      options,
    );
    // With the connection its schemas and permissions have gone.
    if (connection === undefined) return;
    const workspace = await this.#tryFindWorkspace(key, options);
    if (workspace === undefined) return;
    const { calls, permissions } = this.#options;
    const { owner, name } = key.connection;
    const permitted = { owner, name, id: connection.id };
    // Asked for first: once detached, no plan would come back for what is left.
    const granted = await permissions.of(permitted, workspace, options);
    const schema = await this.#tryFindSchema(key, options);
    if (isDirect(schema) && schema?.connectionId === connection.id) {
      await calls.delete({
        ...this.#schemaPlace(key),
        signal: options.signal,
      });
    }
    for (const permission of granted)
      await permissions.revoke(
        permitted,
        { permission, workspace: workspace.handle },
        options,
      );
  }

  /** The connection and the workspace. Rejects with `not_found`, naming what is missing. */
  async #requireBoth(
    key: AttachmentKey,
    options: CallOptions,
  ): Promise<{
    readonly connection: PermittedConnection;
    readonly workspace: WorkspaceRecord;
  }> {
    const { owner, name } = key.connection;
    if (owner.kind === "workspace" && owner.name !== key.workspace) {
      throw new PatchbayError({
        code: "unsupported",
        path: ["workspace"],
        detail: `A connection of the workspace ${owner.name} cannot be attached to the workspace ${key.workspace}. Let the organization own it instead.`,
      });
    }
    const connection = await tryFindRecord(
      this.#options,
      key.connection,
      options,
    );
    if (connection === undefined)
      throw missing(`connection ${formatConnectionKey(key.connection)}`);
    const workspace = await this.#tryFindWorkspace(key, options);
    if (workspace === undefined)
      throw missing(`workspace ${JSON.stringify(key.workspace)}`);
    return { connection: { owner, name, id: connection.id }, workspace };
  }

  /** Soon after a grant, be it of an attempt before, Pipes may not know of it everywhere yet. */
  async #attach(
    key: AttachmentKey,
    isGranted: boolean,
    options: CallOptions,
  ): Promise<SchemaRecord> {
    const { calls, places, waiting } = this.#options;
    const attach = () =>
      calls
        .write(
          "POST",
          {
            ...below(
              places.workspace(key.connection.owner, key.workspace),
              "/schema",
            ),
            body: { connection_handle: key.connection.name },
            signal: options.signal,
          },
          schemaRecordOf,
        )
        .catch((thrown: unknown) => {
          if (isRefusal(thrown, 400, 403, 404)) return thrown;
          throw thrown;
        });
    const outcome = isGranted
      ? await waiting.until(
          attach,
          (answer) => !(answer instanceof Error),
          options,
        )
      : await attach();
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }

  /** Waits until the workspace shows it as attached. */
  async #settled(
    key: AttachmentKey,
    attached: SchemaRecord,
    options: CallOptions,
  ): Promise<SchemaRecord> {
    if (isDirect(attached)) return attached;
    const seen = await this.#options.waiting.until(
      () => this.#tryFindSchema(key, options),
      isDirect,
      options,
    );
    return seen ?? attached;
  }

  /** The failure, and what is left where the grant cannot be taken back. */
  async #takenBack(
    connection: PermittedConnection,
    granted: Parameters<AttachmentPermissions["revoke"]>[1],
    failure: PatchbayError,
  ): Promise<PatchbayError> {
    try {
      await this.#options.permissions.revoke(connection, granted);
      return failure;
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError)) throw thrown;
      return new PatchbayError([...failure.diagnostics, ...thrown.diagnostics]);
    }
  }

  #tryFindWorkspace(
    key: AttachmentKey,
    options: CallOptions,
  ): Promise<WorkspaceRecord | undefined> {
    const { calls, places } = this.#options;
    const place = places.workspace(key.connection.owner, key.workspace);
    return calls.tryGet(place, workspaceRecordOf, options);
  }

  #tryFindSchema(
    key: AttachmentKey,
    options: CallOptions,
  ): Promise<SchemaRecord | undefined> {
    return this.#options.calls.tryGet(
      this.#schemaPlace(key),
      schemaRecordOf,
      options,
    );
  }

  #schemaPlace({ connection, workspace }: AttachmentKey): Place {
    return below(
      this.#options.places.workspace(connection.owner, workspace),
      "/schema/{schema}",
      { schema: connection.name },
    );
  }
}

function observed(
  { connection, workspace }: AttachmentKey,
  { id }: SchemaRecord,
): ObservedAttachment {
  const { owner, name } = connection;
  return { connection: { owner, name }, workspace, platformId: id };
}

function missing(what: string): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    detail: `There is no ${what} on Turbot Pipes, so nothing was attached. Check the name, or create it first.`,
  });
}

/** What a refusal of Pipes means for the attachment. */
function refusalOf(
  key: AttachmentKey,
  there: SchemaRecord | undefined,
  thrown: unknown,
): unknown {
  if (!isRefusal(thrown, 400, 409)) return thrown;
  if (there?.state === "indirect") return throughFolder(key, thrown);
  return isRefusal(thrown, 409)
    ? refusedAs(
        "already_exists",
        `${formatAttachmentKey(key)} is there already.`,
        thrown,
      )
    : thrown;
}

/** An attachment by itself beside the folder's is not documented. */
function throughFolder(
  key: AttachmentKey,
  refusal: Parameters<typeof refusedAs>[2],
): PatchbayError {
  return refusedAs(
    "already_exists",
    `The workspace ${key.workspace} has a schema ${key.connection.name} already, through an attached folder, and Turbot Pipes does not attach the connection by itself as well. Remove this attachment, or detach the folder in Pipes first.`,
    refusal,
  );
}

function taken(key: AttachmentKey, same: boolean): PatchbayError {
  return new PatchbayError({
    code: "already_exists",
    detail: same
      ? `${formatAttachmentKey(key)} is there already.`
      : `The workspace ${key.workspace} has a schema ${key.connection.name} of another connection already. Rename one of the two connections.`,
  });
}
