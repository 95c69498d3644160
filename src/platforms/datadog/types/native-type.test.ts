import { Secret } from "../../../diagnostics";
import type { Connection, JsonObject } from "../../../model";
import {
  DatadogUnderTest,
  declared,
  failureOf,
  key,
  told,
} from "../../../../test/standins/datadog";
import { integrations } from "./integrations";

let datadog: DatadogUnderTest;
beforeEach(async () => {
  datadog = await DatadogUnderTest.start();
});
afterEach(() => datadog.close());

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
      const created = await datadog.platform.connections.create(connection);
      expect(created).toMatchObject({ type: `datadog:${type}`, ...key });
      expect({ ...created.config }).toEqual(config);
      const { platformId } = created;
      expect(datadog.credentialsOf(platformId)).toMatchObject(secrets);

      const renamed = { ...connection, name: "lake", secrets: undefined };
      const after = await datadog.platform.connections.update(key, renamed, {
        platformId,
      });
      expect(after).toMatchObject({ name: "lake", platformId });
      expect(datadog.credentialsOf(platformId)).toMatchObject(secrets);

      const imported =
        await datadog.platform.connections.tryFindByPlatformId!(platformId);
      expect(imported).toEqual(after);
      expect(JSON.stringify(imported)).not.toContain("geheim");
    },
  );

  test("what Datadog gives an AWS connection is told, and is not part of the config", async () => {
    const config = { account_id: "123456789012", role: "loader" };
    const created = await datadog.platform.connections.create(
      declared("datadog:AWS", config),
    );
    expect({ ...created.config }).toEqual(config);
    expect(created.statusMessage).toMatch(
      /^From Datadog: external_id [0-9a-f]{32}, principal_id 464622532012$/,
    );
  });

  test.each<JsonObject>([
    { account_id: "Pl4nted" },
    { tags: ["Pl4nted"] },
    { tags: ["default:Pl4nted"] },
    { tags: ["Pl4nted:a", "Pl4nted:A"] },
  ])("what stands in a field is not quoted: %j", (fields) => {
    const faults = datadog.platform.connections.check!(
      declared("datadog:AWS", {
        account_id: "123456789012",
        role: "x",
        ...fields,
      }),
    );
    expect(faults).not.toEqual([]);
    expect(JSON.stringify(faults)).not.toContain("Pl4nted");
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
      "an empty secret and an empty field",
      declared("datadog:Okta", { domain: "" }, { api_token: "" }),
      [
        ["invalid_field", "config.domain"],
        ["invalid_field", "secrets.api_token"],
      ],
    ],
    [
      "secrets where there are none",
      declared(
        "datadog:AWS",
        { account_id: "123456789012", role: "x" },
        { api_key: "geheim" },
      ),
      [["unknown_field", "secrets.api_key"]],
    ],
    [
      "faults of every part",
      declared(
        "datadog:OpenAI",
        { model: "x", tags: ["env"] },
        {},
        { access: { view: ["team/x"] } },
      ),
      [
        ["invalid_field", "config.tags.0"],
        ["unknown_field", "config.model"],
        ["missing_field", "secrets.api_token"],
        ["invalid_field", "access.view"],
      ],
    ],
  ])(
    "%s are refused before anything is sent, and while planning",
    async (_title, connection, faults) => {
      const { connections } = datadog.platform;
      const error = await failureOf(connections.create(connection));
      expect(told(error)).toEqual(faults);
      // As a plan asks, where no secret will be there.
      const { secrets = new Secret({}) } = connection;
      const planned = connections.check!({ ...connection, secrets }).filter(
        ({ severity }) => severity === "error",
      );
      expect(planned).toEqual(error.diagnostics);
      expect(datadog.standin.requests()).toEqual([]);
    },
  );

  test("secrets that are not declared are not missed while planning: they may be there already", () => {
    const { check } = datadog.platform.connections;
    expect(check!(declared("datadog:OpenAI", {}))).toEqual([]);
    expect(
      check!(declared("datadog:ConfigCat", { api_username: "x" })),
    ).toEqual([]);
  });

  test("an update is refused with the same faults before anything is sent", async () => {
    const wrong = declared("datadog:Okta", { domian: "x" });
    const platformId = "1d8a3b5c-0000-4000-8000-000000000001";
    const error = await failureOf(
      datadog.platform.connections.update(key, wrong, { platformId }),
    );
    expect(error.diagnostics).toEqual(
      datadog.platform.connections.check!(wrong),
    );
    expect(datadog.standin.requests()).toEqual([]);
  });

  test("an optional field is changed in place", async () => {
    const azure = { app_client_id: "a", tenant_id: "b" };
    const { platformId } = await datadog.platform.connections.create(
      declared("datadog:Azure", azure, { client_secret: "geheim" }),
    );
    for (const custom_scopes of ["c", "d"]) {
      const config = { ...azure, custom_scopes };
      const after = await datadog.platform.connections.update(
        key,
        declared("datadog:Azure", config),
        { platformId },
      );
      expect({ ...after.config }).toEqual(config);
    }
    expect(datadog.credentialsOf(platformId)).toMatchObject({
      client_secret: "geheim",
    });
  });

  test("what was probably meant is said", async () => {
    for (const [connection, meant] of [
      [declared("datadog:Okta", { domian: "x" }), "domain"],
      [declared("datadog:Openai", {}), "OpenAI"],
      [declared("datadog:Gemini", {}, { apikey: "geheim" }), "api_key"],
    ] as const) {
      const error = await failureOf(
        datadog.platform.connections.create(connection),
      );
      expect(error.message).toContain(`Did you mean "${meant}"?`);
    }
  });

  test("another kind of credentials, an optional field that goes, and secrets that go need another connection", async () => {
    const azure = { app_client_id: "a", tenant_id: "b", custom_scopes: "c" };
    const { platformId } = await datadog.platform.connections.create(
      declared("datadog:Azure", azure, { client_secret: "geheim" }),
    );
    const { custom_scopes: _, ...without } = azure;
    const update = (connection: Connection) =>
      failureOf(
        datadog.platform.connections.update(key, connection, { platformId }),
      );
    expect(told(await update(declared("datadog:Azure", without)))).toEqual([
      ["unsupported", "config.custom_scopes"],
    ]);
    expect(told(await update(declared("datadog:Azure", azure, {})))).toEqual([
      ["missing_field", "secrets.client_secret"],
    ]);
    expect(
      told(
        await update(declared("datadog:OpenAI", {}, { api_token: "geheim" })),
      ),
    ).toEqual([["unsupported", "type"]]);

    const token = { credentials_type: "CloudflareAPIToken" };
    const cloudflare = await datadog.platform.connections.create(
      declared("datadog:Cloudflare", token, { api_token: "geheim" }),
    );
    const global = {
      credentials_type: "CloudflareGlobalAPIToken",
      auth_email: "a@example.com",
    };
    const error = await failureOf(
      datadog.platform.connections.update(
        key,
        declared("datadog:Cloudflare", global, { global_api_key: "geheim" }),
        { platformId: cloudflare.platformId },
      ),
    );
    expect(told(error)).toEqual([["unsupported", "config.credentials_type"]]);
    expect(datadog.standin.requests({ method: "PATCH" })).toEqual([]);
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
  ])(
    "%s is shown by its kind alone, and not changed",
    async (_title, integration) => {
      await datadog.close();
      // Undocumented on purpose.
      datadog = await DatadogUnderTest.start({ contract: undefined });
      const id = datadog.standin.add({ name: "warehouse", integration });
      const { connections, rules } = datadog.platform;
      const { type } = integration;
      for (const reading of [
        connections.tryFindByPlatformId!(id),
        connections.tryFind(key, { platformId: id }),
      ])
        expect(await reading).toMatchObject({
          type: `datadog:${type}`,
          config: { credentials_type: integration.credentials.type },
        });
      const wanted =
        type === "HTTP"
          ? declared("http", { base_url: "https://x" })
          : declared(`datadog:${type}`, {}, { api_token: "geheim" });
      // So a plan replaces HTTP, and says of the others what is wrong with them.
      if (type === "HTTP")
        expect(
          rules!.storedType!("datadog:HTTP", {
            credentials_type: integration.credentials.type,
          }),
        ).not.toBe(rules!.storedType!("http", {}));
      await failureOf(connections.update(key, wanted, { platformId: id }));
      expect(datadog.standin.requests({ method: "PATCH" })).toEqual([]);
    },
  );
});
