import type { Diagnostic, Secret } from "../diagnostics";
import type { Attachment, ObservedAttachment } from "./attachment";
import type { Capabilities } from "./capabilities";
import type { Access, Connection, ObservedConnection } from "./connection";
import type { AttachmentKey, ConnectionKey, LinkKey } from "./key";
import type { Link, ObservedLink } from "./link";
import type { Owner } from "./owner";
import type { KnownAs, PlatformRules } from "./platform-rules";
import type { StateMove } from "./state-move";
import type { ConnectionUsage } from "./usage";
import type {
  Deployment,
  ObservedDeployment,
  ObservedWorkspace,
  Workspace,
} from "./workspace";

/**
 * The port: what a platform adapter implements, and all that the rest of
 * Patchbay knows about a platform.
 *
 * The minimum is `Platform` with `connections`. Every other part is optional and
 * present exactly if the capabilities name its feature; there are no stubs.
 *
 * Rules for every method:
 * - It rejects with a `PatchbayError` when something did not happen. Its code
 *   tells what is known: `outcome_unknown` means that a write may have happened
 *   (time-out, cut connection, 5xx after sending); every other code means that
 *   it did not. It never rejects with anything that holds a secret.
 * - `tryFind…` gives undefined only when the platform said that the object does
 *   not exist. A refusal, a rate limit or a failure is never "gone".
 * - What is safe to repeat has already been repeated (see `http/`); callers do
 *   not retry, except `apply/`, which looks before it repeats a create.
 * - `signal` cancels: the method rejects with `cancelled` as soon as it can, and
 *   a write that was already sent is awaited rather than abandoned.
 * - Observed values are in the catalogue's form, whatever the platform calls
 *   its fields; lists of names are sorted.
 */
export interface Platform {
  /** As in native types and in the provider block: `hub`, `astro`. */
  readonly name: string;
  /** As in messages: `Astro`. */
  readonly title: string;
  readonly capabilities: Capabilities;
  /** The same as of its definition. @default none */
  readonly rules?: PlatformRules;

  readonly connections: ConnectionPort;
  /** Feature `attachments`. */
  readonly attachments?: AttachmentPort;
  /** Feature `links`. */
  readonly links?: LinkPort;
  /** Feature `access`, where a connection is shown without its access list. */
  readonly access?: AccessPort;
  /** Feature `verify`. */
  readonly verification?: VerificationPort;
  /** Feature `usage`. */
  readonly usage?: UsagePort;
  /** Feature `inventory`. */
  readonly inventory?: InventoryPort;
  /** Feature `manage_inventory`. */
  readonly inventoryManagement?: InventoryManagementPort;

  /** What is wrong where somebody remembers objects of it, while the platform itself has not been made and the first write will make it. Asks nobody. @default it is always there */
  missing?(): Diagnostic | undefined;
  /** Frees what was opened (files, sockets). Called once, after the last method has settled. */
  close(): Promise<void>;
}

/** Passed to every call of the port. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Passed where one existing connection is meant. */
export interface KeyedCallOptions extends CallOptions {
  /** The platform's own id of it, where the caller remembers one. Platforms whose names are not unique need it. */
  readonly platformId?: string | undefined;
}

/** Passed where it matters as what an object is known. */
export interface KnownCallOptions extends CallOptions {
  /** As what the object was known when the change was planned; of a link the type is its connection's. For platforms that store several types as one, or do not show all that they hold. */
  readonly known?: KnownAs | undefined;
}

/** Passed to updates and deletions: the token of the state that the change was planned against. */
export interface WriteOptions extends KeyedCallOptions, KnownCallOptions {
  /** Where given and stale, the write is refused with `conflict`. */
  readonly concurrencyToken?: string | undefined;
  /** Dotted paths of the secrets that the caller remembers to be set, for platforms that can remove a secret only by its name. */
  readonly secretFields?: readonly string[] | undefined;
}

