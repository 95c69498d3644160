import { type Time, systemTime } from "../../http";
import { type CallOptions, type ConnectionKey, formatOwner } from "../../model";
import type { PipesCalls } from "./client";
import {
  type ConnectionRecord,
  connectionRecordOf,
  isOwnedBy,
} from "./connection-record";
import { tryFindRecord } from "./find-connection";
import { below, type Places } from "./places";

/** How long a listing tells what is there. */
const FRESH_MS = 10_000;

interface Listing {
  readonly since: number;
  readonly records: Promise<ReadonlyMap<string, ConnectionRecord>>;
}

/**
 * What is there right before it is deleted. One connection is read by itself; as
 * soon as a second one of the same owner is to go, one listing serves all that
 * follow within some seconds. What a workspace has is always read by itself:
 * there, the same request detaches what it only inherits.
 */
export class DeletionReads {
  readonly #context: {
    readonly calls: PipesCalls;
    readonly places: Places;
    readonly time?: Time | undefined;
  };
  readonly #asked = new Set<string>();
  readonly #listings = new Map<string, Listing>();

  constructor(context: {
    readonly calls: PipesCalls;
    readonly places: Places;
    /** @default the system's clock */
    readonly time?: Time | undefined;
  }) {
    this.#context = context;
  }

  async tryFind(
    key: ConnectionKey,
    options: CallOptions,
  ): Promise<ConnectionRecord | undefined> {
    const { owner, name } = key;
    const id = formatOwner(owner);
    if (owner.kind !== "workspace" && this.#asked.has(id)) {
      // A listing that fails says nothing of this one.
      const listing = await this.#listing(key).catch(() => undefined);
      const record = listing?.get(name);
      if (record !== undefined) return record;
    }
    this.#asked.add(id);
    return await tryFindRecord(this.#context, key, options);
  }

  /** After a write of ours, which a listing does not know. */
  forget({ owner }: ConnectionKey): void {
    this.#listings.delete(formatOwner(owner));
  }

  #listing({
    owner,
  }: ConnectionKey): Promise<ReadonlyMap<string, ConnectionRecord>> {
    const { calls, places, time = systemTime } = this.#context;
    const id = formatOwner(owner);
    const known = this.#listings.get(id);
    if (known !== undefined && time.now() - known.since < FRESH_MS)
      return known.records;
    const records = calls
      .list(below(places.of(owner), "/connection"), connectionRecordOf)
      .then(
        (all) =>
          new Map(
            all
              .filter((record) => isOwnedBy(record, owner))
              .map((record) => [record.handle, record]),
          ),
      );
    const listing = { since: time.now(), records };
    this.#listings.set(id, listing);
    records.catch(() => {
      if (this.#listings.get(id) === listing) this.#listings.delete(id);
    });
    return records;
  }
}
