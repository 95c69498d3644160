/**
 * Datadog's own client against the stand-in: what it sends is understood, and of
 * what is answered nothing is left over that it does not know. Imported by the
 * file, as loading all of its API takes several seconds.
 */
import {
  ApiException,
  BaseServerConfiguration,
  createConfiguration,
} from "@datadog/datadog-api-client/dist/packages/datadog-api-client-common";
import type { UnparsedObject } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-common/util";
import { ActionConnectionApi } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/ActionConnectionApi";
import { RestrictionPoliciesApi } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/RestrictionPoliciesApi";
import type { ActionConnectionIntegration } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/ActionConnectionIntegration";
import type { ActionConnectionIntegrationUpdate } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/ActionConnectionIntegrationUpdate";
import type { HTTPIntegration } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/HTTPIntegration";
import type { HTTPIntegrationUpdate } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/HTTPIntegrationUpdate";
import type { RestrictionPolicyBinding } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/RestrictionPolicyBinding";
import { callerPrincipals } from "./datadog-policy-routes";
import {
  type DatadogStandin,
  type DatadogStandinOptions,
  startDatadogStandin,
} from "./datadog-standin";
import { datadogContract } from "./datadog-under-test";

type Integration = Exclude<ActionConnectionIntegration, UnparsedObject>;
type Known<T> = Exclude<T, UnparsedObject>;
type CredentialsType = Known<Known<Integration["credentials"]>["type"]>;

interface Kind {
  readonly integration: Known<Integration["type"]>;
  readonly plain?: readonly string[];
  readonly secret?: readonly string[];
}

const token = { secret: ["apiToken"] };
const key = { secret: ["apiKey"] };

/** Every kind of credentials that the client knows, by its names; one that is missing does not compile. HTTP has tests of its own. */
const kinds: Readonly<Record<Exclude<CredentialsType, "HTTPTokenAuth">, Kind>> =
  {
    AWSAssumeRole: { integration: "AWS", plain: ["accountId", "role"] },
    AnthropicAPIKey: { integration: "Anthropic", ...token },
    AsanaAccessToken: { integration: "Asana", secret: ["accessToken"] },
    AzureTenant: {
      integration: "Azure",
      plain: ["appClientId", "tenantId", "customScopes"],
      secret: ["clientSecret"],
    },
    CircleCIAPIKey: { integration: "CircleCI", ...token },
    ClickupAPIKey: { integration: "Clickup", ...token },
    CloudflareAPIToken: { integration: "Cloudflare", ...token },
    CloudflareGlobalAPIToken: {
      integration: "Cloudflare",
      plain: ["authEmail"],
      secret: ["globalApiKey"],
    },
    ConfigCatSDKKey: {
      integration: "ConfigCat",
      plain: ["apiUsername"],
      secret: ["apiPassword", "sdkKey"],
    },
    DatadogAPIKey: {
      integration: "Datadog",
      plain: ["datacenter", "subdomain"],
      secret: ["apiKey", "appKey"],
    },
    FastlyAPIKey: { integration: "Fastly", ...key },
    FreshserviceAPIKey: {
      integration: "Freshservice",
      plain: ["domain"],
      ...key,
    },
    GCPServiceAccount: {
      integration: "GCP",
      plain: ["serviceAccountEmail"],
      secret: ["privateKey"],
    },
    GeminiAPIKey: { integration: "Gemini", ...key },
    GitlabAPIKey: { integration: "Gitlab", ...token },
    GreyNoiseAPIKey: { integration: "GreyNoise", ...key },
    LaunchDarklyAPIKey: { integration: "LaunchDarkly", ...token },
    NotionAPIKey: { integration: "Notion", ...token },
    OktaAPIToken: { integration: "Okta", plain: ["domain"], ...token },
    OpenAIAPIKey: { integration: "OpenAI", ...token },
    ServiceNowBasicAuth: {
      integration: "ServiceNow",
      plain: ["instance", "username"],
      secret: ["password"],
    },
    SplitAPIKey: { integration: "Split", ...key },
    StatsigAPIKey: { integration: "Statsig", ...key },
    VirusTotalAPIKey: { integration: "VirusTotal", ...key },
  };

let standin: DatadogStandin;
let connections: ActionConnectionApi;
let policies: RestrictionPoliciesApi;

afterEach(() => standin.close());

async function start(options: DatadogStandinOptions = {}): Promise<void> {
  standin = await startDatadogStandin({
    contract: datadogContract,
    ...options,
  });
  const configuration = createConfiguration({
    baseServer: new BaseServerConfiguration(standin.url, {}),
    authMethods: {
      apiKeyAuth: standin.apiKey,
      appKeyAuth: standin.applicationKey,
    },
  });
  connections = new ActionConnectionApi(configuration);
  policies = new RestrictionPoliciesApi(configuration);
}

