import type {
  AttachmentKey,
  CallOptions,
  Connection,
  ConnectionKey,
  ConnectionStatus,
  ConnectionUsage,
  Link,
  LinkKey,
  ObservedAttachment,
  ObservedConnection,
  ObservedDeployment,
  ObservedLink,
  ObservedWorkspace,
  Owner,
} from "../model";
import type { Account, ObservedAccount } from "./account";
import type {
  EffectiveConnection,
  EffectiveConnectionWithSecrets,
} from "./effective-connection";
import type { CreatedToken, ObservedToken, TokenScope } from "./token";

/**
 * Everything that the hub can do. `HubService` does it in this process, the
 * client in platforms/hub through the hub's HTTP API; callers cannot tell which.
 *
 * Rules for every method:
 * - It rejects with a `PatchbayError`, with the same code and the same words
 *   either way. The client adds those of transport (`unreachable`,
 *   `outcome_unknown`, …); everything that the service rejects did not happen.
 * - Every call names its account. A key's owner is that account itself, one of
 *   its workspaces or one of its deployments; another owner is `invalid_owner`.
 * - The first write to an account creates it.
 * - `tryFind` gives undefined when the object, or anything above it, is not there.
 * - Deleting what is gone counts as done. What is in use is not deleted: `in_use`.
 * - Diagnostics carry paths in the words of the declared object: `config.port`,
 *   `override_secrets.password`.
 */
export interface HubApi {
  readonly accounts: AccountOperations;
  readonly workspaces: WorkspaceOperations;
  readonly deployments: DeploymentOperations;
  readonly connections: ConnectionOperations;
  readonly attachments: AttachmentOperations;
  readonly links: LinkOperations;
  readonly tokens: TokenOperations;
}

/** One page of a listing, in the order of the natural keys. */
export interface Page<T> {
  readonly items: readonly T[];
  /** To be given back for the next page; absent on the last one. */
  readonly nextCursor?: string | undefined;
}

/** Page by page; a listing that is changed meanwhile neither repeats nor skips what stays. */
export interface PageOptions extends CallOptions {
  /** @default 100, which is also the maximum */
  readonly limit?: number | undefined;
  /** `nextCursor` of the page before. @default the first page */
  readonly cursor?: string | undefined;
}

export const MAX_PAGE_SIZE = 100;

export interface InAccount extends CallOptions {
  readonly account: Account;
}

export interface ListInAccount extends PageOptions {
  readonly account: Account;
}

/** A name of something in an account. */
export interface NamedInAccount extends InAccount {
  readonly name: string;
}

/** An object with a natural key. */
export interface Keyed<Key> extends InAccount {
  readonly key: Key;
}

/** The change or deletion of an object with a natural key. */
export interface KeyedWrite<Key> extends Keyed<Key> {
  /** Where given and stale, the write is refused with `conflict`. */
  readonly concurrencyToken?: string | undefined;
}

export interface CreateOptions extends InAccount {
  /**
   * Makes a create safe to repeat for 24 hours: the same key with the same
   * content gives the first answer again, with other content `conflict`.
   */
  readonly idempotencyKey?: string | undefined;
}

export interface AccountOperations {
  list(options?: PageOptions): Promise<Page<ObservedAccount>>;
  tryFind(options: InAccount): Promise<ObservedAccount | undefined>;
  /** Creates the account where it is not there yet. */
  ensure(options: InAccount): Promise<ObservedAccount>;
  /** Rejects with `in_use` while the account holds anything. Its tokens go with it. */
  delete(options: InAccount): Promise<void>;
}

export interface WorkspaceOperations {
  list(options: ListInAccount): Promise<Page<ObservedWorkspace>>;
  tryFind(options: NamedInAccount): Promise<ObservedWorkspace | undefined>;
  /** Rejects with `already_exists`. */
  create(options: CreateOptions & NamedInAccount): Promise<ObservedWorkspace>;
  /**
   * Gives it another name. What is in it stays, and what it owns is its own under
   * the new name. Rejects with `not_found`, `already_exists` (the new name).
   */
  rename(
    options: NamedInAccount & { readonly newName: string },
  ): Promise<ObservedWorkspace>;
  /** Rejects with `in_use` while it has deployments, attachments or connections of its own. */
  delete(options: NamedInAccount): Promise<void>;
}

