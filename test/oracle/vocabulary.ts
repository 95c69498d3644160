/**
 * The words that worlds are made of: few of each, all of them valid on their
 * platform, so that what is generated is planned and not refused.
 */
import type { JsonObject, JsonValue } from "../../src/model";
import type { PlatformName } from "../../src/platforms/registry";
import type { DeclaredAccess } from "./world";

export interface TypeWords {
  readonly type: string;
  /** Fields that are always given, each with what it may be. */
  readonly required: Readonly<Record<string, readonly JsonValue[]>>;
  /** Fields that may be left out. */
  readonly optional: Readonly<Record<string, readonly JsonValue[]>>;
  /** Fields whose value may as well be written in quotes. */
  readonly inQuotes?: readonly string[];
  /** What a field is where it is left out. */
  readonly defaults?: JsonObject;
  /** Only given together with secrets. */
  readonly besideSecrets?: readonly string[];
  readonly secrets: readonly JsonObject[];
  /** Whether the type can do without secrets, and without those that it had. */
  readonly secretsOptional: boolean;
  readonly overrides?: readonly JsonObject[];
  readonly overrideSecrets?: readonly JsonObject[];
}

export interface OwnerWords {
  /** Undefined: what the provider says. */
  readonly owner: string | undefined;
  /** Workspaces that its connections can be attached to. */
  readonly workspaces: readonly string[];
  /** Deployments that its connections can be linked to. */
  readonly deployments: readonly string[];
  /** Deployments that auto-link may leave out. */
  readonly exceptions: readonly string[];
  readonly autoLink: boolean;
  readonly access: readonly DeclaredAccess[];
  readonly parents: readonly string[];
}

export interface PlatformWords {
  readonly platform: PlatformName;
  readonly types: readonly TypeWords[];
  readonly owners: readonly OwnerWords[];
  readonly descriptions: readonly string[];
  /** Whether workspaces and deployments can be declared. */
  readonly places: boolean;
  /** Whether a link takes an attachment to the deployment's workspace. */
  readonly linksNeedAttachments: boolean;
  readonly verifies: boolean;
}

/** Where every deployment is. */
export const workspaceOf: Readonly<Record<string, string>> = {
  prod: "analytics",
  staging: "analytics",
  lab: "science",
};

const postgresql: TypeWords = {
  type: "postgresql",
  required: {
    host: ["db1.example.com", "db2.example.com"],
    login: ["loader", "reader"],
  },
  optional: {
    port: [5432, 6432],
    database: ["app", "other"],
    schema: ["public", "private"],
    ssl_mode: ["prefer", "require"],
    parameters: [
      { application_name: "etl" },
      { application_name: "etl", connect_timeout: "5" },
    ],
  },
  inQuotes: ["port"],
  defaults: { port: 5432, ssl_mode: "prefer" },
  secrets: [{ password: "pw-one" }, { password: "pw-two" }],
  secretsOptional: true,
  overrides: [
    { schema: "PROD" },
    { schema: "STAGE", port: 6432 },
    { port: 5433 },
    { database: "elsewhere", parameters: { application_name: "linked" } },
  ],
  overrideSecrets: [{ password: "pw-prod" }, { password: "pw-stage" }],
};

const httpOnHub: TypeWords = {
  type: "http",
  required: { base_url: ["https://a.example.com", "https://b.example.com"] },
  optional: {
    headers: [{ Accept: "application/json" }, { Accept: "*/*", Via: "hub" }],
    verify_tls: [true, false],
    token_prefix: ["Bearer", "Token"],
  },
  inQuotes: ["verify_tls"],
  defaults: { verify_tls: true, token_prefix: "Bearer" },
  besideSecrets: ["token_prefix"],
  secrets: [{ token: "token-one" }, { token: "token-two" }],
  secretsOptional: true,
  overrides: [
    { base_url: "https://prod.example.com" },
    { headers: { Accept: "text/plain" } },
    { verify_tls: false },
  ],
  overrideSecrets: [{ token: "token-prod" }, { token: "token-stage" }],
};

const kafka: TypeWords = {
  type: "kafka",
  required: {
    bootstrap_servers: [["k1:9092"], ["k2:9092", "k3:9092"]],
  },
  optional: {
    security_protocol: ["PLAINTEXT", "SSL"],
    topics: [["orders"], ["payments", "orders"]],
    properties: [{ "client.id": "etl" }, { "fetch.min.bytes": "1" }],
  },
  defaults: { security_protocol: "PLAINTEXT" },
  secrets: [
    { secret_properties: { "ssl.keystore.password": "store-one" } },
    { secret_properties: { "ssl.keystore.password": "store-two" } },
  ],
  secretsOptional: true,
  overrides: [
    { topics: ["prod"] },
    { security_protocol: "SSL" },
    { properties: { "client.id": "linked" } },
  ],
  overrideSecrets: [
    { secret_properties: { "ssl.keystore.password": "store-prod" } },
  ],
};

