import {
  type AttachmentKey,
  type ConnectionKey,
  type ConnectionPort,
  type Deployment,
  equalOwners,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  formatOwner,
  type LinkKey,
  type ObservedAttachment,
  type ObservedConnection,
  type ObservedDeployment,
  type ObservedLink,
  type ObservedWorkspace,
  type Owner,
  type Platform,
  type Workspace,
  requireFeature,
  type KnownAs,
  objectOf,
} from "../model";
import { shownConnection, shownLink } from "../plan";
import { PatchbayError } from "../diagnostics";
import { attachmentsOf, inventoryOf, linksOf } from "./parts";

/**
 * What a platform shows, read at most once. A single read stays a single read;
 * as soon as a second one of the same owner is wanted, one listing serves all.
 * A write replaces its entry. It lives as long as one Terraform walk, so nothing
 * in it grows stale beyond that.
 */
export class Snapshot {
  readonly connections: SnapshotPart<ConnectionKey, ObservedConnection>;
  readonly attachments: SnapshotPart<AttachmentKey, ObservedAttachment>;
  readonly links: SnapshotPart<LinkKey, ObservedLink>;
  readonly workspaces: SnapshotPart<Workspace, ObservedWorkspace>;
  readonly deployments: SnapshotPart<
    Pick<Deployment, "owner" | "name">,
    ObservedDeployment
  >;

  readonly #known = new Map<string, KnownAs>();
  readonly #owners = new Map<string, Promise<Owner | undefined>>();
  readonly #connectionPort: ConnectionPort;

  constructor(platform: Platform) {
    const { connections, rules } = platform;
    this.#connectionPort = connections;
    this.connections = new SnapshotPart({
      idOf: formatConnectionKey,
      shown: (stored, key) =>
        shownConnection(
          stored,
          // Renamed elsewhere, it is known by the name that was asked for.
          this.#known.get(formatConnectionKey(key)) ??
            this.#known.get(formatConnectionKey(stored)),
          rules,
        ),
      ownerOf: (key) => key.owner,
      ...(connections.list === undefined
        ? {}
        : {
            list: (owner: Owner) =>
              this.#unlessOwnerIsGone(owner, () => connections.list!(owner)),
          }),
      listMissing: () =>
        new PatchbayError(requireFeature(platform, "list", [])),
      tryFind: (key, platformId) => this.#tryFindConnection(key, platformId),
    });
    this.attachments = new SnapshotPart({
      idOf: formatAttachmentKey,
      ownerOf: (key) => key.connection.owner,
      // A platform without attachments says so: what it cannot tell is not gone.
      list: (owner) =>
        this.#unlessOwnerIsGone(owner, async () =>
          attachmentsOf(platform).list(owner),
        ),
      tryFind: async (key) => {
        const found = await attachmentsOf(platform).tryFind(key);
        // Rejects where nobody can tell whether it is gone.
        if (found === undefined) await this.#ownerNow(key.connection.owner);
        return found;
      },
    });
    this.links = new SnapshotPart({
      idOf: formatLinkKey,
      shown: (stored) => shownLink(stored, this.#knownLink(stored), rules),
      ownerOf: (key) => key.connection.owner,
      list: async (owner) => await linksOf(platform).list(owner),
      tryFind: async (key) => await linksOf(platform).tryFind(key),
    });
    this.workspaces = new SnapshotPart({
      idOf: ({ owner, name }) => `${formatOwner(owner)}/${name}`,
      ownerOf: ({ owner }) => owner,
      list: async (owner) => await inventoryOf(platform).listWorkspaces(owner),
    });
    this.deployments = new SnapshotPart({
      idOf: ({ owner, name }) => `${formatOwner(owner)}/${name}`,
      ownerOf: ({ owner }) => owner,
      list: async (owner) => await inventoryOf(platform).listDeployments(owner),
    });
  }

  /** From now on the connection, or the link, of this natural key is shown as what is known of it. */
  know(id: string, known: KnownAs): void {
    this.#known.set(id, known);
  }