const create = async (
  name: string,
  integration: ActionConnectionIntegration,
  tags?: string[],
) => {
  const attributes = { name, integration, tags };
  const answer = await connections.createActionConnection({
    body: { data: { type: "action_connection", attributes } },
  });
  expect(unknownIn(answer)).toEqual([]);
  return answer.data!;
};

const read = async (connectionId: string) => {
  const answer = await connections.getActionConnection({ connectionId });
  expect(unknownIn(answer)).toEqual([]);
  return answer.data!.attributes;
};

const update = async (
  connectionId: string,
  attributes: {
    readonly name?: string;
    readonly tags?: string[];
    readonly integration?: ActionConnectionIntegrationUpdate;
  },
) => {
  const answer = await connections.updateActionConnection({
    connectionId,
    body: { data: { type: "action_connection", attributes } },
  });
  expect(unknownIn(answer)).toEqual([]);
  return answer.data!.attributes;
};

describe("a connection with the credentials", () => {
  // As they are documented, so that nothing at all may be left over.
  beforeEach(() => start({ undocumentedFields: "none" }));

  test.each(Object.entries(kinds))(
    "%s is created, read, changed and deleted",
    async (type, { integration, plain = [], secret = [] }) => {
      const given = (round: number) => ({
        type,
        ...valuesOf(plain, `plain${round}`),
        ...valuesOf(secret, `secret${round}`),
      });
      const shown = (round: number) => ({
        type: integration,
        credentials: { ...given(round), ...valuesOf(secret, "") },
      });
      const made = await create("first", {
        type: integration,
        credentials: given(1),
      } as unknown as ActionConnectionIntegration);
      const id = made.id!;
      expect(made.attributes).toMatchObject({
        name: "first",
        integration: shown(1),
      });
      expect(await read(id)).toEqual(made.attributes);

      const changed = await update(id, {
        name: "second",
        tags: ["env:prod"],
        integration: {
          type: integration,
          credentials: given(2),
        } as unknown as ActionConnectionIntegrationUpdate,
      });
      expect(changed).toMatchObject({
        name: "second",
        tags: ["env:prod"],
        integration: shown(2),
      });
      expect(await read(id)).toEqual(changed);
      const [stored] = standin.stored();
      expect(Object.values(stored!.integration["credentials"]!)).toEqual(
        expect.arrayContaining(Object.values(given(2))),
      );

      await connections.deleteActionConnection({ connectionId: id });
      expect(standin.stored()).toEqual([]);
      expect(await refusalOf(read(id))).toEqual({
        code: 404,
        errors: [
          {
            title: "Generic Error",
            detail:
              "error getting connection: rpc error: code = NotFound desc = connection not found",
          },
        ],
      });
    },
  );

  const http: HTTPIntegration = {
    type: "HTTP",
    baseUrl: "https://api.example.com",
    credentials: {
      type: "HTTPTokenAuth",
      tokens: [
        { name: "first", type: "SECRET", value: "secret-one" },
        { name: "second", type: "SECRET", value: "secret-two" },
      ],
      headers: [{ name: "X-Token", value: "{{ first }}" }],
      urlParameters: [{ name: "format", value: "json" }],
      body: { contentType: "application/json", content: '{"a":1}' },
    },
  };
  const changedHeaders = [
    { name: "X-Token", value: "{{ third }}" },
    { name: "X-Other", value: "1" },
  ];
  const httpChanges: HTTPIntegrationUpdate = {
    type: "HTTP",
    credentials: {
      type: "HTTPTokenAuth",
      tokens: [
        { name: "second", type: "SECRET", value: "", deleted: true },
        { name: "third", type: "SECRET", value: "secret-three" },
      ],
      headers: changedHeaders,
      urlParameters: [{ name: "format", deleted: true }],
    },
  };

  test.each([
    ["none in answers", true, []],
    [
      "blanked in answers",
      false,
      [
        { name: "first", type: "SECRET", value: "" },
        { name: "third", type: "SECRET", value: "" },
      ],
    ],
  ])(
    "HTTPTokenAuth is created, read, changed item by item and deleted, with tokens that are %s",
    async (_title, omitTokens, tokens) => {
      await standin.close();
      await start({ omitTokens, undocumentedFields: "none" });
      const made = await create("http", http);
      const id = made.id!;
      expect(made.attributes.integration).toMatchObject({
        baseUrl: "https://api.example.com",
        credentials: {
          headers: [{ name: "X-Token", value: "{{ first }}" }],
          body: { contentType: "application/json", content: '{"a":1}' },
        },
      });
      expect(await read(id)).toEqual(made.attributes);
      const changed = await update(id, { integration: httpChanges });
      expect(await read(id)).toEqual(changed);
      const { credentials } = changed.integration as HTTPIntegration;
      expect(credentials).toMatchObject({
        headers: changedHeaders,
        urlParameters: [],
      });
      expect("tokens" in credentials ? (credentials.tokens ?? []) : []).toEqual(
        tokens,
      );
      expect(standin.stored()[0]!.integration["credentials"]).toMatchObject({
        tokens: [
          { name: "first", value: "secret-one" },
          { name: "third", value: "secret-three" },
        ],
      });
      await connections.deleteActionConnection({ connectionId: id });
      expect(standin.stored()).toEqual([]);
    },
  );
});

