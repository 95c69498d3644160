import { Secret } from "../../diagnostics";
import type { JsonObject, Platform } from "../../model";
import { describePlatform, type PlatformExpectations } from "../../testing";
import {
  datadogContract,
  type DatadogStandin,
  type Fields,
  startDatadogStandin,
} from "../../../test/standins/datadog";
import { createDatadogAdapter } from "./datadog-adapter";
import { datadogIdentity } from "./datadog-capabilities";
import { createDatadogClient } from "./datadog-client";

const owner = { kind: "organization", name: "acme" } as const;
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

const common = {
  owner,
  identity: "platform_id",
  unusualNames: names,
  concurrencyTokens: false,
  access: {
    first: { view: [team(1), team(2)], use: [team(3)] },
    second: { edit: [team(1), team(4)] },
  },
} as const;

const http: PlatformExpectations = {
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
  },
  optionalFields: [
    "headers",
    "url_parameters",
    "body",
    "token_header",
    "token_prefix",
  ],
};

const native: PlatformExpectations = {
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

describe.each([
  ["tokens left out of answers", true],
  ["tokens blanked in answers", false],
])("with %s", (_title, omitTokens) => {
  let standin: DatadogStandin;
  beforeAll(async () => {
    standin = await startDatadogStandin({
      omitTokens,
      contract: datadogContract,
    });
  });
  // Rejects where an exchange did not fit Datadog's document.
  afterAll(() => standin.close());

  const connect = (): Platform => {
    let now = 0;
    const client = createDatadogClient({
      baseUrl: standin.url,
      headers: {
        "dd-api-key": new Secret(standin.apiKey),
        "dd-application-key": new Secret(standin.applicationKey),
      },
      time: {
        now: () => now,
        sleep: async (milliseconds) => {
          now += milliseconds;
          await Promise.resolve();
        },
      },
    });
    return createDatadogAdapter({ client, organization: "acme" });
  };

  describe.each([
    ["HTTP", http],
    ["native", native],
  ])("%s", (kind, expectations) => {
    describePlatform({
      name: `datadog, ${kind}`,
      capabilities: datadogIdentity.capabilities,
      expectations,
      open: async () => {
        standin.reset();
        return await Promise.resolve(connect());
      },
      openElsewhere: () => Promise.resolve(connect()),
      storedNames: () =>
        Promise.resolve(standin.stored().map(({ name }) => name)),
      storedSecrets: (_platform, { platformId }) =>
        Promise.resolve(storedSecrets(platformId)),
      injectFault: (_platform, { on, fault, times }) => {
        const methods = on === "read" ? ["GET"] : ["POST", "PATCH", "DELETE"];
        standin.failNext({
          match: { where: ({ method }) => methods.includes(method) },
          fault,
          times,
        });
      },
      clearFaults: () => standin.clearFaults(),
    });
  });

  /** As declared: what Datadog holds, by the catalogue's names. */
  function storedSecrets(id: string): JsonObject {
    const { integration } = standin.stored().find((one) => one.id === id)!;
    const credentials = integration["credentials"] as Fields;
    if (integration["type"] !== "HTTP") {
      const { api_password, sdk_key } = credentials;
      return { api_password, sdk_key } as JsonObject;
    }
    const tokens = credentials["tokens"] as readonly Record<string, string>[];
    const valueOf = (start: string) =>
      tokens.find(({ name }) => name!.startsWith(start))?.["value"] ?? "";
    return {
      token: valueOf("patchbayToken"),
      tokens: { partner: valueOf("partner") },
      secret_headers: { "X-Api-Key": valueOf("patchbayHeader") },
      secret_url_parameters: { signature: valueOf("patchbayParameter") },
    };
  }
});
