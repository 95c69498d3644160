import type { PlatformExpectations } from "../../../src/testing";

/** What Pipes holds, for the conformance suite. */
export const pipesExpectations: PlatformExpectations = {
  owner: { kind: "organization", name: "acme" },
  otherOwner: { kind: "workspace", name: "analytics" },
  sample: {
    type: "pipes:aws",
    config: {
      regions: ["eu-central-1", "us-east-1"],
      default_region: "eu-central-1",
      max_error_retry_attempts: 5,
      s3_force_path_style: false,
      ignore_error_codes: ["AccessDenied"],
    },
    secrets: {
      access_key: "first-sample-access-key",
      secret_key: "first-sample-secret-key",
    },
    secretFields: ["access_key", "secret_key"],
    otherSecrets: {
      access_key: "second-sample-access-key",
      secret_key: "second-sample-secret-key",
    },
  },
  otherValues: {
    regions: ["*"],
    default_region: "us-east-1",
    max_error_retry_attempts: 9,
    s3_force_path_style: true,
    ignore_error_codes: [],
  },
  optionalFields: [
    "regions",
    "default_region",
    "max_error_retry_attempts",
    "s3_force_path_style",
    "ignore_error_codes",
  ],
  unusualNames: ["a", "a_b", "x1_2", `a${"b".repeat(38)}`, "constructor"],
  concurrencyTokens: true,
  access: { first: { use: ["org/acme"] }, second: { use: [] } },
  folders: { first: "Production/Databases", second: "Staging" },
  places: {
    owner: { kind: "organization", name: "acme" },
    workspace: "analytics",
    otherWorkspace: "science",
  },
};

/** A type of the catalogue, owned by the tenant. */
export const pipesSnowflakeExpectations: PlatformExpectations = {
  ...pipesExpectations,
  owner: { kind: "tenant" },
  access: {
    first: { use: ["org/acme", "org/other", "user/jane"] },
    second: { use: ["org/other", "tenant"] },
  },
  otherOwner: { kind: "organization", name: "acme" },
  sample: {
    type: "snowflake",
    config: {
      account: "xy12345",
      region: "eu-central-1",
      login: "loader",
      role: "LOADER",
      warehouse: "LOADING",
    },
    secrets: { password: "first-sample-password" },
    secretFields: ["password"],
    otherSecrets: { password: "second-sample-password" },
  },
  otherValues: {
    account: "ab67890",
    region: "us-east-1",
    login: "reader",
    role: "READER",
    warehouse: "READING",
  },
  optionalFields: ["region", "role", "warehouse"],
};