describe("a connection", () => {
  const aws = {
    type: "AWS",
    credentials: {
      type: "AWSAssumeRole",
      accountId: "123456789012",
      role: "reader",
    },
  } as const;

  test("is renamed without its integration, and its external id changes only when asked for", async () => {
    await start({ undocumentedFields: "none" });
    const made = await create("first", aws, ["env:prod"]);
    const id = made.id!;
    const externalId = (attributes: typeof made.attributes) =>
      (attributes.integration as { credentials: { externalId?: string } })
        .credentials.externalId;
    const renamed = await update(id, { name: "second" });
    expect(renamed).toEqual({ ...made.attributes, name: "second" });
    const rotated = await update(id, {
      integration: {
        type: "AWS",
        credentials: { type: "AWSAssumeRole", generateNewExternalId: true },
      },
    });
    expect(externalId(rotated)).toMatch(/^[0-9a-f]{32}$/);
    expect(externalId(rotated)).not.toBe(externalId(made.attributes));
  });

  const always = [
    "acting_user_can_resolve",
    "external_secrets_manager",
    "is_favorite",
  ];
  test.each([
    [
      "2026",
      {},
      always,
      [...always, "created_at", "last_updated", "relationships"].sort(),
    ],
    [
      "March 2025",
      { undocumentedFields: "null_creator" },
      ["relationships"],
      ["relationships"],
    ],
  ] as const)(
    "has the fields besides those of the document that were recorded in %s, and the client reads past them",
    async (_title, options, created, later) => {
      await start(options);
      const attributes = { name: "first", integration: aws };
      const data = { type: "action_connection", attributes } as const;
      const made = await connections.createActionConnection({ body: { data } });
      expect([...unknownIn(made)].sort()).toEqual(created);
      const connectionId = made.data!.id!;
      const updated = await connections.updateActionConnection({
        connectionId,
        body: { data },
      });
      expect([...unknownIn(updated)].sort()).toEqual(later);
      const found = await connections.getActionConnection({ connectionId });
      expect([...unknownIn(found)].sort()).toEqual(later);
    },
  );

  test("whose tags are kept sorted and folded shows other ones than it was given", async () => {
    await start({ normalizesTags: true, undocumentedFields: "none" });
    const { attributes } = await create("first", aws, [
      "Team:Platform",
      "env:prod",
      "a:b",
      "env:prod",
    ]);
    expect(attributes.tags).toEqual(["a:b", "env:prod", "team:platform"]);
  });

  test("by an id that is no UUID is refused", async () => {
    await start();
    const refused = connections.getActionConnection({
      connectionId: "bad-format",
    });
    expect(await refusalOf(refused)).toEqual({
      code: 400,
      errors: [
        {
          title: "Generic Error",
          detail: "error connectionId not a valid UUID",
        },
      ],
    });
  });
});

describe("a registration of an application key", () => {
  const appKeyId = "57cc69ae-9214-4ecc-8df8-43ecc1d92d99";
  beforeEach(() => start());

  test("is made, read, listed page by page and taken back", async () => {
    const made = await connections.registerAppKey({ appKeyId });
    expect(made.data).toMatchObject({
      id: appKeyId,
      type: "app_key_registration",
    });
    expect(await connections.getAppKeyRegistration({ appKeyId })).toEqual(made);
    const all = await connections.listAppKeyRegistrations();
    const pages = await Promise.all(
      [0, 1, 2].map((pageNumber) =>
        connections.listAppKeyRegistrations({ pageSize: 1, pageNumber }),
      ),
    );
    expect(pages.flatMap(({ data }) => data)).toEqual(all.data);
    expect(all.meta).toMatchObject({ total: 2, totalFiltered: 2 });
    expect([made, all, ...pages].flatMap(unknownIn)).toEqual([]);
    await connections.unregisterAppKey({ appKeyId });
    const after = await connections.listAppKeyRegistrations();
    expect(after.data!.map(({ id }) => id)).toEqual([standin.applicationKeyId]);
  });

  const calls = {
    registerAppKey: (id: string) =>
      connections.registerAppKey({ appKeyId: id }),
    getAppKeyRegistration: (id: string) =>
      connections.getAppKeyRegistration({ appKeyId: id }),
    unregisterAppKey: (id: string) =>
      connections.unregisterAppKey({ appKeyId: id }),
  };

  test.each(Object.entries(calls))(
    "by %s with an id that is no UUID is refused as recorded",
    async (_name, call) => {
      expect(await refusalOf(call("not_valid_app_key_id"))).toEqual({
        code: 400,
        errors: [
          {
            status: "400",
            title: "Invalid Parameter",
            detail:
              'invalid parameter "appKeyId" in "path"; expected type "uuid"',
          },
        ],
      });
    },
  );

  test.each(["getAppKeyRegistration", "unregisterAppKey"] as const)(
    "that is not there is a 404 with nothing but words to %s",
    async (name) => {
      expect(await refusalOf(calls[name](appKeyId))).toEqual({
        code: 404,
        errors: [{ detail: "app key not found" }],
      });
    },
  );
});

