import { PatchbayError } from "../../diagnostics";
import {
  type CallOptions,
  type Connection,
  type ConnectionKey,
  type ConnectionPort,
  formatConnectionKey,
  inUseDetail,
  type KeyedCallOptions,
  type ObservedConnection,
  type Owner,
  type WriteOptions,
} from "../../model";
import { checkConnection } from "./check-connection";
import type { ConnectionContext } from "./connection-context";
import {
  type ConnectionRecord,
  connectionRecordOf,
  isOwnedBy,
  observedConnectionOf,
} from "./connection-record";
import { overtaken, requireSame } from "./connection-refusals";
import { createConnection } from "./create-connection";
import { connectionPlace, tryFindRecord } from "./find-connection";
import { isGone } from "../kit";
import { isRefusal, refusedAs } from "./errors";
import { below } from "./places";
import { updateConnection } from "./update-connection";

/** Connections of every owner. */
export class PipesConnections implements ConnectionPort {
  readonly #context: ConnectionContext;
  readonly check: NonNullable<ConnectionPort["check"]>;

  constructor(context: ConnectionContext) {
    this.#context = context;
    this.check = (connection) => checkConnection(connection, context.places);
  }

  async list(
    owner: Owner,
    options?: CallOptions,
  ): Promise<readonly ObservedConnection[]> {
    const { calls, places } = this.#context;
    const place = below(places.of(owner), "/connection");
    const records = await calls.list(place, connectionRecordOf, options);
    return await Promise.all(
      records
        .filter((record) => isOwnedBy(record, owner))
        .map((record) => this.#observed(owner, record, options)),
    );
  }

  async tryFind(
    key: ConnectionKey,
    options?: CallOptions,
  ): Promise<ObservedConnection | undefined> {
    const record = await tryFindRecord(this.#context, key, options);
    return record && (await this.#observed(key.owner, record, options));
  }

  tryFindOwner(
    owner: Owner,
    options?: KeyedCallOptions,
  ): Promise<Owner | undefined> {
    return this.#context.owners.tryFind(owner, options);
  }

  create(
    connection: Connection,
    options: CallOptions = {},
  ): Promise<ObservedConnection> {
    this.#context.deletionReads.forget(connection);
    return createConnection(this.#context, connection, options);
  }

  update(
    key: ConnectionKey,
    connection: Connection,
    options: WriteOptions = {},
  ): Promise<ObservedConnection> {
    this.#context.deletionReads.forget(key);
    return updateConnection(this.#context, key, connection, options);
  }

  async delete(
    key: ConnectionKey,
    { signal, concurrencyToken }: WriteOptions = {},
  ): Promise<void> {
    const { calls, places } = this.#context;
    const current = await this.#context.deletionReads.tryFind(key, { signal });
    if (current === undefined) {
      // Rejects where nobody can tell.
      await this.#context.owners.tryFind(key.owner, { signal });
      return;
    }
    requireSame(key, current, concurrencyToken);
    try {
      await this.#requireUnused(key, current, { signal });
      await calls.delete({
        ...connectionPlace(places, key),
        version: concurrencyToken,
        signal,
      });
    } catch (thrown) {
      // Somebody else was faster.
      if (isGone(thrown)) return;
      if (isRefusal(thrown, 412)) throw overtaken(key);
      if (isRefusal(thrown, 409)) {
        throw refusedAs(
          "in_use",
          `The connection ${formatConnectionKey(key)} was not deleted.`,
          thrown,
        );
      }
      throw thrown;
    }
  }

  /** What a workspace has through a folder alone goes with the connection; nobody could detach it first. */
  async #requireUnused(
    key: ConnectionKey,
    { id, folderId }: ConnectionRecord,
    options: CallOptions,
  ): Promise<void> {
    if (key.owner.kind === "workspace") return;
    const { usage } = this.#context;
    const used = await usage.of(key, options);
    const { workspaces } =
      folderId === undefined
        ? used
        : await usage.withoutFolders(used, { ...key, id }, options);
    if (workspaces.length === 0) return;
    throw new PatchbayError({
      code: "in_use",
      detail: inUseDetail(key, { ...used, workspaces }),
    });
  }

  async #observed(
    owner: Owner,
    record: ConnectionRecord,
    options: CallOptions | undefined,
  ): Promise<ObservedConnection> {
    const folder = await this.#context.folders.of(owner, record, options);
    return observedConnectionOf(owner, record, folder);
  }
}