/** Connections of an owner. */
export interface ConnectionPort {
  /**
   * Everything that the platform cannot hold of a declaration, or would not show
   * again as declared, with paths as in the model (`config`, `secrets`, `name`).
   * Asks nobody. Undefined secrets are not looked at: they may be there already,
   * or not be known yet. What it finds, `create` and `update` reject with, and then
   * nothing was sent.
   */
  check?(connection: Connection): readonly Diagnostic[];
  /** All connections of the owner, in as few requests as the platform allows. Feature `list`. */
  list?(
    owner: Owner,
    options?: CallOptions,
  ): Promise<readonly ObservedConnection[]>;
  /** Where names are not unique and no platform id is given, rejects with `unsupported`. */
  tryFind(
    key: ConnectionKey,
    options?: KeyedCallOptions,
  ): Promise<ObservedConnection | undefined>;
  /** Finds it by the platform's own id, which is then also the import id. Only where names are not unique. */
  tryFindByPlatformId?(
    platformId: string,
    options?: CallOptions,
  ): Promise<ObservedConnection | undefined>;
  /**
   * The owner as it is called now, asked before anything of it counts as gone:
   * undefined where it is surely gone, with what it had, since its own parent can
   * be read and lacks it. Rejects with `not_found`, naming it, where it stands at
   * the top: there, renamed, deleted and hidden look the same. The platform id
   * is that of a connection that it had, by which a renamed one may be found.
   * @default owners are always there
   */
  tryFindOwner?(
    owner: Owner,
    options?: KeyedCallOptions,
  ): Promise<Owner | undefined>;
  /** Rejects with `already_exists` when the name is taken. */
  create(
    connection: Connection,
    options?: CallOptions,
  ): Promise<ObservedConnection>;
  /** Makes the connection `key` be as declared; a different name in `connection` renames (feature `rename`). Rejects with `not_found`, `conflict`. */
  update(
    key: ConnectionKey,
    connection: Connection,
    options?: WriteOptions,
  ): Promise<ObservedConnection>;
  /** Gone already counts as done. Rejects with `in_use`, listing the uses; then nothing was deleted. */
  delete(key: ConnectionKey, options?: WriteOptions): Promise<void>;
}

/** Connections made available in workspaces. */
export interface AttachmentPort {
  /** All attachments of the owner's connections. */
  list(
    owner: Owner,
    options?: CallOptions,
  ): Promise<readonly ObservedAttachment[]>;
  tryFind(
    key: AttachmentKey,
    options?: CallOptions,
  ): Promise<ObservedAttachment | undefined>;
  /** Rejects with `already_exists`, or `not_found` naming what is missing. */
  create(
    attachment: Attachment,
    options?: CallOptions,
  ): Promise<ObservedAttachment>;
  /** Gone already counts as done. Rejects with `in_use` while a deployment of the workspace is linked through it. */
  delete(key: AttachmentKey, options?: CallOptions): Promise<void>;
}

/** Connections made available in deployments, with overrides. */
export interface LinkPort {
  /** The same of overrides: what no deployment can see differently of this connection. Paths begin with `overrides` or `override_secrets`. */
  check?(
    link: Link,
    parent: Pick<Connection, "type" | "config">,
  ): readonly Diagnostic[];
  /** All links of the owner's connections. */
  list(owner: Owner, options?: CallOptions): Promise<readonly ObservedLink[]>;
  tryFind(
    key: LinkKey,
    options?: CallOptions,
  ): Promise<ObservedLink | undefined>;
  /** Rejects with `already_exists`, `not_found`, or `attachment_missing` naming the attachment. */
  create(link: Link, options?: KnownCallOptions): Promise<ObservedLink>;
  /** Rejects with `not_found`, `conflict`. */
  update(link: Link, options?: WriteOptions): Promise<ObservedLink>;
  /** Gone already counts as done. */
  delete(key: LinkKey, options?: WriteOptions): Promise<void>;
}

/** Access lists that take a request of their own: only those of connections that declare one are read. */
export interface AccessPort {
  /** Rejects with `not_found`. */
  find(key: ConnectionKey, options?: KeyedCallOptions): Promise<Access>;
}

/** Tests whether a connection would work. */
export interface VerificationPort {
  /** Changes nothing. A failing test is an outcome, not a rejection. */
  verify(
    connection: Connection,
    options?: CallOptions,
  ): Promise<VerificationOutcome>;
}

