import { PatchbayError } from "../../diagnostics";
import {
  type CallOptions,
  type Connection,
  type ConnectionKey,
  type ConnectionPort,
  equalValues,
  formatConnectionKey,
  inUseDetail,
  type JsonObject,
  type JsonValue,
  mergePatch,
  objectOf,
  type ObservedConnection,
  type Owner,
  type WriteOptions,
} from "../../model";
import {
  type ConnectionRecord,
  connectionRecordOf,
  isOwnedBy,
  observedConnectionOf,
} from "./connection-record";
import { isUnderWay } from "./connection-status";
import { connectionPlace, tryFindRecord } from "./find-connection";
import { requireHandle } from "./handle";
import type { PipesCalls } from "./pipes-calls";
import { isGone, isRefusal, refusedAs } from "./pipes-errors";
import { below, type Places } from "./pipes-places";
import type { PipesUsage } from "./pipes-usage";
import { withoutFields } from "./plain-fields";
import { type PipesSettings, removedSecrets, toPipes } from "./types";
import type { Waiting } from "./waiting";

export interface PipesConnectionsOptions {
  readonly calls: PipesCalls;
  readonly places: Places;
  readonly waiting: Waiting;
  readonly usage: PipesUsage;
}

/** Connections of every owner. */
export class PipesConnections implements ConnectionPort {
  readonly #options: PipesConnectionsOptions;

  constructor(options: PipesConnectionsOptions) {
    this.#options = options;
  }

  async list(
    owner: Owner,
    options?: CallOptions,
  ): Promise<readonly ObservedConnection[]> {
    const { calls, places } = this.#options;
    const place = below(places.of(owner), "/connection");
    const records = await calls.list(place, connectionRecordOf, options);
    return records
      .filter((record) => isOwnedBy(record, owner))
      .map((record) => observedConnectionOf(owner, record));
  }

  async tryFind(
    key: ConnectionKey,
    options?: CallOptions,
  ): Promise<ObservedConnection | undefined> {
    const record = await tryFindRecord(this.#options, key, options);
    return record && observedConnectionOf(key.owner, record);
  }

  async create(
    connection: Connection,
    { signal }: CallOptions = {},
  ): Promise<ObservedConnection> {
    const { calls, places } = this.#options;
    requireHandle(connection.name);
    const settings = toPipes(connection);
    try {
      const created = await calls.write(
        "POST",
        {
          ...below(places.of(connection.owner), "/connection"),
          body: {
            handle: connection.name,
            plugin: settings.plugin,
            config: configOf(settings),
          },
          secrets: settings.secrets,
          signal,
        },
        connectionRecordOf,
      );
      return await this.#rolledOut(connection, created, settings, signal);
    } catch (thrown) {
      if (isRefusal(thrown, 409)) throw taken(connection, thrown);
      throw thrown;
    }
  }

  async update(
    key: ConnectionKey,
    connection: Connection,
    { signal, concurrencyToken, secretFields = [] }: WriteOptions = {},
  ): Promise<ObservedConnection> {
    requireHandle(connection.name);
    const settings = toPipes(connection);
    const current = await tryFindRecord(this.#options, key, { signal });
    if (current === undefined) throw missing(key);
    requireSame(key, current, concurrencyToken);
    requirePlugin(key, current, settings);
    const renamed = connection.name !== key.name;
    const configured =
      connection.secrets !== undefined ||
      !equalValues(current.config, settings.config);
    if (!renamed && !configured)
      return observedConnectionOf(key.owner, current);
    const config = objectOf([
      ...Object.entries(configOf(settings)),
      ...removedSecrets(connection, secretFields).map(
        (field): [string, JsonValue] => [field, null],
      ),
    ]);
    const first = await this.#patch({
      key,
      settings,
      version: concurrencyToken,
      renamedTo: renamed ? connection.name : undefined,
      config: configured ? config : undefined,
      signal,
    });
    const kept = leftovers(current.config, settings.config, first.config);
    if (!configured || kept.length === 0)
      return this.#rolledOut(connection, first, settings, signal);
    // It has merged rather than replaced: what shall go is named.
    const second = await this.#patch({
      key: connection,
      settings,
      version: concurrencyToken === undefined ? undefined : first.version,
      renamedTo: undefined,
      config: objectOf([
        ...Object.entries(config),
        ...kept.map((field): [string, JsonValue] => [field, null]),
      ]),
      signal,
    });
    requireCleared(connection, kept, second.config);
    return this.#rolledOut(connection, second, settings, signal);
  }

  async delete(
    key: ConnectionKey,
    { signal, concurrencyToken }: WriteOptions = {},
  ): Promise<void> {
    const { calls, places, usage } = this.#options;
    const current = await tryFindRecord(this.#options, key, { signal });
    if (current === undefined) return;
    requireSame(key, current, concurrencyToken);
    if (key.owner.kind !== "workspace") {
      const used = await usage.find(key, { signal });
      if (used.workspaces.length > 0)
        throw new PatchbayError({
          code: "in_use",
          detail: inUseDetail(key, used),
        });
    }
    try {
      await calls.delete({
        ...connectionPlace(places, key),
        version: concurrencyToken,
        signal,
      });
    } catch (thrown) {
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

  async #patch(patch: {
    readonly key: ConnectionKey;
    readonly settings: PipesSettings;
    readonly version: string | undefined;
    readonly renamedTo: string | undefined;
    readonly config: JsonObject | undefined;
    readonly signal: AbortSignal | undefined;
  }): Promise<ConnectionRecord> {
    const { calls, places } = this.#options;
    const { key, settings, version, renamedTo, config, signal } = patch;
    try {
      const record = await calls.write(
        "PATCH",
        {
          ...connectionPlace(places, key),
          body: {
            ...(renamedTo !== undefined && { handle: renamedTo }),
            ...(config !== undefined && { config }),
          },
          version,
          // Repeated after a lost answer, both would be refused for what the first attempt did.
          repeatable: version === undefined && renamedTo === undefined,
          secrets: settings.secrets,
          signal,
        },
        connectionRecordOf,
      );
      return withoutSent(record, settings);
    } catch (thrown) {
      if (isGone(thrown)) throw missing(key);
      if (isRefusal(thrown, 409) && renamedTo !== undefined)
        throw taken({ ...key, name: renamedTo }, thrown);
      if (isRefusal(thrown, 409, 412) && version !== undefined)
        throw overtaken(key);
      throw thrown;
    }
  }

  /** Waits while Pipes pushes it into its workspaces; whatever comes of that is its status. */
  async #rolledOut(
    key: ConnectionKey,
    written: ConnectionRecord,
    settings: PipesSettings,
    signal: AbortSignal | undefined,
  ): Promise<ObservedConnection> {
    const { owner } = key;
    let latest = withoutSent(written, settings);
    if (isUnderWay(latest.rollout)) {
      try {
        const seen = await this.#options.waiting.until(
          () => tryFindRecord(this.#options, key, { signal }),
          (record) =>
            record === undefined ||
            (!isUnderWay(record.rollout) && !isOlder(record, written)),
          { signal },
        );
        if (seen !== undefined && !isOlder(seen, written))
          latest = withoutSent(seen, settings);
      } catch (thrown) {
        // The write itself has happened: that its status could not be read is not its failure.
        if (!(thrown instanceof PatchbayError)) throw thrown;
      }
    }
    return observedConnectionOf(owner, latest);
  }
}

