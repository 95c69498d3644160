import type { JsonObject } from "../../../model";
import {
  DatadogUnderTest,
  declared,
  failureOf,
  key,
  owner,
  told,
  type Fields,
} from "../../../../test/standins/datadog";

let datadog: DatadogUnderTest;
beforeEach(async () => {
  datadog = await DatadogUnderTest.start();
});
afterEach(() => datadog.close());

const http = (secrets?: JsonObject, config: JsonObject = {}) =>
  declared("http", { base_url: "https://api.example.com", ...config }, secrets);

describe("http", () => {
  test("secrets become tokens, and headers and parameters that refer to them", async () => {
    const { platformId } = await datadog.platform.connections.create(
      http(
        {
          token: "geheim-1",
          tokens: { partner: "geheim-2" },
          secret_headers: { "X-Api-Key": "geheim-3" },
          secret_url_parameters: { sig: "geheim-4" },
        },
        { headers: { Partner: "{{ partner }}" } },
      ),
    );
    expect(datadog.credentialsOf(platformId)).toMatchObject({
      headers: [
        { name: "Partner", value: "{{ partner }}" },
        {
          name: "X-Api-Key",
          value: expect.stringMatching(/^\{\{ patchbayHeaderXApiKey\w+ \}\}$/),
        },
        { name: "Authorization", value: "Bearer {{ patchbayToken }}" },
      ],
      url_parameters: [
        {
          name: "sig",
          value: expect.stringMatching(/^\{\{ patchbayParametersig\w+ \}\}$/),
        },
      ],
    });
    const stored = JSON.stringify(datadog.credentialsOf(platformId)["tokens"]);
    for (const value of ["geheim-1", "geheim-2", "geheim-3", "geheim-4"])
      expect(stored).toContain(value);
  });

  test.each([true, false])(
    "what is no longer declared is deleted by name, and what is not declared at all stays (tokens left out of answers: %s)",
    async (omitTokens) => {
      await datadog.close();
      datadog = await DatadogUnderTest.start({ omitTokens });
      const before = {
        token: "geheim-1",
        secret_headers: { "X-Old": "geheim-2", "X-Kept": "geheim-3" },
      };
      const { platformId } = await datadog.platform.connections.create(
        http(before, { headers: { A: "1", B: "2" } }),
      );
      await datadog.platform.connections.update(
        key,
        http(
          { secret_headers: { "X-Kept": "geheim-4" } },
          { headers: { A: "1" } },
        ),
        { platformId },
      );
      const { headers, tokens } = datadog.credentialsOf(platformId);
      const names = (items: unknown) =>
        (items as Fields[]).map(({ name }) => name);
      expect(names(headers)).toEqual(["A", "X-Kept"]);
      expect(names(tokens)).toEqual([
        expect.stringContaining("patchbayHeaderXKept"),
      ]);
      await datadog.platform.connections.update(key, http({}), { platformId });
      expect(names(datadog.credentialsOf(platformId)["headers"])).toEqual([]);
      expect(names(datadog.credentialsOf(platformId)["tokens"])).toEqual([]);
    },
  );

  test("a token's header moves without the token", async () => {
    const { platformId } = await datadog.platform.connections.create(
      http({ token: "geheim" }),
    );
    const config = { token_header: "X-Token", token_prefix: "" };
    const after = await datadog.platform.connections.update(
      key,
      http(undefined, config),
      { platformId },
    );
    expect(after.config).toMatchObject(config);
    expect(datadog.credentialsOf(platformId)).toMatchObject({
      headers: [{ name: "X-Token", value: "{{ patchbayToken }}" }],
      tokens: [{ name: "patchbayToken", value: "geheim" }],
    });
  });

  test("what somebody made in Datadog is shown as it is", async () => {
    const id = datadog.standin.add({
      name: "theirs",
      integration: {
        type: "HTTP",
        base_url: "https://api.example.com",
        credentials: {
          type: "HTTPTokenAuth",
          headers: [{ name: "Authorization", value: "Bearer {{ mine }}" }],
          tokens: [{ name: "mine", type: "SECRET", value: "geheim" }],
        },
      },
    });
    expect(
      await datadog.platform.connections.tryFindByPlatformId!(id),
    ).toMatchObject({
      owner,
      name: "theirs",
      type: "http",
      config: { headers: { Authorization: "Bearer {{ mine }}" } },
    });
  });

  test.each<[string, JsonObject, JsonObject | undefined, string, string]>([
    [
      "basic authentication",
      { login: "x" },
      { password: "geheim" },
      "unsupported",
      "config.login",
    ],
    [
      "a setting for TLS",
      { verify_tls: true },
      undefined,
      "unsupported",
      "config.verify_tls",
    ],
    [
      "a default that is spelled out",
      { token_prefix: "Bearer" },
      { token: "geheim" },
      "unsupported",
      "config.token_prefix",
    ],
    [
      "no headers, spelled out",
      { headers: {} },
      undefined,
      "unsupported",
      "config.headers",
    ],
    [
      "a token with a name of ours",
      {},
      { tokens: { patchbayX: "geheim" } },
      "invalid_field",
      "secrets.tokens.patchbayX",
    ],
    [
      "a reference to a token of ours",
      { headers: { A: "{{ patchbayToken }}" } },
      undefined,
      "invalid_field",
      "config.headers.A",
    ],
  ])("%s is refused", async (_title, config, secrets, code, path) => {
    const error = await failureOf(
      datadog.platform.connections.create(http(secrets, config)),
    );
    expect(told(error)).toEqual([[code, path]]);
  });

  test("basic authentication is refused in words that say what there is instead", async () => {
    const error = await failureOf(
      datadog.platform.connections.create(
        http({ password: "geheim" }, { login: "x" }),
      ),
    );
    expect(error.message).toContain("tokens only");
    expect(error.message).toContain("secret_headers");
  });
});