const genericOf = (types: readonly string[]): TypeWords => ({
  type: "generic",
  required: { conn_type: types },
  optional: {
    host: ["one.example.com", "two.example.com"],
    port: [22, 2222],
    extra: [{ mode: "fast" }, { mode: "safe", tries: 3 }],
  },
  inQuotes: ["port"],
  secrets: [
    { password: "pw-one" },
    { password: "pw-two", secret_extra: { key: "key-two" } },
    { secret_extra: { key: "key-one" } },
  ],
  secretsOptional: true,
  overrides: [{ host: "prod.example.com" }, { extra: { mode: "linked" } }],
  overrideSecrets: [{ password: "pw-prod" }],
});

const anything: TypeWords = {
  type: "hub:anything",
  required: {},
  optional: {
    a: ["1", 1, true, ["x", "y"]],
    nested: [{ deep: { er: 1 } }, { deep: { er: 2, "x.y": "z" } }],
    constructor: ["one", "two"],
  },
  secrets: [{ token: "t-one" }, { token: "t-two", more: { deep: "d" } }],
  secretsOptional: true,
  overrides: [{ a: "linked" }, { nested: { deep: { er: 3 } } }, { a: null }],
  overrideSecrets: [{ token: "t-prod" }],
};

const nobody: OwnerWords = {
  owner: undefined,
  workspaces: [],
  deployments: [],
  exceptions: [],
  autoLink: false,
  access: [],
  parents: [],
};

const hubAccess: readonly DeclaredAccess[] = [
  { view: ["team/data", "user/ann"], use: ["role/etl"] },
  { edit: ["role/admin"] },
  { view: ["user/ann", "team/data"], edit: ["org/acme", "tenant"] },
];

const onHub: OwnerWords = {
  ...nobody,
  workspaces: ["analytics", "science"],
  deployments: ["prod", "staging", "lab"],
  exceptions: ["d1", "d0", "d2"],
  autoLink: true,
  access: hubAccess,
};

const hub: PlatformWords = {
  platform: "hub",
  types: [postgresql, httpOnHub, kafka, genericOf(["ssh", "ftp"]), anything],
  owners: [
    onHub,
    onHub,
    { ...onHub, owner: "organization/acme" },
    { ...nobody, owner: "user/jane", access: hubAccess },
    {
      ...onHub,
      owner: "workspace/analytics",
      workspaces: [],
      deployments: ["prod", "staging"],
    },
    { ...nobody, owner: "deployment/prod", deployments: ["prod"] },
  ],
  descriptions: ["", "one", "two words"],
  places: true,
  linksNeedAttachments: true,
  verifies: false,
};

const astro: PlatformWords = {
  platform: "astro",
  types: [
    postgresql,
    httpOnHub,
    genericOf(["ssh", "ftp"]),
    {
      type: "astro:airbyte",
      required: {},
      optional: {
        host: ["one.example.com", "two.example.com"],
        login: ["loader", "reader"],
        extra: [{ mode: "fast" }, { mode: "safe" }],
      },
      secrets: [{ password: "pw-one" }, { password: "pw-two" }],
      secretsOptional: true,
      overrides: [{ host: "prod.example.com" }, { extra: { mode: "linked" } }],
      overrideSecrets: [{ password: "pw-prod" }, { password: "pw-stage" }],
    },
  ],
  owners: [
    {
      ...nobody,
      owner: "workspace/analytics",
      deployments: ["prod", "staging"],
      exceptions: ["d1", "d0", "d2"],
      autoLink: true,
    },
    {
      ...nobody,
      owner: "workspace/analytics",
      deployments: ["prod", "staging"],
      exceptions: ["d2", "d0"],
      autoLink: true,
    },
    {
      ...nobody,
      owner: "workspace/science",
      deployments: ["lab"],
      autoLink: true,
    },
    { ...nobody, owner: "deployment/prod" },
  ],
  descriptions: ["", "one", "two words"],
  places: false,
  linksNeedAttachments: false,
  verifies: false,
};

const team = (digit: number) =>
  `team/00000000-0000-0000-0000-00000000000${digit}`;