export interface VerificationOutcome {
  readonly ok: boolean;
  /** The platform's words, without secrets. */
  readonly message?: string | undefined;
}

/** Tells where a connection is used. */
export interface UsagePort {
  /** Rejects with `not_found`. */
  find(key: ConnectionKey, options?: CallOptions): Promise<ConnectionUsage>;
}

/** Looks up workspaces and deployments. */
export interface InventoryPort {
  listWorkspaces(
    owner: Owner,
    options?: CallOptions,
  ): Promise<readonly ObservedWorkspace[]>;
  listDeployments(
    owner: Owner,
    options?: CallOptions,
  ): Promise<readonly ObservedDeployment[]>;
}

/** Creates, changes and deletes workspaces and deployments. */
export interface InventoryManagementPort {
  createWorkspace(
    workspace: Workspace,
    options?: CallOptions,
  ): Promise<ObservedWorkspace>;
  /** Gone already counts as done. Rejects with `in_use`. */
  deleteWorkspace(workspace: Workspace, options?: CallOptions): Promise<void>;
  /**
   * Gives it this name; what is in it and what belongs to it follows. Feature
   * `change_inventory`. Rejects with `not_found`, `already_exists` (the new name).
   */
  renameWorkspace?(
    workspace: Workspace,
    name: string,
    options?: CallOptions,
  ): Promise<ObservedWorkspace>;
  createDeployment(
    deployment: Deployment,
    options?: CallOptions,
  ): Promise<ObservedDeployment>;
  /**
   * Gives it this name and workspace; its links follow. Feature
   * `change_inventory`. Rejects with `not_found` (the workspace too), with
   * `already_exists` (the new name), and with `attachment_missing` where a
   * connection that is linked to it is not attached to the new workspace.
   */
  changeDeployment?(
    deployment: Pick<Deployment, "owner" | "name">,
    to: Pick<Deployment, "name" | "workspace">,
    options?: CallOptions,
  ): Promise<ObservedDeployment>;
  /** Gone already counts as done. Rejects with `in_use`. */
  deleteDeployment(
    deployment: Deployment,
    options?: CallOptions,
  ): Promise<void>;
}

/**
 * A platform as the registry knows it: enough for the provider's schema, the
 * diagnostics at plan time and the docs, without loading the adapter.
 */
export interface PlatformDefinition {
  readonly name: string;
  readonly title: string;
  readonly capabilities: Capabilities;
  /** @default none */
  readonly rules?: PlatformRules;
  /** One sentence for the docs. */
  readonly description: string;
  /** Resources of other providers whose state can be taken over with a `moved` block. @default none */
  readonly moves?: readonly StateMove[];
  /** What the platform's block in the provider configuration holds. */
  readonly settings: readonly PlatformSetting[];
  /** Loads the adapter and opens it. Rejects with `missing_credential`, naming both ways to supply it. */
  open(options: OpenPlatformOptions): Promise<Platform>;
}

/** One argument of a platform's block: a string that may come from the environment instead. */
export interface PlatformSetting {
  /** As written in the block: `app_key`. */
  readonly name: string;
  readonly description: string;
  /** What a value looks like, for the docs. Given where the platform cannot be opened without one, or not with any text. */
  readonly example?: string;
  readonly secret: boolean;
  /** The variable that supplies it where the block does not: `DD_APP_KEY`. */
  readonly environmentVariable?: string | undefined;
  /** It names a file or a folder on this machine; a relative one starts where Terraform runs. */
  readonly path?: {
    /** What it is where no setting is given. */
    readonly default: string;
  };
}

/** Everything an adapter gets from outside; it reads neither the process nor the clock itself. */
export interface OpenPlatformOptions {
  /** The block's arguments, those from the environment filled in. */
  readonly settings: Readonly<Record<string, Secret | undefined>>;
  /** The provider's `organization`: for owners that do not name theirs (workspace, deployment, tenant). */
  readonly organization: string | undefined;
  /** Relative paths start here. */
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
}

/** A log that takes only named fields, none of them secret. */
export interface Log {
  trace(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
}
export type LogFields = Readonly<Record<string, string | number | boolean>>;
