import type { JsonObject } from "../../../src/model";
import { type Call, example, type RealCase } from "./real-case";

const role = "arn:aws:iam::123456789012:role/loader";
const key = [
  "AKIAIOSFODNN7EXAMPLE",
  "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
];
const keys = { access_key_id: key[0]! };
const secrets = { secret_access_key: key[1]! };

/** What the hook asks of S3 about an object of the connection's own bucket. */
const object = (given: JsonObject): Call => [
  "HeadObject",
  {
    endpoint: "https://s3.eu-central-1.amazonaws.com",
    region: "eu-central-1",
    key: [...key, null],
    verify: true,
    Bucket: "acme-landing",
    Key: "a-key",
    ...given,
  },
];

/** How it gets its key before. */
const assume = (given: JsonObject): Call => [
  "AssumeRole",
  {
    endpoint: "https://sts.eu-central-1.amazonaws.com",
    region: "eu-central-1",
    key: null,
    verify: true,
    RoleArn: role,
    ...given,
  },
];
const ofRole = { key: ["role-key", "role-secret", "role-token"] };

const of = (
  title: string,
  config: JsonObject,
  calls: RealCase["calls"],
  more: Partial<RealCase> = {},
): RealCase => ({
  title,
  type: "amazon-s3",
  config: { bucket: "acme-landing", region: "eu-central-1", ...config },
  calls,
  ...more,
});

export const amazonS3: readonly RealCase[] = [
  of(
    "further keys of extra, of which the hook passes over what it does not know",
    { ...keys, extra: { verify: false } },
    [object({ verify: false })],
    { secrets: { ...secrets, secret_extra: { note: "s3cret" } } },
  ),
  {
    ...example("amazon-s3", 0),
    without: ["prefix", "read_only"],
    calls: [assume({ ExternalId: "acme-patchbay" }), object(ofRole)],
  },
  { ...example("amazon-s3", 1), calls: [object({})] },
  {
    ...example("amazon-s3", 2),
    calls: [
      assume({ region: "aws-global", endpoint: "https://sts.amazonaws.com" }),
      object({
        ...ofRole,
        // What boto3 takes where nothing says it.
        region: "us-east-1",
        endpoint: "https://s3.amazonaws.com",
      }),
    ],
  },
  of("a key", keys, [object({})], { secrets }),
  of(
    "another region",
    { ...keys, region: "us-west-2" },
    [
      object({
        region: "us-west-2",
        endpoint: "https://s3.us-west-2.amazonaws.com",
      }),
    ],
    { secrets },
  ),
  of(
    "a token of temporary credentials",
    keys,
    [object({ key: [...key, "t0ken"] })],
    {
      secrets: { ...secrets, session_token: "t0ken" },
    },
  ),
  of(
    "another service that speaks its protocol",
    { ...keys, endpoint_url: "https://minio.example.com" },
    [object({ endpoint: "https://minio.example.com" })],
    { secrets },
  ),
  of(
    "a connection that may write",
    { ...keys, read_only: false },
    [object({})],
    { secrets },
  ),
  of(
    "keys that encrypt",
    {
      ...keys,
      kms_key_arn: "arn:aws:kms:eu-central-1:123456789012:key/7d6f3c52",
    },
    [object({})],
    { secrets, without: ["kms_key_arn"] },
  ),
  of("a key of one's own that encrypts", keys, [object({})], {
    secrets: { ...secrets, customer_encryption_key: "bXkta2V5" },
    without: ["customer_encryption_key"],
  }),
  of(
    "another bucket, region and key in a deployment",
    keys,
    [
      object({
        Bucket: "acme-prod",
        region: "eu-west-1",
        endpoint: "https://s3.eu-west-1.amazonaws.com",
        key: ["AKIAPROD", "prod-secret", null],
      }),
    ],
    {
      secrets,
      link: {
        config: {
          bucket: "acme-prod",
          region: "eu-west-1",
          access_key_id: "AKIAPROD",
        },
        secrets: { secret_access_key: "prod-secret" },
      },
    },
  ),
  of(
    "another role in a deployment",
    { role_arn: role, external_id: "dev" },
    [
      assume({
        RoleArn: "arn:aws:iam::123456789012:role/prod",
        ExternalId: "prod",
      }),
      object(ofRole),
    ],
    {
      link: {
        config: {
          role_arn: "arn:aws:iam::123456789012:role/prod",
          external_id: "prod",
        },
      },
    },
  ),
  of("a key that takes the place of a role by an update", keys, [object({})], {
    secrets,
    before: { config: { bucket: "acme-landing", role_arn: role } },
  }),
];
