/**
 * store/: the hub's rows in a SQL database. The only folder that knows SQL,
 * SQLite and its files. No rule of the hub is kept here, and nothing is sealed
 * or opened: what is secret arrives sealed.
 */
import type {
  AccountRow,
  AttachmentRow,
  ConnectionRow,
  DeploymentRow,
  IdempotencyRow,
  LinkRow,
  TokenRow,
  WorkspaceRow,
} from "./tables";

/**
 * What the service needs of a database. It holds rows and answers questions
 * about them; it knows no rule. SQLite implements it (sqlite-store.ts); another
 * SQL database would implement the same few methods.
 */
export interface HubStore {
  /** Runs against one consistent state. */
  read<T>(work: (rows: Rows) => Promise<T>): Promise<T>;
  /** Runs alone among all writers of all processes; all of it happens, or where `work` rejects nothing. */
  write<T>(work: (rows: Rows) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The rows, inside one transaction. */
export interface Rows {
  readonly metadata: MetadataRows;
  readonly accounts: AccountRows;
  readonly workspaces: WorkspaceRows;
  readonly deployments: DeploymentRows;
  readonly connections: ConnectionRows;
  readonly attachments: AttachmentRows;
  readonly links: LinkRows;
  readonly tokens: TokenRows;
  readonly idempotency: IdempotencyRows;
}

/** A part of a listing: at most `limit` rows with sort keys behind `after`. */
export interface Slice {
  readonly after: readonly string[] | undefined;
  readonly limit: number;
}

/** The names of what uses a row. */
export type Uses = Readonly<
  Record<
    "workspaces" | "deployments" | "connections" | "attachments" | "links",
    readonly string[]
  >
>;

export interface ConnectionOwner {
  readonly owner_kind: ConnectionRow["owner_kind"];
  readonly owner_name: string;
}

/** Which connection an attachment or a link is about. */
export interface ConnectionName extends ConnectionOwner {
  readonly connection_name: string;
}

export type NamedDeploymentRow = DeploymentRow & {
  readonly workspace_name: string;
};
export type NamedAttachmentRow = AttachmentRow &
  ConnectionName & { readonly workspace_name: string };
export type NamedLinkRow = LinkRow &
  ConnectionName & { readonly deployment_name: string };
export type NamedTokenRow = TokenRow & {
  readonly account_kind: AccountRow["kind"] | null;
  readonly account_name: string | null;
  readonly deployment_name: string | null;
};

/** A connection that a deployment sees, with its link where there is an explicit one. */
export interface VisibleConnectionRow {
  readonly connection: ConnectionRow;
  readonly link: LinkRow | undefined;
  /** Whether it belongs to the deployment itself. */
  readonly owned: boolean;
}

export interface MetadataRows {
  find(name: string): Promise<string | undefined>;
  insert(name: string, value: string): Promise<void>;
}

export interface AccountRows {
  find(
    account: Pick<AccountRow, "kind" | "name">,
  ): Promise<AccountRow | undefined>;
  list(slice: Slice): Promise<readonly AccountRow[]>;
  insert(row: AccountRow): Promise<void>;
  remove(id: string): Promise<void>;
  /** What belongs to it, at most a few names of each kind. */
  uses(id: string): Promise<Uses>;
}

export interface WorkspaceRows {
  find(accountId: string, name: string): Promise<WorkspaceRow | undefined>;
  list(accountId: string, slice: Slice): Promise<readonly WorkspaceRow[]>;
  insert(row: WorkspaceRow): Promise<void>;
  /** With what names it by name: the owner of its own connections. */
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
  uses(id: string): Promise<Uses>;
}

export interface DeploymentRows {
  find(
    accountId: string,
    name: string,
  ): Promise<NamedDeploymentRow | undefined>;
  list(accountId: string, slice: Slice): Promise<readonly NamedDeploymentRow[]>;
  /** All deployments of these workspaces, by name. */
  listIn(
    workspaceIds: readonly string[],
  ): Promise<readonly NamedDeploymentRow[]>;
  /** Those that the connection belongs to, is linked to, or is auto-linked to but for its exceptions; by name. */
  listOfConnection(
    connectionId: string,
  ): Promise<readonly NamedDeploymentRow[]>;
  insert(row: DeploymentRow): Promise<void>;
  /** With what names it by name: the owner of its own connections. */
  update(row: DeploymentRow): Promise<void>;
  remove(id: string): Promise<void>;
  uses(id: string): Promise<Uses>;
}

export interface ConnectionFilter {
  readonly accountId: string;
  readonly owner: ConnectionOwner | undefined;
  readonly type: string | undefined;
}

export interface ConnectionRows {
  find(
    accountId: string,
    key: ConnectionName,
  ): Promise<ConnectionRow | undefined>;
  list(
    filter: ConnectionFilter,
    slice: Slice,
  ): Promise<readonly ConnectionRow[]>;
  insert(row: ConnectionRow): Promise<void>;
  update(row: ConnectionRow): Promise<void>;
  remove(id: string): Promise<void>;
  /** What the deployment owns, is linked to, or is auto-linked to. */
  listVisible(
    deployment: DeploymentRow,
    slice: Slice,
  ): Promise<readonly VisibleConnectionRow[]>;
}

/** Attachments and links are listed per account, or per owner of their connections. */
export type OwnerFilter = Omit<ConnectionFilter, "type">;

export interface AttachmentRows {
  find(
    connectionId: string,
    workspaceId: string,
  ): Promise<AttachmentRow | undefined>;
  list(
    filter: OwnerFilter,
    slice: Slice,
  ): Promise<readonly NamedAttachmentRow[]>;
  listOf(connectionId: string): Promise<readonly NamedAttachmentRow[]>;
  insert(row: AttachmentRow): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface LinkRows {
  find(
    connectionId: string,
    deploymentId: string,
  ): Promise<LinkRow | undefined>;
  list(filter: OwnerFilter, slice: Slice): Promise<readonly NamedLinkRow[]>;
  listOf(connectionId: string): Promise<readonly NamedLinkRow[]>;
  insert(row: LinkRow): Promise<void>;
  update(row: LinkRow): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface TokenRows {
  findByHash(hash: string): Promise<NamedTokenRow | undefined>;
  list(slice: Slice): Promise<readonly NamedTokenRow[]>;
  insert(row: TokenRow): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface IdempotencyRows {
  find(key: string): Promise<IdempotencyRow | undefined>;
  insert(row: IdempotencyRow): Promise<void>;
  removeExpired(now: number): Promise<void>;
}
