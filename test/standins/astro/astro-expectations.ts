import {
  catalogueExpectations,
  type PlatformExpectations,
} from "../../../src/testing";

const { sample, otherValues, places } = catalogueExpectations;

/** PostgreSQL connections of a workspace. */
export const astroExpectations: PlatformExpectations = {
  owner: { kind: "workspace", name: "analytics" },
  otherOwner: { kind: "workspace", name: "science" },
  sample,
  otherValues,
  optionalFields: ["port", "database", "schema", "ssl_mode", "parameters"],
  unusualNames: [
    "a.b-c_d",
    "(a)!#",
    "a:b",
    "back\\slash",
    "größe",
    "__proto__",
  ],
  concurrencyTokens: false,
  places: places && {
    ...places,
    deployments: places.deployments,
  },
};

/** Snowflake connections of a deployment that is meant by its id, with secrets in extra. */
export const astroSnowflakeExpectations = (
  deploymentId: string,
): PlatformExpectations => ({
  ...astroExpectations,
  owner: { kind: "deployment", name: deploymentId },
  otherOwner: { kind: "deployment", name: "staging" },
  sample: {
    type: "snowflake",
    config: {
      account: "acme-analytics",
      login: "loader",
      database: "DEMO",
      warehouse: "LOADING",
      session_parameters: { QUERY_TAG: "etl" },
    },
    secrets: {
      private_key: "first-sample-key",
      private_key_passphrase: "first-sample-passphrase",
    },
    secretFields: ["private_key", "private_key_passphrase"],
    otherSecrets: {
      private_key: "second-sample-key",
      private_key_passphrase: "second-sample-passphrase",
    },
  },
  otherValues: {
    account: "acme-other",
    login: "reader",
    database: "OTHER",
    session_parameters: { QUERY_TAG: "other" },
  },
  optionalFields: ["database", "warehouse", "session_parameters"],
});