  /** The same of a connection of which only the type is known; what is known already is better. */
  knowType(
    connectionId: string,
    type: string,
    secretFields: readonly string[] = [],
  ): void {
    if (this.#known.has(connectionId)) return;
    this.know(connectionId, { type, config: objectOf([]), secretFields });
  }

  /** Before it counts as gone, its owner is asked for: what a renamed one has is there. */
  async #tryFindConnection(
    key: ConnectionKey,
    platformId: string | undefined,
  ): Promise<ObservedConnection | undefined> {
    const found = await this.#connectionPort.tryFind(key, { platformId });
    if (found !== undefined) return found;
    const owner = await this.#ownerNow(key.owner, platformId);
    if (owner === undefined || equalOwners(owner, key.owner)) return undefined;
    const there = { ...key, owner };
    const known = this.#known.get(formatConnectionKey(key));
    if (known !== undefined) this.know(formatConnectionKey(there), known);
    return await this.#connectionPort.tryFind(there, { platformId });
  }

  /** A listing that is refused because nobody of that name is there; what a renamed one has is read one by one. */
  async #unlessOwnerIsGone<T>(
    owner: Owner,
    list: () => Promise<readonly T[]>,
  ): Promise<readonly T[]> {
    try {
      return await list();
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError) || !thrown.has("not_found"))
        throw thrown;
      const now = await this.#ownerNow(owner);
      if (now !== undefined && equalOwners(now, owner)) throw thrown;
      return [];
    }
  }

  /** The owner as it is called now; undefined where it is gone. A renamed one is looked for only by something that it had. */
  async #ownerNow(
    owner: Owner,
    platformId?: string,
  ): Promise<Owner | undefined> {
    const port = this.#connectionPort;
    if (port.tryFindOwner === undefined) return owner;
    const id = `${formatOwner(owner)} ${platformId === undefined ? "" : "by what it had"}`;
    const known = this.#owners.get(id);
    if (known !== undefined) return await known;
    const asked = port.tryFindOwner(owner, { platformId });
    this.#owners.set(id, asked);
    // A failure is not remembered.
    asked.catch(() => this.#owners.delete(id));
    return await asked;
  }

  #knownLink(link: ObservedLink): KnownAs {
    const known = this.#known.get(formatLinkKey(link));
    return {
      config: known?.config ?? objectOf([]),
      secretFields: known?.secretFields ?? [],
      // Of the two the connection's is newer: a link only remembers it.
      type:
        this.#known.get(formatConnectionKey(link.connection))?.type ??
        known?.type,
    };
  }
}

/** What the platform shows of anything. */
interface Identified {
  readonly platformId: string;
}

interface SnapshotSource<Key, Observed extends Key> {
  readonly idOf: (key: Key) => string;
  readonly ownerOf: (key: Key) => Owner;
  /** @default nothing can be listed: every read is a single one */
  readonly list?: (owner: Owner) => Promise<readonly Observed[]>;
  /** How what is kept is given out. @default as it is */
  readonly shown?: (stored: Observed, key: Key) => Observed;
  /** What is thrown where all are asked for and nothing lists them. @default everything can be listed */
  readonly listMissing?: () => Error;
  /** @default the listing serves single reads too */
  readonly tryFind?: (
    key: Key,
    platformId: string | undefined,
  ) => Promise<Observed | undefined>;
}

/** The objects of one kind. */
export class SnapshotPart<Key, Observed extends Key & Identified> {
  readonly #source: SnapshotSource<Key, Observed>;
  /** What is known of single objects; it wins over a listing, being later or a write of ours. */
  readonly #single = new Map<string, Promise<Observed | undefined>>();
  readonly #listings = new Map<
    string,
    Promise<ReadonlyMap<string, Observed>>
  >();
  readonly #asked = new Set<string>();

  constructor(source: SnapshotSource<Key, Observed>) {
    this.#source = source;
  }

  /**
   * The object, or undefined where the platform says that it does not exist. A
   * failure is not remembered. The platform's own id, where the caller knows it,
   * is for platforms whose names are not unique.
   */
  async tryFind(key: Key, platformId?: string): Promise<Observed | undefined> {
    const stored = await this.#find(key, platformId, true);
    return stored && this.shown(stored, key);
  }

