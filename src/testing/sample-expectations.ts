import type { PlatformExpectations } from "./conformance/expectations";

/** For a platform that holds the catalogue's types as they are and refuses no name: the hub, and the one in memory. */
export const catalogueExpectations: PlatformExpectations = {
  owner: { kind: "organization", name: "acme" },
  otherOwner: { kind: "user", name: "jane" },
  sample: {
    type: "postgresql",
    config: {
      host: "db.example.com",
      port: 5432,
      database: "app",
      schema: "public",
      login: "loader",
      ssl_mode: "verify-full",
      parameters: { application_name: "etl" },
    },
    secrets: { password: "first-sample-password" },
    secretFields: ["password"],
    otherSecrets: { password: "second-sample-password" },
  },
  otherValues: {
    host: "other.example.com",
    port: 6432,
    database: "other",
    schema: "private",
    login: "reader",
    ssl_mode: "require",
    parameters: { application_name: "other", connect_timeout: "5" },
  },
  optionalFields: ["port", "database", "schema", "ssl_mode", "parameters"],
  unusualNames: [
    "a b",
    "ä ö \u{1F418}",
    "100%",
    "a?b#c&d=e",
    "back\\slash",
    'quo"te',
    "%2e%2e",
    "__proto__",
    "constructor",
  ],
  concurrencyTokens: true,
  access: {
    first: {
      view: ["team/data"],
      use: ["user/ann", "user/bob"],
      edit: [],
    },
    second: { edit: ["role/admin"] },
  },
  folders: { first: "Production/Databases", second: "Staging", anyPath: true },
  places: {
    owner: { kind: "organization", name: "acme" },
    workspace: "analytics",
    otherWorkspace: "science",
    deployments: {
      deployment: "prod",
      secondDeployment: "staging",
      otherDeployment: "lab",
      override: { field: "schema", value: "PROD", otherValue: "STAGE" },
      removableField: "database",
      overrideSecrets: {
        patch: { password: "third-sample-password" },
        fields: ["password"],
      },
    },
  },
};