/** Plain and secret fields side by side, as Pipes has them. */
function configOf({ config, secrets }: PipesSettings): JsonObject {
  return mergePatch(config, secrets) as JsonObject;
}

/** Whether a read lags behind a write of ours. */
function isOlder(read: ConnectionRecord, written: ConnectionRecord): boolean {
  return Number(read.version ?? 0) < Number(written.version ?? 0);
}

function withoutSent(
  record: ConnectionRecord,
  { secrets }: PipesSettings,
): ConnectionRecord {
  return { ...record, config: withoutFields(record.config, secrets) };
}

/** Fields that were there, were to go, and are still there. */
function leftovers(
  before: JsonObject,
  wanted: JsonObject,
  after: JsonObject,
): readonly string[] {
  return Object.keys(before).filter(
    (field) => !Object.hasOwn(wanted, field) && Object.hasOwn(after, field),
  );
}

function requireCleared(
  key: ConnectionKey,
  fields: readonly string[],
  config: JsonObject,
): void {
  const kept = fields.filter((field) => Object.hasOwn(config, field));
  if (kept.length === 0) return;
  throw new PatchbayError({
    code: "platform_failure",
    path: ["config"],
    detail: `Turbot Pipes keeps the fields ${kept.join(", ")} of ${formatConnectionKey(key)} although they were removed. Set them to another value, or replace the connection.`,
  });
}

/** Pipes documents If-Match but not that it is enforced, so what was read is compared as well. */
function requireSame(
  key: ConnectionKey,
  { version }: ConnectionRecord,
  planned: string | undefined,
): void {
  if (planned !== undefined && version !== undefined && planned !== version)
    throw overtaken(key);
}

function requirePlugin(
  key: ConnectionKey,
  { plugin }: ConnectionRecord,
  wanted: PipesSettings,
): void {
  if (plugin === wanted.plugin.replace(/^turbot\//, "")) return;
  throw new PatchbayError({
    code: "conflict",
    path: ["type"],
    detail: `The connection ${formatConnectionKey(key)} is one of the plugin ${JSON.stringify(plugin)} by now, which cannot be changed to ${JSON.stringify(wanted.plugin)}. Plan again.`,
  });
}

function missing(key: ConnectionKey): PatchbayError {
  return new PatchbayError({
    code: "not_found",
    detail: `There is no connection ${formatConnectionKey(key)} on Turbot Pipes. Plan again; the next plan creates it.`,
  });
}

function overtaken(key: ConnectionKey): PatchbayError {
  return new PatchbayError({
    code: "conflict",
    detail: `The connection ${formatConnectionKey(key)} was changed by somebody else since it was read; nothing was written. Plan again.`,
  });
}

function taken(
  key: ConnectionKey,
  refusal: Parameters<typeof refusedAs>[2],
): PatchbayError {
  return refusedAs(
    "already_exists",
    `The name of ${formatConnectionKey(key)} is taken.`,
    refusal,
  );
}
