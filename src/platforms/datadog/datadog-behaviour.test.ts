import { PatchbayError, Secret } from "../../diagnostics";
import type { Connection, JsonObject, Platform } from "../../model";
import {
  datadogContractExceptions,
  type DatadogStandin,
  type DatadogStandinOptions,
  type Fields,
  startDatadogStandin,
} from "../../../test/standins/datadog";
import { loadContract } from "../../../test/standins/kit";
import { createDatadogAdapter } from "./datadog-adapter";
import { createDatadogClient } from "./datadog-client";
import { integrations } from "./types/integrations";

const owner = { kind: "organization", name: "acme" } as const;
const key = { owner, name: "warehouse" };
const contract = loadContract("datadog-connections.yaml", {
  exceptions: datadogContractExceptions,
});

let standin: DatadogStandin;
let platform: Platform;
let waits: number[];

beforeEach(() => start({}));
afterEach(() => standin.close());

async function start(options: DatadogStandinOptions): Promise<void> {
  standin = await startDatadogStandin({ contract, ...options });
  platform = connect();
}

function connect(
  headers: Parameters<typeof createDatadogClient>[0]["headers"] = {
    "dd-api-key": new Secret(standin.apiKey),
    "dd-application-key": new Secret(standin.applicationKey),
  },
  organization: string | undefined = "acme",
): Platform {
  waits = [];
  let now = 0;
  const client = createDatadogClient({
    baseUrl: standin.url,
    headers,
    time: {
      now: () => now,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        now += milliseconds;
        await Promise.resolve();
      },
    },
  });
  return createDatadogAdapter({ client, organization });
}

function declared(
  type: string,
  config: JsonObject,
  secrets?: JsonObject,
  changes: Partial<Connection> = {},
): Connection {
  return {
    ...key,
    type,
    config,
    secrets: secrets && new Secret(secrets),
    ...changes,
  };
}

async function failureOf(promise: Promise<unknown>): Promise<PatchbayError> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof PatchbayError))
    throw new Error(`it was not refused: ${String(thrown)}`);
  expect(JSON.stringify(thrown.diagnostics)).not.toContain("geheim");
  return thrown;
}

const told = ({ diagnostics }: PatchbayError) =>
  diagnostics.map(({ code, path }) => [code, path.join(".")]);

const credentialsOf = (id: string) =>
  standin.stored().find((one) => one.id === id)!.integration[
    "credentials"
  ] as Fields;

const http = (secrets?: JsonObject, config: JsonObject = {}) =>
  declared("http", { base_url: "https://api.example.com", ...config }, secrets);

