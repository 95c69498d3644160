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

  test("a reference to a token that was never given goes with its header", async () => {
    const { platformId } = await datadog.platform.connections.create(
      http({ tokens: { partner: "geheim" } }, { headers: { A: "x" } }),
    );
    const { integration } = datadog.standin.stored()[0]!;
    datadog.standin.change(platformId, {
      integration: {
        ...integration,
        credentials: {
          ...(integration["credentials"] as Fields),
          headers: [{ name: "A", value: "{{ partnr }}" }],
        },
      },
    });
    await datadog.platform.connections.update(
      key,
      http(
        { tokens: { partner: "geheim" } },
        { headers: { A: "{{ partner }}" } },
      ),
      { platformId, secretFields: ["tokens.partner"] },
    );
    expect(datadog.credentialsOf(platformId)).toMatchObject({
      headers: [{ name: "A", value: "{{ partner }}" }],
      tokens: [{ name: "partner" }],
    });
  });

  test("a token that is declared no more goes, also where nothing shows it", async () => {
    const { platformId } = await datadog.platform.connections.create(
      http({ token: "geheim-1", tokens: { partner: "geheim-2" } }),
    );
    await datadog.platform.connections.update(
      key,
      http({ token: "geheim-3" }),
      {
        platformId,
        secretFields: ["token", "tokens.partner"],
      },
    );
    expect(datadog.credentialsOf(platformId)).toMatchObject({
      tokens: [{ name: "patchbayToken", value: "geheim-3" }],
    });
  });

  test.each([
    ["a header", { headers: { A: "Key {{ missing }}" } }, "headers.A"],
    [
      "a parameter",
      { url_parameters: { a: "{{missing}}" } },
      "url_parameters.a",
    ],
    [
      "the body",
      { body: { content_type: "text/plain", content: "a {{ missing }} b" } },
      "body.content",
    ],
  ])(
    "%s that refers to a token that is not there is refused, with the names there are",
    async (_title, config, path) => {
      const { check } = datadog.platform.connections;
      const faults = check!(http({ tokens: { partner: "geheim" } }, config));
      expect(faults).toMatchObject([
        { code: "invalid_field", path: ["config", ...path.split(".")] },
      ]);
      expect(faults[0]!.detail).toContain("partner");
      // Those that are there and stay are named by whoever remembers them.
      expect(check!(http(undefined, config))).toEqual([]);
      const { stored, platformId } = await datadog.platform.connections.create(
        http({ tokens: { partner: "geheim" } }),
      );
      const { checkUpdate } = datadog.platform.rules!;
      const known = {
        type: "http",
        config: {},
        secretFields: ["tokens.other"],
      };
      expect(
        checkUpdate!(http(undefined, config), stored!, known),
      ).toMatchObject([
        { code: "invalid_field", detail: expect.stringContaining("other") },
      ]);
      expect(
        checkUpdate!(http(undefined, config), stored!, {
          ...known,
          secretFields: ["tokens.missing"],
        }),
      ).toEqual([]);
      await datadog.platform.connections.delete(key, { platformId });
    },
  );

  test("tags that Datadog sorts and folds are those that were declared; another one is not", async () => {
    await datadog.close();
    datadog = await DatadogUnderTest.start({ normalizesTags: true });
    const tags = ["Team:Platform", "env:prod", "a:b"];
    const { stored, platformId } = await datadog.platform.connections.create(
      http(undefined, { tags }),
    );
    const { shown } = datadog.platform.rules!;
    const known = (declared: readonly string[]) => ({
      type: "http",
      config: { tags: declared },
      secretFields: [],
    });
    expect(shown!(stored!, undefined).config["tags"]).toEqual([
      "a:b",
      "env:prod",
      "team:platform",
    ]);
    expect(shown!(stored!, known(tags)).config["tags"]).toEqual(tags);
    expect(shown!(stored!, known(["env:prod", "x:y"])).config["tags"]).toEqual([
      "env:prod",
      "a:b",
      "team:platform",
    ]);
    expect(
      datadog.platform.connections.check!(
        http(undefined, { tags: ["A:b", "a:B"] }),
      ),
    ).toMatchObject([{ path: ["config", "tags", 1] }]);
    await datadog.platform.connections.delete(key, { platformId });
  });

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

  test("a default that is spelled out means the same as none", async () => {
    const spelled = {
      token_header: "Authorization",
      token_prefix: "Bearer",
      verify_tls: true,
    };
    for (const config of [{}, spelled]) {
      const { platformId } = await datadog.platform.connections.create(
        http({ token: "geheim" }, config),
      );
      expect(datadog.credentialsOf(platformId)["headers"]).toEqual([
        { name: "Authorization", value: "Bearer {{ patchbayToken }}" },
      ]);
    }
    const { platformId } = await datadog.platform.connections.create(http());
    // No token whose header would have to be made.
    const after = await datadog.platform.connections.update(
      key,
      http(undefined, spelled),
      { platformId },
    );
    expect(after.config).not.toHaveProperty("token_header");
    expect(datadog.credentialsOf(platformId)).not.toHaveProperty("headers");
  });

  test("tags are kept with the connection, changed and cleared, and no part of its credentials", async () => {
    const stored = () => datadog.standin.stored()[0]!;
    const created = await datadog.platform.connections.create(
      http({ token: "geheim" }, { tags: ["team:data", "env:prod"] }),
    );
    const { platformId } = created;
    expect(created.config["tags"]).toEqual(["team:data", "env:prod"]);
    expect(stored().tags).toEqual(["team:data", "env:prod"]);
    expect(JSON.stringify(stored().integration)).not.toContain("env:prod");

    const update = (config: JsonObject) =>
      datadog.platform.connections.update(key, http(undefined, config), {
        platformId,
      });
    const changed = await update({ tags: ["env:stage"] });
    expect(changed.config["tags"]).toEqual(["env:stage"]);
    expect((await update({})).config).not.toHaveProperty("tags");
    expect(stored().tags).toEqual([]);
    expect(datadog.credentialsOf(platformId)).toMatchObject({
      tokens: [{ value: "geheim" }],
    });
  });

  test("a connection that has no tags and shall have none is sent none", async () => {
    const { platformId } = await datadog.platform.connections.create(http());
    await datadog.platform.connections.update(key, http(), { platformId });
    for (const { body } of datadog.standin.requests())
      expect(JSON.stringify(body ?? null)).not.toContain("tags");
  });

  test("tags that somebody gave it in Datadog are shown", async () => {
    const { platformId } = await datadog.platform.connections.create(http());
    datadog.standin.change(platformId, { tags: ["env:lab"] });
    const found = await datadog.platform.connections.tryFind(key, {
      platformId,
    });
    expect(found?.config["tags"]).toEqual(["env:lab"]);
  });

  test.each<[string, JsonObject, JsonObject, string, string]>([
    [
      "basic authentication",
      { login: "x" },
      { password: "geheim" },
      "unsupported",
      "config.login",
    ],
    [
      "TLS that is not verified",
      { verify_tls: false },
      {},
      "unsupported",
      "config.verify_tls",
    ],
    [
      "no headers, spelled out",
      { headers: {} },
      {},
      "unsupported",
      "config.headers",
    ],
    [
      "no parameters, spelled out",
      { url_parameters: {} },
      {},
      "unsupported",
      "config.url_parameters",
    ],
    ["no tags, spelled out", { tags: [] }, {}, "invalid_field", "config.tags"],
    [
      "a tag without a colon",
      { tags: ["env:prod", "prod"] },
      {},
      "invalid_field",
      "config.tags.1",
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
      {},
      "invalid_field",
      "config.headers.A",
    ],
    [
      "the header of the token among the others",
      { headers: { authorization: "x" } },
      { token: "geheim" },
      "conflicting_arguments",
      "config.headers.authorization",
    ],
    [
      "the header of the token among the secret ones",
      { token_header: "X-Key" },
      { token: "geheim", secret_headers: { "X-Key": "geheim" } },
      "conflicting_arguments",
      "secrets.secret_headers.X-Key",
    ],
    [
      "a header that is secret and not",
      { headers: { "X-Key": "x" } },
      { secret_headers: { "X-Key": "geheim" } },
      "conflicting_arguments",
      "config.headers.X-Key",
    ],
    [
      "a parameter that is secret and not",
      { url_parameters: { sig: "x" } },
      { secret_url_parameters: { sig: "geheim" } },
      "conflicting_arguments",
      "config.url_parameters.sig",
    ],
  ])(
    "%s is refused before anything is sent, and while planning",
    async (_title, config, secrets, code, path) => {
      const { connections } = datadog.platform;
      const connection = http(secrets, config);
      const error = await failureOf(connections.create(connection));
      expect(told(error)).toEqual([[code, path]]);
      expect(connections.check!(connection)).toEqual(error.diagnostics);
      expect(datadog.standin.requests()).toEqual([]);
    },
  );

  test("secrets that are not declared are not looked at while planning", () => {
    const { check } = datadog.platform.connections;
    const config = { headers: { Authorization: "x" }, token_header: "X-Key" };
    expect(check!(http(undefined, config))).toEqual([]);
  });

  test.each<[string, JsonObject, string, string]>([
    [
      "a header that is secret there",
      { headers: { "X-Key": "x" } },
      "conflicting_arguments",
      "config.headers.X-Key",
    ],
    [
      "a parameter that is secret there",
      { url_parameters: { sig: "x" } },
      "conflicting_arguments",
      "config.url_parameters.sig",
    ],
    [
      "another header for a token that is not there",
      { token_header: "X-Token" },
      "missing_field",
      "secrets.token",
    ],
  ])(
    "%s is refused where no secrets are given, and nothing is changed",
    async (_title, config, code, path) => {
      const { platformId } = await datadog.platform.connections.create(
        http({
          secret_headers: { "x-key": "geheim" },
          secret_url_parameters: { sig: "geheim" },
        }),
      );
      const update = datadog.platform.connections.update(
        key,
        http(undefined, config),
        { platformId },
      );
      expect(told(await failureOf(update))).toEqual([[code, path]]);
      expect(datadog.standin.requests({ method: "PATCH" })).toEqual([]);
    },
  );

  test("the header of a token that stays is not given to another", async () => {
    const { platformId } = await datadog.platform.connections.create(
      http({ token: "geheim" }),
    );
    const update = datadog.platform.connections.update(
      key,
      http(undefined, { headers: { Authorization: "x" } }),
      { platformId },
    );
    expect(told(await failureOf(update))).toEqual([
      ["conflicting_arguments", "config.headers.Authorization"],
    ]);
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