  /** The same of an object that need not be there: what a listing lacks is not asked for one by one. */
  async tryFindListed(key: Key): Promise<Observed | undefined> {
    const stored = await this.#find(key, undefined, false);
    return stored && this.shown(stored, key);
  }

  /** What was read or written last of it; undefined where nothing was. */
  async peek(key: Key): Promise<Observed | undefined> {
    const id = this.#source.idOf(key);
    const owner = formatOwner(this.#source.ownerOf(key));
    const listing = await this.#listings.get(owner)?.catch(() => undefined);
    const single = await this.#single.get(id)?.catch(() => undefined);
    return single ?? listing?.get(id);
  }

  /** What a write has answered, as a read of that key would show it. */
  shown(stored: Observed, key: Key = stored): Observed {
    return this.#source.shown?.(stored, key) ?? stored;
  }

  async #find(
    key: Key,
    platformId: string | undefined,
    isAskedFor: boolean,
  ): Promise<Observed | undefined> {
    const id = this.#source.idOf(key);
    const known = this.#single.get(id);
    if (known !== undefined) return known;
    const owner = this.#source.ownerOf(key);
    const ownerId = formatOwner(owner);
    const { tryFind, list } = this.#source;
    if (
      tryFind !== undefined &&
      (list === undefined || !this.#asked.has(ownerId))
    ) {
      this.#asked.add(ownerId);
      return this.#remember(this.#single, id, tryFind(key, platformId));
    }
    const listing = await this.#listing(owner);
    // A write may have come between the listing and now.
    const single = this.#single.get(id);
    if (single !== undefined) return single;
    const listed = listing.get(id);
    if (listed !== undefined || tryFind === undefined || !isAskedFor)
      return listed;
    // A listing calls an object by one of its names only, where a platform takes an id as well: before it counts as gone, it is asked for.
    return this.#remember(this.#single, id, tryFind(key, platformId));
  }

  /**
   * The object that is remembered by the platform's own id, whatever it is called
   * by now; where none is remembered or none is there any more, the one of that name.
   */
  async tryFindRenamed(
    key: Key,
    platformId: string | undefined,
  ): Promise<Observed | undefined> {
    const named = await this.tryFind(key, platformId);
    const isMeant =
      platformId === undefined || named?.platformId === platformId;
    if (isMeant || this.#source.list === undefined) return named;
    const all = await this.list(this.#source.ownerOf(key));
    return all.find((one) => one.platformId === platformId) ?? named;
  }

  /** All objects of the owner, our own writes included. Rejects with `unsupported` where the platform cannot list. */
  async list(owner: Owner): Promise<readonly Observed[]> {
    const objects = new Map(await this.#listing(owner));
    const ownerId = formatOwner(owner);
    for (const [id, single] of [...this.#single]) {
      // A single read that fails concerns who asked for it: the listing is as good.
      const object = await single.catch(() => objects.get(id));
      if (object === undefined) objects.delete(id);
      else if (formatOwner(this.#source.ownerOf(object)) === ownerId)
        objects.set(id, object);
    }
    return [...objects.values()].map((object) => this.shown(object));
  }

  /** After a write: what the object is now, or undefined once it is deleted. */
  replace(key: Key, observed: Observed | undefined): void {
    this.#single.set(this.#source.idOf(key), Promise.resolve(observed));
  }

  #listing(owner: Owner): Promise<ReadonlyMap<string, Observed>> {
    const ownerId = formatOwner(owner);
    return (
      this.#listings.get(ownerId) ??
      this.#remember(
        this.#listings,
        ownerId,
        this.#list(owner).then(
          (objects) =>
            new Map(
              objects.map((object) => [this.#source.idOf(object), object]),
            ),
        ),
      )
    );
  }

  async #list(owner: Owner): Promise<readonly Observed[]> {
    if (this.#source.list === undefined)
      throw this.#source.listMissing?.() ?? new Error("nothing lists them");
    return await this.#source.list(owner);
  }

  #remember<T>(
    memory: Map<string, Promise<T>>,
    id: string,
    reading: Promise<T>,
  ): Promise<T> {
    memory.set(id, reading);
    reading.catch(() => {
      // A write may have come in the meantime: what it left is kept.
      if (memory.get(id) === reading) memory.delete(id);
    });
    return reading;
  }
}