export interface DeploymentOperations {
  list(options: ListInAccount): Promise<Page<ObservedDeployment>>;
  tryFind(options: NamedInAccount): Promise<ObservedDeployment | undefined>;
  /** Rejects with `already_exists`, or `not_found` where the workspace is not there. */
  create(
    options: CreateOptions & NamedInAccount & { readonly workspace: string },
  ): Promise<ObservedDeployment>;
  /**
   * Gives it another name, or moves it to another workspace; links, tokens and
   * exceptions of auto-link stay its own. Rejects with `not_found`, the new
   * workspace included, with `already_exists` (the new name), and with
   * `attachment_missing` where a linked connection is not available there.
   */
  change(
    options: NamedInAccount & {
      readonly to: { readonly name: string; readonly workspace: string };
    },
  ): Promise<ObservedDeployment>;
  /** Rejects with `in_use` while it has links or connections of its own. Its tokens go with it. */
  delete(options: NamedInAccount): Promise<void>;
  /** What the deployment sees. Rejects with `not_found`. */
  effectiveConnections(
    options: NamedInAccount & PageOptions,
  ): Promise<Page<EffectiveConnection>>;
  /** The same with secrets. Over HTTP only with the deployment's own token. */
  effectiveConnectionsWithSecrets(
    options: NamedInAccount & PageOptions,
  ): Promise<Page<EffectiveConnectionWithSecrets>>;
}

export interface ListConnections extends ListInAccount {
  /** Only the connections of this owner. @default all of the account */
  readonly owner?: Owner | undefined;
  /** Only connections of this type. @default all types */
  readonly type?: string | undefined;
}

export interface ConnectionOperations {
  list(options: ListConnections): Promise<Page<ObservedConnection>>;
  tryFind(
    options: Keyed<ConnectionKey>,
  ): Promise<ObservedConnection | undefined>;
  /** Rejects with `already_exists`, with `not_found` where the owner is not there, and with what the catalogue finds wrong. */
  create(
    options: CreateOptions & { readonly connection: Connection },
  ): Promise<ObservedConnection>;
  /**
   * Makes the connection `key` be as declared; another name renames it in place
   * and its attachments and links follow. Undefined secrets and access stay as
   * they are. The type and the owner cannot change. Rejects with `not_found`,
   * `conflict`, `already_exists` (the new name), and what the catalogue finds wrong.
   */
  update(
    options: KeyedWrite<ConnectionKey> & { readonly connection: Connection },
  ): Promise<ObservedConnection>;
  /** Rejects with `in_use` while it has attachments or links, and with `conflict`. */
  delete(options: KeyedWrite<ConnectionKey>): Promise<void>;
  /** Where it is used, through auto-link too. Rejects with `not_found`. */
  usage(options: Keyed<ConnectionKey>): Promise<ConnectionUsage>;
  /** Reports how the connection is doing. Not a change of what is declared: the concurrency token stays. Rejects with `not_found`. */
  setStatus(
    options: Keyed<ConnectionKey> & {
      readonly status: ConnectionStatus;
      /** Without secrets. @default no message */
      readonly message?: string | undefined;
    },
  ): Promise<ObservedConnection>;
}

/** Of the connections of one owner, or of the whole account. */
export interface ListOfConnections extends ListInAccount {
  /** The owner of the connections. @default all of the account */
  readonly owner?: Owner | undefined;
}

export interface AttachmentOperations {
  list(options: ListOfConnections): Promise<Page<ObservedAttachment>>;
  tryFind(
    options: Keyed<AttachmentKey>,
  ): Promise<ObservedAttachment | undefined>;
  /** Rejects with `already_exists`, or `not_found` naming what is missing. */
  create(
    options: CreateOptions & { readonly attachment: AttachmentKey },
  ): Promise<ObservedAttachment>;
  /** Rejects with `in_use` while a deployment of the workspace is linked through it. */
  delete(options: Keyed<AttachmentKey>): Promise<void>;
}

export interface LinkOperations {
  list(options: ListOfConnections): Promise<Page<ObservedLink>>;
  tryFind(options: Keyed<LinkKey>): Promise<ObservedLink | undefined>;
  /** Rejects with `already_exists`, `not_found`, or `attachment_missing` naming the attachment. */
  create(
    options: CreateOptions & { readonly link: Link },
  ): Promise<ObservedLink>;
  /** Undefined override secrets stay as they are. Rejects with `not_found`, `conflict`. */
  update(
    options: InAccount & {
      readonly link: Link;
      readonly concurrencyToken?: string | undefined;
    },
  ): Promise<ObservedLink>;
  /** Rejects with `conflict`. */
  delete(options: KeyedWrite<LinkKey>): Promise<void>;
}

export interface CreateTokenOptions extends CallOptions {
  readonly scope: TokenScope;
  /** What it is for. @default none */
  readonly description?: string | undefined;
}

export interface TokenOperations {
  list(options?: PageOptions): Promise<Page<ObservedToken>>;
  /** Creates the account of its scope where it is not there yet; a deployment must be there. */
  create(options: CreateTokenOptions): Promise<CreatedToken>;
  /** The token is refused from now on. */
  delete(options: CallOptions & { readonly platformId: string }): Promise<void>;
}
