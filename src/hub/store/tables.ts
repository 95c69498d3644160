/**
 * The rows as they are stored. All of them are text and whole numbers, so that
 * every SQL database can hold them; `…_json` columns hold JSON text, sealed
 * columns what `sealing/` makes of secrets.
 */
export interface Tables {
  readonly metadata: MetadataRow;
  readonly account: AccountRow;
  readonly workspace: WorkspaceRow;
  readonly deployment: DeploymentRow;
  readonly connection: ConnectionRow;
  readonly attachment: AttachmentRow;
  readonly link: LinkRow;
  readonly token: TokenRow;
  readonly idempotency: IdempotencyRow;
}

/** Facts about the hub as a whole. */
export interface MetadataRow {
  readonly name: string;
  readonly value: string;
}

export interface AccountRow {
  readonly id: string;
  readonly kind: "organization" | "user";
  readonly name: string;
}

export interface WorkspaceRow {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
}

export interface DeploymentRow {
  readonly id: string;
  readonly account_id: string;
  readonly workspace_id: string;
  readonly name: string;
}

/** The owner is kept as kind and name for listing in order of keys, and as reference so that it cannot vanish. */
export interface ConnectionRow {
  readonly id: string;
  readonly account_id: string;
  readonly owner_kind: "organization" | "user" | "workspace" | "deployment";
  readonly owner_name: string;
  /** The owner, where it is a workspace. */
  readonly workspace_id: string | null;
  /** The owner, where it is a deployment. */
  readonly deployment_id: string | null;
  readonly name: string;
  readonly type: string;
  readonly description: string | null;
  readonly config_json: string;
  readonly sealed_secrets: string | null;
  readonly secret_fields_json: string;
  readonly secrets_version: number;
  readonly auto_link: number;
  readonly auto_link_except_json: string;
  readonly access_json: string | null;
  readonly status: string;
  readonly status_message: string | null;
  /** Grows with every change of what is declared. */
  readonly version: number;
}

export interface AttachmentRow {
  readonly id: string;
  readonly account_id: string;
  readonly connection_id: string;
  readonly workspace_id: string;
}

export interface LinkRow {
  readonly id: string;
  readonly account_id: string;
  readonly connection_id: string;
  readonly deployment_id: string;
  readonly overrides_json: string;
  readonly sealed_secrets: string | null;
  readonly secret_fields_json: string;
  readonly secrets_version: number;
  readonly version: number;
}

export interface TokenRow {
  readonly id: string;
  /** SHA-256 of the token, hexadecimal. */
  readonly hash: string;
  readonly scope: "admin" | "account" | "deployment" | "read_only";
  readonly account_id: string | null;
  readonly deployment_id: string | null;
  readonly description: string | null;
}

export interface IdempotencyRow {
  /** Operation, account and the caller's key, as one text. */
  readonly key: string;
  /** Keyed digest of the request's content. */
  readonly digest: string;
  readonly answer_json: string;
  /** Milliseconds since 1970. */
  readonly expires_at: number;
}