const datadog: PlatformWords = {
  platform: "datadog",
  types: [
    {
      type: "http",
      required: {
        base_url: ["https://a.example.com", "https://b.example.com"],
      },
      optional: {
        headers: [{ Accept: "application/json" }, { Accept: "*/*", Via: "x" }],
        tags: [["team:data", "env:prod"], ["env:lab"]],
        token_prefix: ["Bearer", "Token"],
      },
      defaults: { token_prefix: "Bearer" },
      besideSecrets: ["token_prefix"],
      secrets: [
        { token: "token-one" },
        { token: "token-two", secret_headers: { "X-Key": "header-two" } },
        { token: "token-three", tokens: { partner: "partner-three" } },
      ],
      secretsOptional: false,
    },
    {
      type: "datadog:ConfigCat",
      required: { api_username: ["loader", "reader"] },
      optional: { tags: [["team:data", "env:prod"], ["env:lab"]] },
      secrets: [
        { api_password: "pw-one", sdk_key: "sdk-one" },
        { api_password: "pw-two", sdk_key: "sdk-one" },
      ],
      secretsOptional: false,
    },
    {
      type: "datadog:Azure",
      required: { app_client_id: ["app-1", "app-2"], tenant_id: ["t-1"] },
      optional: { custom_scopes: ["scope-1", "scope-2"], tags: [["env:lab"]] },
      secrets: [{ client_secret: "cs-one" }, { client_secret: "cs-two" }],
      secretsOptional: false,
    },
  ],
  owners: [
    {
      ...nobody,
      access: [
        { view: [team(2), team(1)], use: [team(3)] },
        { edit: [team(1), team(4)] },
        { view: [team(1)] },
      ],
    },
  ],
  descriptions: [],
  places: false,
  linksNeedAttachments: false,
  verifies: false,
};

const pipes: PlatformWords = {
  platform: "pipes",
  types: [
    {
      type: "snowflake",
      required: {
        account: ["xy12345", "ab67890"],
        login: ["loader", "reader"],
      },
      optional: {
        region: ["eu-central-1", "us-east-1"],
        role: ["LOADER", "READER"],
        warehouse: ["LOADING"],
      },
      secrets: [{ password: "pw-one" }, { password: "pw-two" }],
      secretsOptional: false,
    },
    {
      type: "pipes:aws",
      required: {},
      optional: {
        regions: [["eu-central-1", "us-east-1"], ["*"]],
        default_region: ["eu-central-1", "us-east-1"],
        max_error_retry_attempts: [5, 9],
        s3_force_path_style: [true, false],
      },
      secrets: [
        { access_key: "ak-one", secret_key: "sk-one" },
        { access_key: "ak-two", secret_key: "sk-two" },
      ],
      secretsOptional: true,
    },
  ],
  owners: [
    {
      ...nobody,
      owner: "tenant",
      workspaces: ["analytics", "science"],
      access: [
        { use: ["org/other", "org/acme"] },
        { use: ["tenant"] },
        { use: ["user/jane", "org/acme"] },
      ],
      parents: ["Production/Databases", "Staging", "/"],
    },
    {
      ...nobody,
      workspaces: ["analytics", "science"],
      access: [{ use: ["org/acme"] }, { use: [] }],
      parents: ["Production/Databases", "Staging", "/"],
    },
    {
      ...nobody,
      owner: "organization/acme",
      workspaces: ["analytics", "science"],
      access: [{ use: ["org/acme"] }, { use: [] }],
      parents: ["Production/Databases", "Staging", "/"],
    },
    {
      ...nobody,
      owner: "workspace/analytics",
      parents: ["Production/Databases", "Staging", "/"],
    },
  ],
  descriptions: [],
  places: false,
  linksNeedAttachments: false,
  verifies: true,
};

const { parameters: _parameters, ...columns } = postgresql.optional;
const upsolver: PlatformWords = {
  platform: "upsolver",
  types: [
    { ...postgresql, optional: columns, secretsOptional: false },
    kafka,
    {
      type: "upsolver:MONGODB",
      required: {
        CONNECTION_STRING: [
          "mongodb+srv://db.example.com/app",
          "mongodb+srv://other.example.com/app",
        ],
        USER_NAME: ["loader", "reader"],
      },
      optional: { TIMEOUT: [4, 5] },
      secrets: [{ PASSWORD: "pw-one" }, { PASSWORD: "pw-two" }],
      secretsOptional: false,
    },
  ],
  owners: [nobody, { ...nobody, owner: "organization/acme" }],
  descriptions: ["", "one", "two words"],
  places: false,
  linksNeedAttachments: false,
  verifies: false,
};

export const vocabulary: Readonly<Record<PlatformName, PlatformWords>> = {
  hub,
  astro,
  datadog,
  pipes,
  upsolver,
};
