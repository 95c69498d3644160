import type { PlatformExpectations } from "../../../src/testing";
import { callerPrincipals } from "./datadog-policy-routes";

const names = [
  "a b",
  "ä ö \u{1F418}",
  "100%",
  "a?b#c&d=e",
  'quo"te',
  "back\\slash",
  "__proto__",
];
const team = (digit: number) =>
  `team/00000000-0000-0000-0000-00000000000${digit}`;

/** Who applies keeps the right to edit. */
const caller = callerPrincipals.team.replace(":", "/");

const common = {
  owner: { kind: "organization", name: "acme" },
  identity: "platform_id",
  unusualNames: names,
  concurrencyTokens: false,
  access: {
    first: { view: [team(1), team(2)], use: [team(3)], edit: [caller] },
    second: { edit: [team(1), caller] },
  },
} as const;

/** HTTP connections, of the catalogue. */
export const datadogHttpExpectations: PlatformExpectations = {
  ...common,
  sample: {
    type: "http",
    config: {
      base_url: "https://api.example.com/v2",
      headers: { Accept: "application/json", Partner: "{{ partner }}" },
      url_parameters: { format: "json" },
      body: { content_type: "application/json", content: '{"a":1}' },
      token_header: "X-Token",
      token_prefix: "Token",
      tags: ["team:data", "env:prod"],
    },
    secrets: {
      token: "first-token-value",
      tokens: { partner: "first-partner-value" },
      secret_headers: { "X-Api-Key": "first-header-value" },
      secret_url_parameters: { signature: "first-parameter-value" },
    },
    secretFields: [
      "secret_headers.X-Api-Key",
      "secret_url_parameters.signature",
      "token",
      "tokens.partner",
    ],
    otherSecrets: {
      token: "second-token-value",
      tokens: { partner: "second-partner-value" },
      secret_headers: { "X-Api-Key": "second-header-value" },
      secret_url_parameters: { signature: "second-parameter-value" },
    },
    // Those that nothing shows any more cannot be named; see the tests of the type.
    secretsRemovable: false,
  },
  otherValues: {
    base_url: "https://other.example.com",
    headers: { "X-Other": "1" },
    url_parameters: { format: "xml", page: "2" },
    body: { content_type: "text/plain", content: "ä" },
    token_header: "X-Other-Token",
    token_prefix: "",
    tags: ["team:other"],
  },
  optionalFields: [
    "headers",
    "url_parameters",
    "body",
    "token_header",
    "token_prefix",
    "tags",
  ],
};

/** Access lists under which who applies cannot edit any more. */
export const lockoutAccess = {
  first: { view: [team(1), team(2)], use: [team(3)] },
  second: { edit: [team(1), team(4)] },
} as const;

/** One of Datadog's own types. */
export const datadogNativeExpectations: PlatformExpectations = {
  ...common,
  sample: {
    type: "datadog:ConfigCat",
    config: { api_username: "loader", tags: ["env:prod", "team:data"] },
    secrets: { api_password: "first-password", sdk_key: "first-sdk-key" },
    secretFields: ["api_password", "sdk_key"],
    otherSecrets: {
      api_password: "second-password",
      sdk_key: "second-sdk-key",
    },
    secretsRemovable: false,
  },
  otherValues: { api_username: "reader", tags: ["team:other"] },
  optionalFields: ["tags"],
};
