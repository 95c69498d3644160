/**
 * The steps from an empty database to today's tables, in order. The number of
 * steps that a database has had is its schema version. A step that was released
 * is never changed; a new one is appended.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    `create table metadata (
      name text primary key,
      value text not null
    )`,
    `create table account (
      id text primary key,
      kind text not null,
      name text not null,
      unique (kind, name)
    )`,
    `create table workspace (
      id text primary key,
      account_id text not null references account (id),
      name text not null,
      unique (account_id, name)
    )`,
    `create table deployment (
      id text primary key,
      account_id text not null references account (id),
      workspace_id text not null references workspace (id),
      name text not null,
      unique (account_id, name)
    )`,
    "create index deployment_of_workspace on deployment (workspace_id, name)",
    `create table connection (
      id text primary key,
      account_id text not null references account (id),
      owner_kind text not null,
      owner_name text not null,
      workspace_id text references workspace (id),
      deployment_id text references deployment (id),
      name text not null,
      type text not null,
      description text,
      config_json text not null,
      sealed_secrets text,
      secret_fields_json text not null,
      secrets_version integer not null,
      auto_link integer not null,
      auto_link_except_json text not null,
      access_json text,
      status text not null,
      status_message text,
      version integer not null,
      unique (account_id, owner_kind, owner_name, name)
    )`,
    "create index connection_of_workspace on connection (workspace_id) where workspace_id is not null",
    "create index connection_of_deployment on connection (deployment_id) where deployment_id is not null",
    `create table attachment (
      id text primary key,
      account_id text not null references account (id),
      connection_id text not null references connection (id),
      workspace_id text not null references workspace (id),
      unique (connection_id, workspace_id)
    )`,
    "create index attachment_of_workspace on attachment (workspace_id)",
    `create table link (
      id text primary key,
      account_id text not null references account (id),
      connection_id text not null references connection (id),
      deployment_id text not null references deployment (id),
      overrides_json text not null,
      sealed_secrets text,
      secret_fields_json text not null,
      secrets_version integer not null,
      version integer not null,
      unique (connection_id, deployment_id)
    )`,
    "create index link_of_deployment on link (deployment_id)",
    `create table token (
      id text primary key,
      hash text not null unique,
      scope text not null,
      account_id text references account (id) on delete cascade,
      deployment_id text references deployment (id) on delete cascade,
      description text
    )`,
    `create table idempotency (
      key text primary key,
      digest text not null,
      answer_json text not null,
      expires_at integer not null
    )`,
    "create index idempotency_by_expiry on idempotency (expires_at)",
  ],
];

export const SCHEMA_VERSION = migrations.length;