describe("integrations", () => {
  const kinds = integrations.flatMap(({ type, credentials }) =>
    credentials.map((kind) => ({
      type,
      kind,
      several: credentials.length > 1,
    })),
  );

  const example = (field: string) =>
    field === "account_id" ? "123456789012" : `${field}-value`;

  test.each(kinds)(
    "$type with $kind.type is created, read, updated and imported",
    async ({ type, kind, several }) => {
      const fields = (names: readonly string[], suffix = "") =>
        names.map((name) => [name, example(name) + suffix] as const);
      const config: JsonObject = {
        ...(several && { credentials_type: kind.type }),
        ...Object.fromEntries(fields([...kind.plain, ...kind.optional])),
        tags: ["env:prod"],
      };
      const secrets = Object.fromEntries(fields(kind.secrets, "-geheim"));
      const connection = declared(`datadog:${type}`, config, secrets);
      const created = await platform.connections.create(connection);
      expect(created).toMatchObject({ type: `datadog:${type}`, ...key });
      expect({ ...created.config }).toEqual(config);
      const { platformId } = created;
      expect(credentialsOf(platformId)).toMatchObject(secrets);

      const renamed = { ...connection, name: "lake", secrets: undefined };
      const after = await platform.connections.update(key, renamed, {
        platformId,
      });
      expect(after).toMatchObject({ name: "lake", platformId });
      expect(credentialsOf(platformId)).toMatchObject(secrets);

      const imported =
        await platform.connections.tryFindByPlatformId!(platformId);
      expect(imported).toEqual(after);
      expect(JSON.stringify(imported)).not.toContain("geheim");
    },
  );

  test("what Datadog gives an AWS connection is told, and is not part of the config", async () => {
    const config = { account_id: "123456789012", role: "loader" };
    const created = await platform.connections.create(
      declared("datadog:AWS", config),
    );
    expect({ ...created.config }).toEqual(config);
    expect(created.statusMessage).toMatch(
      /^From Datadog: external_id [0-9a-f]{32}, principal_id 464622532012$/,
    );
  });

  test.each<[string, Connection, readonly (readonly string[])[]]>([
    [
      "a misspelt field and a missing one",
      declared("datadog:Okta", { domian: "x" }, { api_token: "geheim" }),
      [
        ["unknown_field", "config.domian"],
        ["missing_field", "config.domain"],
      ],
    ],
    [
      "a missing and a misspelt secret",
      declared("datadog:OpenAI", {}, { api_key: "geheim" }),
      [
        ["unknown_field", "secrets.api_key"],
        ["missing_field", "secrets.api_token"],
      ],
    ],
    [
      "no secrets at all",
      declared("datadog:ConfigCat", { api_username: "x" }),
      [
        ["missing_field", "secrets.api_password"],
        ["missing_field", "secrets.sdk_key"],
      ],
    ],
    [
      "a secret in config and a plain field in secrets",
      declared(
        "datadog:Okta",
        { domain: "x", api_token: "geheim" },
        { domain: "x", api_token: "geheim" },
      ),
      [
        ["secret_in_config", "config.api_token"],
        ["plain_field_in_secrets", "secrets.domain"],
      ],
    ],
    [
      "an account that is a number",
      declared("datadog:AWS", { account_id: 123456789012, role: "x" }),
      [["invalid_field", "config.account_id"]],
    ],
    [
      "an account of too few digits, and what Datadog chooses",
      declared("datadog:AWS", { account_id: "1", role: "x", external_id: "y" }),
      [
        ["invalid_field", "config.account_id"],
        ["unknown_field", "config.external_id"],
      ],
    ],
    [
      "no kind of credentials where there are two",
      declared("datadog:Cloudflare", {}, { api_token: "geheim" }),
      [["missing_field", "config.credentials_type"]],
    ],
    [
      "an unknown kind of credentials",
      declared("datadog:Cloudflare", { credentials_type: "CloudflareToken" }),
      [["invalid_field", "config.credentials_type"]],
    ],
    [
      "a kind of credentials where there is one",
      declared(
        "datadog:OpenAI",
        { credentials_type: "OpenAIAPIKey" },
        { api_token: "geheim" },
      ),
      [["unknown_field", "config.credentials_type"]],
    ],
    [
      "wrong tags",
      declared(
        "datadog:OpenAI",
        { tags: ["env", "a:b:c", "env:prod", "env:prod", "default:x", 1] },
        { api_token: "geheim" },
      ),
      [0, 1, 3, 4, 5].map((index) => ["invalid_field", `config.tags.${index}`]),
    ],
    [
      "an empty list of tags",
      declared("datadog:OpenAI", { tags: [] }, { api_token: "geheim" }),
      [["invalid_field", "config.tags"]],
    ],
    [
      "a misspelt integration",
      declared("datadog:OpenAi", {}, { api_token: "geheim" }),
      [["unknown_type", "type"]],
    ],
    [
      "HTTP as a native type",
      declared("datadog:HTTP", {}),
      [["unknown_type", "type"]],
    ],
    [
      "a type that Datadog has not",
      declared("postgresql", {}),
      [["unsupported", "type"]],
    ],
    [
      "an owner that is no organization",
      {
        ...declared("datadog:OpenAI", {}, { api_token: "geheim" }),
        owner: { kind: "user", name: "jane" },
      },
      [["unsupported", "owner"]],
    ],
    [
      "principals of a kind that there is not",
      declared(
        "datadog:OpenAI",
        {},
        { api_token: "geheim" },
        { access: { view: ["team/x", "tem/x"], edit: ["jane", "user/"] } },
      ),
      [
        ["invalid_field", "access.view.1"],
        ["invalid_field", "access.edit.0"],
        ["invalid_field", "access.edit.1"],
      ],
    ],
  ])(
    "%s are refused before anything is sent",
    async (_title, connection, faults) => {
      const error = await failureOf(platform.connections.create(connection));
      expect(told(error)).toEqual(faults);
      expect(standin.requests()).toEqual([]);
    },
  );

  test("what was probably meant is said", async () => {
    for (const [connection, meant] of [
      [declared("datadog:Okta", { domian: "x" }), "domain"],
      [declared("datadog:Openai", {}), "OpenAI"],
      [declared("datadog:Gemini", {}, { apikey: "geheim" }), "api_key"],
    ] as const) {
      const error = await failureOf(platform.connections.create(connection));
      expect(error.message).toContain(`Did you mean "${meant}"?`);
    }
  });

  test("another kind of credentials, an optional field that goes, and secrets that go need another connection", async () => {
    const azure = { app_client_id: "a", tenant_id: "b", custom_scopes: "c" };
    const { platformId } = await platform.connections.create(
      declared("datadog:Azure", azure, { client_secret: "geheim" }),
    );
    const { custom_scopes: _, ...without } = azure;
    const update = (connection: Connection) =>
      failureOf(platform.connections.update(key, connection, { platformId }));
    expect(told(await update(declared("datadog:Azure", without)))).toEqual([
      ["unsupported", "config.custom_scopes"],
    ]);
    expect(told(await update(declared("datadog:Azure", azure, {})))).toEqual([
      ["unsupported", "secrets"],
    ]);
    expect(
      told(
        await update(declared("datadog:OpenAI", {}, { api_token: "geheim" })),
      ),
    ).toEqual([["unsupported", "type"]]);

    const token = { credentials_type: "CloudflareAPIToken" };
    const cloudflare = await platform.connections.create(
      declared("datadog:Cloudflare", token, { api_token: "geheim" }),
    );
    const global = {
      credentials_type: "CloudflareGlobalAPIToken",
      auth_email: "a@example.com",
    };
    const error = await failureOf(
      platform.connections.update(
        key,
        declared("datadog:Cloudflare", global, { global_api_key: "geheim" }),
        { platformId: cloudflare.platformId },
      ),
    );
    expect(told(error)).toEqual([["unsupported", "config.credentials_type"]]);
    expect(standin.requests({ method: "PATCH" })).toEqual([]);
  });

  test.each([
    [
      "an integration that is not documented",
      { type: "Kubernetes", credentials: { type: "KubernetesServiceAccount" } },
    ],
    [
      "HTTP without authentication",
      {
        type: "HTTP",
        base_url: "https://x",
        credentials: { type: "HTTPNoAuth" },
      },
    ],
    [
      "credentials that are not documented",
      { type: "OpenAI", credentials: { type: "OpenAIOAuth" } },
    ],
  ])("%s cannot be shown, and is not gone", async (_title, integration) => {
    await standin.close();
    // Undocumented on purpose.
    await start({ contract: undefined });
    const id = standin.add({ name: "warehouse", integration });
    for (const reading of [
      platform.connections.tryFindByPlatformId!(id),
      platform.connections.tryFind(key, { platformId: id }),
    ])
      expect(told(await failureOf(reading))).toEqual([["unsupported", "type"]]);
  });
});