describe("a restriction policy", () => {
  const resourceId = "connection:1d8a3b5c-0000-4000-8000-000000000001";
  const bindings = (editor: string): RestrictionPolicyBinding[] => [
    { relation: "editor", principals: [editor] },
    { relation: "resolver", principals: ["team:another"] },
  ];
  const put = (given: RestrictionPolicyBinding[], allowSelfLockout?: boolean) =>
    policies.updateRestrictionPolicy({
      resourceId,
      allowSelfLockout,
      body: {
        data: {
          type: "restriction_policy",
          id: resourceId,
          attributes: { bindings: given },
        },
      },
    });
  const get = () => policies.getRestrictionPolicy({ resourceId });
  beforeEach(() => start());

  test("is empty at first, replaced as a whole, and deleted", async () => {
    expect((await get()).data.attributes.bindings).toEqual([]);
    const own = bindings(callerPrincipals.user);
    const made = await put(own);
    expect(made.data.attributes.bindings).toEqual(own);
    expect(await get()).toEqual(made);
    const replaced = await put(own.slice(0, 1));
    expect(replaced.data.attributes.bindings).toHaveLength(1);
    expect([made, replaced].flatMap(unknownIn)).toEqual([]);
    await policies.deleteRestrictionPolicy({ resourceId });
    expect((await get()).data.attributes.bindings).toEqual([]);
  });

  test.each([
    ["lets only others edit", bindings("team:another")],
    ["lets nobody edit", bindings("team:another").slice(1)],
  ])(
    "that %s is refused, unless the caller means it",
    async (_title, given) => {
      expect(await refusalOf(put(given))).toEqual({
        code: 400,
        errors: [expect.stringContaining("allow_self_lockout")],
      });
      expect(await refusalOf(put(given, false))).toMatchObject({ code: 400 });
      expect((await get()).data.attributes.bindings).toEqual([]);
      const taken = await put(given, true);
      expect(taken.data.attributes.bindings).toEqual(given);
    },
  );

  test.each(Object.values(callerPrincipals))(
    "under which %s edits does not shut out the caller",
    async (principal) => {
      await put(bindings(principal));
    },
  );

  test("of something that is no resource is refused", async () => {
    const refused = policies.getRestrictionPolicy({ resourceId: "malformed" });
    expect(await refusalOf(refused)).toEqual({
      code: 400,
      errors: ["Invalid resource: 'malformed' is not in a valid format"],
    });
  });
});

function valuesOf(
  fields: readonly string[],
  value: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.map((field) => [
      field,
      field === "accountId"
        ? value.replace(/\D/g, "").padStart(12, "4")
        : value && `${field}-${value}`,
    ]),
  );
}

/** What the client was answered and has no name for: fields, and "_unparsed" for what it could not read at all. */
function unknownIn(answer: unknown): readonly string[] {
  if (typeof answer !== "object" || answer === null) return [];
  if ("_data" in answer || "_unparsed" in answer) return ["_unparsed"];
  return Object.entries(answer).flatMap(([name, value]) =>
    name === "additionalProperties"
      ? Object.keys(value as object)
      : unknownIn(value),
  );
}

/** Status and errors of a call that is refused. */
async function refusalOf(call: Promise<unknown>) {
  const thrown: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof ApiException)) throw thrown;
  const { code, body } = thrown as ApiException<{
    readonly errors: readonly unknown[];
  }>;
  expect(unknownIn(body)).toEqual([]);
  return {
    code,
    // Members that are not there are undefined there.
    errors: JSON.parse(JSON.stringify(body.errors)) as unknown,
  };
}
