import { PatchbayError } from "../../diagnostics";
import type { CallOptions, ConnectionKey, JsonObject } from "../../model";
import { connectionPlace } from "./find-connection";
import { type PermissionRecord, permissionRecordOf } from "./permission-record";
import type { PipesCalls, Place } from "./client";
import { isRefusal } from "./errors";
import { below, type Places } from "./places";

/** A connection whose permissions are meant. */
export interface PermittedConnection extends ConnectionKey {
  /** Undefined where it is not known. */
  readonly id: string | undefined;
}

/** A permission to be granted. */
export interface Grant {
  readonly body: JsonObject;
  /** Whether a permission that is there is this one. */
  readonly isSame: (permission: PermissionRecord) => boolean | Promise<boolean>;
}

/** What is there after a grant. */
export interface Granted {
  readonly permission: PermissionRecord;
  /** False where it was there before. */
  readonly isNew: boolean;
}

/** Permissions of connections of the tenant and of organizations. A workspace's own have none. */
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

  /** Those of the connection itself. */
  async list(
    connection: PermittedConnection,
    options: CallOptions = {},
  ): Promise<readonly PermissionRecord[]> {
    const all = await this.#calls.list(
      this.#place(connection),
      permissionRecordOf,
      options,
    );
    const { id } = connection;
    return all.filter(
      ({ connectionId }) =>
        id === undefined || connectionId === undefined || connectionId === id,
    );
  }

  /** One that is there already is as good; where the answer was lost, it is looked for before it is granted again. */
  async grant(
    connection: PermittedConnection,
    grant: Grant,
    options: CallOptions = {},
  ): Promise<Granted> {
    try {
      return await this.#post(connection, grant, options);
    } catch (thrown) {
      const isLost =
        thrown instanceof PatchbayError && thrown.has("outcome_unknown");
      if (!isLost && !isRefusal(thrown, 400, 409)) throw thrown;
      const there = await this.#find(connection, grant, options).catch(() => {
        throw thrown;
      });
      if (there !== undefined) return { permission: there, isNew: isLost };
      if (!isLost) throw thrown;
      return await this.#post(connection, grant, options);
    }
  }

  async remove(
    connection: ConnectionKey,
    permission: string,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const place = below(this.#place(connection), "/{permission}", {
      permission,
    });
    await this.#calls.delete({ ...place, signal });
  }

  async #find(
    connection: PermittedConnection,
    { isSame }: Grant,
    options: CallOptions,
  ): Promise<PermissionRecord | undefined> {
    for (const permission of await this.list(connection, options))
      if (await isSame(permission)) return permission;
    return undefined;
  }

  async #post(
    connection: ConnectionKey,
    { body }: Grant,
    { signal }: CallOptions,
  ): Promise<Granted> {
    const permission = await this.#calls.write(
      "POST",
      { ...this.#place(connection), body, signal },
      permissionRecordOf,
    );
    return { permission, isNew: true };
  }

  #place(connection: ConnectionKey): Place {
    return below(connectionPlace(this.#places, connection), "/permission");
  }
}