describe("http", () => {
  test("secrets become tokens, and headers and parameters that refer to them", async () => {
    const { platformId } = await platform.connections.create(
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
    expect(credentialsOf(platformId)).toMatchObject({
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
    const stored = JSON.stringify(credentialsOf(platformId)["tokens"]);
    for (const value of ["geheim-1", "geheim-2", "geheim-3", "geheim-4"])
      expect(stored).toContain(value);
  });

  test.each([true, false])(
    "what is no longer declared is deleted by name, and what is not declared at all stays (tokens left out of answers: %s)",
    async (omitTokens) => {
      await standin.close();
      await start({ omitTokens });
      const before = {
        token: "geheim-1",
        secret_headers: { "X-Old": "geheim-2", "X-Kept": "geheim-3" },
      };
      const { platformId } = await platform.connections.create(
        http(before, { headers: { A: "1", B: "2" } }),
      );
      await platform.connections.update(
        key,
        http(
          { secret_headers: { "X-Kept": "geheim-4" } },
          { headers: { A: "1" } },
        ),
        { platformId },
      );
      const { headers, tokens } = credentialsOf(platformId);
      const names = (items: unknown) =>
        (items as Fields[]).map(({ name }) => name);
      expect(names(headers)).toEqual(["A", "X-Kept"]);
      expect(names(tokens)).toEqual([
        expect.stringContaining("patchbayHeaderXKept"),
      ]);
      await platform.connections.update(key, http({}), { platformId });
      expect(names(credentialsOf(platformId)["headers"])).toEqual([]);
      expect(names(credentialsOf(platformId)["tokens"])).toEqual([]);
    },
  );

  test("a token's header moves without the token", async () => {
    const { platformId } = await platform.connections.create(
      http({ token: "geheim" }),
    );
    const config = { token_header: "X-Token", token_prefix: "" };
    const after = await platform.connections.update(
      key,
      http(undefined, config),
      { platformId },
    );
    expect(after.config).toMatchObject(config);
    expect(credentialsOf(platformId)).toMatchObject({
      headers: [{ name: "X-Token", value: "{{ patchbayToken }}" }],
      tokens: [{ name: "patchbayToken", value: "geheim" }],
    });
  });

  test("what somebody made in Datadog is shown as it is", async () => {
    const id = standin.add({
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
    expect(await platform.connections.tryFindByPlatformId!(id)).toMatchObject({
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
      platform.connections.create(http(secrets, config)),
    );
    expect(told(error)).toEqual([[code, path]]);
  });

  test("basic authentication is refused in words that say what there is instead", async () => {
    const error = await failureOf(
      platform.connections.create(http({ password: "geheim" }, { login: "x" })),
    );
    expect(error.message).toContain("tokens only");
    expect(error.message).toContain("secret_headers");
  });
});

describe("access", () => {
  const openAi = (access?: Connection["access"]) =>
    declared("datadog:OpenAI", {}, { api_token: "geheim" }, { access });

  test("is a restriction policy, whose removal restores the default", async () => {
    const { platformId } = await platform.connections.create(
      openAi({ view: ["org/1"], use: ["team/b", "user/a"], edit: [] }),
    );
    expect(standin.policyOf(platformId)).toEqual([
      { relation: "viewer", principals: ["org:1"] },
      { relation: "resolver", principals: ["team:b", "user:a"] },
    ]);
    const options = { platformId };
    await platform.connections.update(key, openAi(), options);
    expect(standin.policyOf(platformId)).toHaveLength(2);
    const after = await platform.connections.update(key, openAi({}), options);
    expect(standin.policyOf(platformId)).toBeUndefined();
    expect(after.access).toBeUndefined();
  });

  test("that Datadog refuses leaves no connection behind", async () => {
    standin.failNext({
      match: {
        method: "POST",
        pathTemplate: "/api/v2/restriction_policy/{resource_id}",
      },
      fault: { kind: "status", status: 403, when: "before" },
    });
    const creation = platform.connections.create(openAi({ edit: ["user/a"] }));
    expect(told(await failureOf(creation))).toEqual([["forbidden", ""]]);
    expect(standin.stored()).toEqual([]);
  });

  test("whose outcome is not known leaves no connection behind, and no doubt about it", async () => {
    standin.failNext({
      match: {
        method: "POST",
        pathTemplate: "/api/v2/restriction_policy/{resource_id}",
      },
      fault: { kind: "cut", when: "after" },
      times: 100,
    });
    const creation = platform.connections.create(openAi({ edit: ["user/a"] }));
    expect(told(await failureOf(creation))).toEqual([["platform_failure", ""]]);
    expect(standin.stored()).toEqual([]);
  });

  test("that is refused, with a connection that then cannot be deleted, is told with its UUID", async () => {
    standin.failNext({
      match: {
        method: "POST",
        pathTemplate: "/api/v2/restriction_policy/{resource_id}",
      },
      fault: { kind: "status", status: 403, when: "before" },
    });
    standin.failNext({
      match: { method: "DELETE" },
      fault: { kind: "status", status: 403, when: "before" },
    });
    const error = await failureOf(
      platform.connections.create(openAi({ edit: ["user/a"] })),
    );
    expect(error.has("outcome_unknown")).toBe(true);
    expect(error.message).toContain(standin.stored()[0]!.id);
  });
});

describe("names and ids", () => {
  test("a name finds nothing, and the UUID is asked for", async () => {
    const error = await failureOf(platform.connections.tryFind(key));
    expect(told(error)).toEqual([["unsupported", "id"]]);
    expect(error.message).toContain("terraform import ADDRESS UUID");
  });

  test("an id that is no UUID is refused before anything is sent", async () => {
    const error = await failureOf(
      platform.connections.tryFindByPlatformId!("organization/acme/warehouse"),
    );
    expect(told(error)).toEqual([["invalid_id", "id"]]);
    expect(standin.requests()).toEqual([]);
  });

  test("a UUID that there is not is not found", async () => {
    const id = "1d8a3b5c-0000-4000-8000-00000000ffff";
    expect(await platform.connections.tryFindByPlatformId!(id)).toBeUndefined();
  });

  test("an import needs the organization", async () => {
    const id = standin.add({ name: "x", integration: { type: "OpenAI" } });
    const client = createDatadogClient({ baseUrl: standin.url });
    const nobody = createDatadogAdapter({ client, organization: undefined });
    const error = await failureOf(nobody.connections.tryFindByPlatformId!(id));
    expect(told(error)).toEqual([["missing_argument", "organization"]]);
  });

  test("a name that no id can hold is an error, and not another connection", async () => {
    const { platformId } = await platform.connections.create(http());
    standin.change(platformId, { name: "a/b" });
    const error = await failureOf(
      platform.connections.tryFind(key, { platformId }),
    );
    expect(told(error)).toEqual([["invalid_name", "name"]]);
  });

  test("a create whose answer is lost is not repeated, and says what to look for", async () => {
    standin.failNext({
      match: { method: "POST" },
      fault: { kind: "cut", when: "after" },
    });
    const error = await failureOf(platform.connections.create(http()));
    expect(told(error)).toEqual([["outcome_unknown", ""]]);
    expect(error.message).toContain('called "warehouse"');
    expect(error.message).toContain("terraform import ADDRESS UUID");
    expect(error.message).not.toContain("the next plan shows");
    expect(standin.stored()).toHaveLength(1);
    expect(standin.requests({ method: "POST" })).toHaveLength(1);
  });
});

describe("credentials and refusals", () => {
  test("an application key that is not registered gets the way to register it", async () => {
    await standin.close();
    await start({ registered: false });
    const error = await failureOf(platform.connections.create(http()));
    expect(told(error)).toEqual([["forbidden", ""]]);
    expect(error.message).toContain("Actions API access");
    expect(error.message).toContain(new URL(standin.url).host);
  });

  test("a wrong key is refused with the names of the settings", async () => {
    const wrong = connect({ "dd-api-key": new Secret("geheim") });
    const error = await failureOf(wrong.connections.create(http()));
    expect(told(error)).toEqual([["forbidden", ""]]);
    expect(error.message).toContain("DD_API_KEY");
  });

  test("a bearer token is let in", async () => {
    const authorization = new Secret(`Bearer ${standin.bearerToken}`);
    const bearer = connect({ authorization });
    expect((await bearer.connections.create(http())).name).toBe("warehouse");
  });

  test("X-RateLimit-Reset is obeyed", async () => {
    standin.failNext({
      match: { method: "POST" },
      fault: { kind: "rate_limited", rateLimitReset: 7 },
    });
    await platform.connections.create(http());
    expect(waits).toEqual([7000]);
  });

  test("Datadog's words are passed on, unless they repeat a secret", async () => {
    // The stand-in quotes the whole token.
    const quoting = await failureOf(
      platform.connections.create(http({ tokens: { "a-b": 'geheim"1' } })),
    );
    expect(told(quoting)).toEqual([["invalid_configuration", ""]]);
    expect(quoting.message).toContain("repeats one of the secrets");
    const { platformId } = await platform.connections.create(http());
    standin.failNext({
      match: { method: "PATCH" },
      fault: { kind: "status", status: 409, when: "before" },
    });
    const plain = await failureOf(
      platform.connections.update(key, http(), { platformId }),
    );
    expect(told(plain)).toEqual([["conflict", ""]]);
    expect(plain.message).toContain("the call failed");
  });

  test.each([
    ["no data", {}],
    ["no id", { data: { attributes: {} } }],
    ["no integration", { data: { id: "x", attributes: { name: "x" } } }],
    ["a list", []],
    [
      "a name that is a number",
      {
        data: {
          id: "x",
          attributes: {
            name: 1,
            integration: { type: "AWS", credentials: { type: "x" } },
          },
        },
      },
    ],
  ])("an answer with %s is neither a crash nor gone", async (_title, body) => {
    const answering = createDatadogAdapter({
      client: createDatadogClient({
        baseUrl: "https://api.datadoghq.com",
        fetch: () => Promise.resolve(Response.json(body)),
      }),
      organization: "acme",
    });
    const platformId = "1d8a3b5c-0000-4000-8000-000000000001";
    const reading = answering.connections.tryFind(key, { platformId });
    expect(told(await failureOf(reading))).toEqual([["invalid_answer", ""]]);
    const creation = answering.connections.create(http());
    expect(told(await failureOf(creation))).toEqual([["outcome_unknown", ""]]);
  });
});

const testWithContract = contract === undefined ? test.skip : test;

testWithContract(
  "all of this is checked against Datadog's document",
  async () => {
    const checked = await startDatadogStandin({ contract });
    const headers = {
      "DD-API-KEY": checked.apiKey,
      "DD-APPLICATION-KEY": checked.applicationKey,
      "content-type": "application/json",
    };
    const attributes = {
      name: "x",
      integration: {
        type: "OpenAI",
        credentials: { type: "OpenAIAPIKey", api_key: "x" },
      },
    };
    await fetch(`${checked.url}/api/v2/actions/connections`, {
      method: "POST",
      headers,
      body: JSON.stringify({ data: { type: "action_connection", attributes } }),
    });
    expect(checked.violations()).not.toEqual([]);
    await expect(checked.close()).rejects.toThrow(/does not fit/);
  },
);
