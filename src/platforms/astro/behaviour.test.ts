import { PatchbayError, Secret } from "../../diagnostics";
import type { Connection, JsonObject, Link, Platform } from "../../model";
import {
  type AstroStandin,
  idOf,
  openAt,
  openWithStandin,
} from "../../../test/standins/astro";

/** What is particular to Astro; what all platforms do is in the conformance suite. */

const owner = { kind: "workspace", name: "analytics" } as const;
const key = { owner, name: "warehouse" };
const warehouse: Connection = {
  ...key,
  type: "postgresql",
  config: { host: "db.example.com", login: "loader", database: "app" },
  secrets: new Secret({ password: "geheim" }),
};
const OBJECTS = "/v1/organizations/{organizationId}/environment-objects";
const OBJECT = `${OBJECTS}/{environmentObjectId}`;

let platform: Platform;
let standin: AstroStandin;
beforeEach(async () => {
  ({ platform, standin } = await openWithStandin({ moreDeployments: 60 }));
});
afterEach(() => platform.close());

const linkTo = (deployment: string, overrides = {}): Link => ({
  connection: key,
  deployment,
  overrides,
});
const names = Array.from({ length: 50 }, (_, index) => `d${index}`);
const updates = () =>
  standin.requests({ method: "POST", pathTemplate: OBJECT });
const stored = () => standin.world.objects[0]!;

async function failureOf(promise: Promise<unknown>): Promise<PatchbayError> {
  const thrown: unknown = await promise.catch((error: unknown) => error);
  if (thrown instanceof PatchbayError) return thrown;
  throw new Error("it was not refused");
}

test.each(["team/warehouse", "x".repeat(250)])(
  "a name that Airflow takes is taken: %s",
  async (name) => {
    const created = await platform.connections.create({ ...warehouse, name });
    expect(created).toMatchObject({ name });
    expect(await platform.connections.tryFind({ owner, name })).toMatchObject({
      name,
    });
    await platform.links!.create({
      connection: { owner, name },
      deployment: "d0",
      overrides: {},
    });
    expect(await platform.links!.list(owner)).toMatchObject([
      { connection: { name }, deployment: "d0" },
    ]);
  },
);

describe("links of one connection", () => {
  beforeEach(async () => {
    await platform.connections.create(warehouse);
    standin.clearRequests();
  });

  test("to 50 deployments take at most 3 updates, and as many to take away", async () => {
    const links = await Promise.all(
      names.map((name) =>
        platform.links!.create(linkTo(name, { schema: name })),
      ),
    );
    expect(links.map(({ deployment }) => deployment)).toEqual(names);
    expect(updates().length).toBeLessThanOrEqual(3);
    expect(await platform.links!.list(owner)).toHaveLength(50);
    standin.clearRequests();
    await Promise.all(
      names.map((name) => platform.links!.delete(linkTo(name))),
    );
    expect(updates().length).toBeLessThanOrEqual(3);
    expect(stored().links).toEqual([]);
  });

  test("that come in waves of ten, as from Terraform by default, take one update a wave", async () => {
    const { links } = openAt(standin.url, { speed: 4 });
    const waiting = [...names];
    const worker = async () => {
      for (let name = waiting.shift(); name; name = waiting.shift())
        await links!.create(linkTo(name));
    };
    await Promise.all(Array.from({ length: 10 }, worker));
    expect(stored().links).toHaveLength(50);
    expect(updates().length).toBeLessThanOrEqual(5 + 1);
  });

  test("are made again when somebody who had read before writes after", async () => {
    const { world } = standin;
    // Another run's update, made from what it had read before our link was there.
    standin.onNext({
      match: { method: "POST", pathTemplate: OBJECT },
      when: "after",
      run: () => {
        const stale = [{ deploymentId: idOf("d", 2), overrides: {} }];
        world.objects = world.objects.map((object) => ({
          ...object,
          links: stale,
        }));
      },
    });
    await platform.links!.create({
      ...linkTo("prod", { schema: "PROD" }),
      overrideSecrets: new Secret({ password: "another" }),
    });
    const prod = stored().links.find(
      ({ deploymentId }) => deploymentId === idOf("d", 1),
    );
    expect(prod?.overrides).toMatchObject({ password: "another" });
    expect(stored().links).toHaveLength(2);
  });

  test("of two runs at once are all kept", async () => {
    const other = openAt(standin.url);
    await Promise.all([
      ...names.slice(0, 10).map((name) => platform.links!.create(linkTo(name))),
      ...names.slice(10, 20).map((name) => other.links!.create(linkTo(name))),
    ]);
    expect(stored().links).toHaveLength(20);
  });

  test("are not lost when the connection changes", async () => {
    await platform.links!.create(linkTo("prod", { schema: "PROD" }));
    await platform.connections.update(key, {
      ...warehouse,
      secrets: undefined,
      config: { ...warehouse.config, database: "other" },
    });
    expect(stored().links).toHaveLength(1);
    expect(stored().connection).toMatchObject({
      schema: "other",
      password: "geheim",
    });
  });

  test("fail one by one: a bad one does not take the others with it", async () => {
    await platform.links!.list(owner);
    const gone = standin.world.deployments.find(({ name }) => name === "d3");
    await platform.links!.create(linkTo("d40"));
    standin.world.deployments = standin.world.deployments.filter(
      (deployment) => deployment !== gone,
    );
    const outcomes = await Promise.allSettled(
      names.slice(0, 8).map((name) => platform.links!.create(linkTo(name))),
    );
    expect(
      outcomes.flatMap(({ status }, index) =>
        status === "rejected" ? [names[index]] : [],
      ),
    ).toEqual(["d3"]);
    expect(stored().links).toHaveLength(8);
  });

  test("to an id that is none are refused before anything is sent", async () => {
    const error = await failureOf(platform.links!.create(linkTo(idOf("x", 9))));
    expect(error.has("not_found")).toBe(true);
    expect(updates()).toEqual([]);
  });

  test("may name the deployment by its id", async () => {
    const link = linkTo(idOf("d", 1), { schema: "PROD" });
    const created = await platform.links!.create(link);
    expect(created.deployment).toBe(link.deployment);
    expect(await platform.links!.tryFind(link)).toEqual(created);
    await platform.links!.delete(link);
    expect(stored().links).toEqual([]);
  });

  test("are refused to a deployment that auto-link leaves out, and the other way round", async () => {
    const excepting = { ...warehouse, autoLinkExcept: ["prod"] };
    await platform.connections.update(key, excepting);
    const error = await failureOf(platform.links!.create(linkTo("prod")));
    expect(error.has("conflicting_arguments")).toBe(true);
    await platform.connections.update(key, warehouse);
    await platform.links!.create(linkTo("prod"));
    const second = await failureOf(platform.connections.update(key, excepting));
    expect(second.has("conflicting_arguments")).toBe(true);
  });

  test("clear an override with unsetFields, and say what type they are of", async () => {
    await platform.links!.create(
      linkTo("prod", { schema: "PROD", database: "other" }),
    );
    standin.clearRequests();
    await platform.links!.update(linkTo("prod", { database: "other" }));
    expect(updates()[0]?.body).toMatchObject({
      connection: { type: "postgres" },
      autoLinkDeployments: false,
      excludeLinks: [],
      links: [
        {
          overrides: {
            connection: { schema: "other" },
            unsetFields: ["extra.options"],
          },
        },
      ],
    });
  });
});

test("planning 1,000 connections takes at most 12 calls", async () => {
  const { world } = standin;
  await platform.connections.create(warehouse);
  const [first] = world.objects;
  world.objects = Array.from({ length: 1000 }, (_, index) => ({
    ...first!,
    id: idOf("e", 1000 + index),
    objectKey: `c${index}`,
  }));
  const fresh = openAt(standin.url);
  standin.clearRequests();
  await fresh.connections.tryFind({ owner, name: "c0" });
  expect(await fresh.connections.list!(owner)).toHaveLength(1000);
  expect(await fresh.links!.list(owner)).toEqual([]);
  expect(standin.requests().length).toBeLessThanOrEqual(12);
});

test("a listing that shrinks while it is read is read again", async () => {
  await platform.connections.create(warehouse);
  const [first] = standin.world.objects;
  standin.world.objects = Array.from({ length: 300 }, (_, index) => ({
    ...first!,
    id: idOf("e", 1000 + index),
    objectKey: `c${index}`,
  }));
  standin.onNext({
    match: { method: "GET", pathTemplate: OBJECTS },
    when: "after",
    run: () => {
      standin.world.objects = standin.world.objects.slice(1);
    },
  });
  expect(await platform.connections.list!(owner)).toHaveLength(299);
});

test("a secret that was removed elsewhere is missed", async () => {
  await platform.connections.create(warehouse);
  standin.world.objects = standin.world.objects.map((object) => ({
    ...object,
    connection: { type: "postgres", host: "db.example.com", login: "loader" },
  }));
  expect((await platform.connections.tryFind(key))?.secretFields).toEqual([]);
});

test("a connection of a deployment is its own affair", async () => {
  const own = {
    ...warehouse,
    owner: { kind: "deployment", name: "prod" },
  } as const;
  await platform.connections.create(own);
  expect(await platform.usage!.find(own)).toEqual({
    workspaces: [],
    deployments: [
      { deployment: "prod", workspace: "analytics", through: "owner" },
    ],
  });
  expect(await platform.connections.list!(owner)).toEqual([]);
  const link = { connection: own, deployment: "staging", overrides: {} };
  expect(
    (await failureOf(platform.links!.create(link))).has("unsupported"),
  ).toBe(true);
  const linked = platform.connections.update(own, { ...own, autoLink: true });
  expect((await failureOf(linked)).has("unsupported")).toBe(true);
});

test("only what Airflow does otherwise is written out, and stays the same when written again", async () => {
  const search: Connection = {
    ...key,
    type: "elasticsearch",
    config: { host: "search.example.com" },
    secrets: new Secret({ api_key: "geheim" }),
  };
  await platform.connections.create(search);
  const asDeclared = {
    type: "elasticsearch",
    host: "search.example.com",
    port: 9200,
    schema: "https",
    extra: { api_key: "geheim", request_timeout: 10 },
  };
  expect(stored().connection).toEqual(asDeclared);
  await platform.connections.update(key, {
    ...search,
    config: { ...search.config, scheme: "https", verify_tls: true },
    secrets: undefined,
  });
  expect(stored().connection).toEqual({
    ...asDeclared,
    extra: { ...asDeclared.extra, verify_certs: true },
  });
  expect(updates()).toHaveLength(1);
});

test("a connection of somebody else is shown as Airflow takes it, and written as it is declared", async () => {
  standin.add({
    objectKey: key.name,
    scopeEntityId: standin.world.workspaces[0]!.id,
    connection: { type: "elasticsearch", host: "search.example.com" },
  });
  expect((await platform.connections.tryFind(key))?.config).toMatchObject({
    scheme: "http",
  });
  const config = { host: "search.example.com" };
  await platform.connections.update(key, {
    ...key,
    type: "elasticsearch",
    config,
  });
  expect(stored().connection).toMatchObject({ schema: "https", port: 9200 });
});

test("a token that a deployment has of its own gets the connection's prefix", async () => {
  await platform.connections.create({
    ...key,
    type: "http",
    config: { base_url: "https://example.com", token_prefix: "Token" },
    secrets: new Secret({ token: "geheim" }),
  });
  const link = await platform.links!.create({
    ...linkTo("prod"),
    overrideSecrets: new Secret({ token: "anders" }),
  });
  expect(link).toMatchObject({
    overrides: {},
    overrideSecretFields: ["token"],
  });
  expect(stored().links[0]?.overrides).toEqual({
    extra: { Authorization: "Token anders" },
  });
});

test("a secret that would be taken for another one is refused before anything is sent", async () => {
  await platform.connections.create({
    ...key,
    type: "snowflake",
    config: { account: "a", login: "l" },
    secrets: new Secret({ private_key: "geheim" }),
  });
  const link = (secrets: JsonObject): Link => ({
    ...linkTo("prod"),
    overrideSecrets: new Secret(secrets),
  });
  const error = await failureOf(
    platform.links!.create(link({ password: "anders" })),
  );
  expect(error.diagnostics[0]).toMatchObject({
    path: ["override_secrets", "password"],
    detail: expect.stringContaining("private_key_passphrase") as string,
  });
  expect(updates()).toEqual([]);
  const changed = await platform.links!.create(
    link({ private_key: null, password: "anders" }),
  );
  expect(changed.overrideSecretFields).toEqual(["password"]);
});

test("more overrides than one update may clear are cleared by several", async () => {
  const extra = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [`key${index}`, index]),
  );
  const airbyte = { ...key, type: "astro:airbyte", config: { host: "h" } };
  await platform.connections.create(airbyte);
  await platform.links!.create(linkTo("prod", { extra }));
  standin.clearRequests();
  await platform.links!.update(linkTo("prod"));
  expect(stored().links[0]?.overrides).toEqual({});
  expect(updates()).toHaveLength(2);
});

test.each<[what: string, change: Partial<Connection>, code: string]>([
  ["a name that Airflow would not take", { name: "a b" }, "invalid_name"],
  ["a long description", { description: "x".repeat(501) }, "invalid_field"],
  [
    "an owner that is not there",
    { owner: { kind: "workspace", name: "nowhere" } },
    "not_found",
  ],
  [
    "an exception that is not there",
    { autoLink: true, autoLinkExcept: ["nowhere"] },
    "not_found",
  ],
  [
    "a field that Airflow has not",
    { config: { ...warehouse.config, ssl_root_certificate: "geheim" } },
    "unsupported",
  ],
  [
    "an owner of another kind",
    { owner: { kind: "organization", name: "acme" } },
    "unsupported",
  ],
  [
    "an exception by id",
    { autoLink: true, autoLinkExcept: [idOf("d", 1)] },
    "invalid_field",
  ],
])("%s is refused before anything is sent", async (_what, change, code) => {
  const error = await failureOf(
    platform.connections.create({ ...warehouse, ...change }),
  );
  expect(error.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([
    code,
  ]);
  expect(standin.requests({ method: "POST" })).toEqual([]);
  expect(error.message).not.toContain("geheim");
});

test("what Astro merges instead of replacing is told, not passed over", async () => {
  await platform.close();
  ({ platform, standin } = await openWithStandin({
    behaviour: { updatedExtra: "merged" },
  }));
  const declared = {
    ...warehouse,
    config: { ...warehouse.config, schema: "public" },
  };
  await platform.connections.create(declared);
  const error = await failureOf(platform.connections.update(key, warehouse));
  expect(error.has("platform_failure")).toBe(true);
  expect(error.message).toContain("schema");
});

test("an update that takes the last keys of extra away leaves none of them", async () => {
  await platform.connections.create({
    ...warehouse,
    config: {
      ...warehouse.config,
      ssl_mode: "require",
      parameters: { application_name: "etl" },
    },
  });
  await platform.connections.update(key, warehouse);
  expect(stored().connection["extra"]).toEqual({});
});

test("a key that somebody added to extra does not bring the secrets beside it to light", async () => {
  await platform.connections.create({
    ...key,
    type: "snowflake",
    config: { account: "a", login: "l" },
    secrets: new Secret({ private_key: "geheim" }),
  });
  standin.world.objects = standin.world.objects.map((object) => ({
    ...object,
    connection: {
      ...object.connection,
      extra: { ...(object.connection["extra"] as JsonObject), ocsp: [1] },
    },
  }));
  const found = await platform.connections.tryFind(key);
  expect(found).toMatchObject({
    type: "snowflake",
    config: { extra: { ocsp: [1] } },
    secretFields: ["private_key"],
  });
  expect(JSON.stringify(found)).not.toContain("geheim");
});

test("one secret takes the place of another in a deployment, in any order", async () => {
  await platform.connections.create({
    ...key,
    type: "snowflake",
    config: { account: "a", login: "l" },
    secrets: new Secret({ password: "p" }),
  });
  const link = await platform.links!.create({
    ...linkTo("prod"),
    overrideSecrets: new Secret({
      private_key_passphrase: "other",
      private_key: "k",
      password: null,
    }),
  });
  expect(link.overrideSecretFields).toEqual([
    "private_key",
    "private_key_passphrase",
  ]);
  expect(stored().links[0]?.overrides).toMatchObject({ password: "other" });
});

describe("what Airflow's extra holds beside what is declared", () => {
  const withExtra = (extra: JsonObject, fields: JsonObject = {}) => {
    standin.world.objects = standin.world.objects.map((object) => ({
      ...object,
      connection: {
        ...object.connection,
        ...fields,
        extra: { ...(object.connection["extra"] as JsonObject), ...extra },
      },
    }));
  };
  const http = {
    ...key,
    type: "http",
    config: { base_url: "https://api.example.com" },
  };
  const known = { type: "http", config: http.config, secretFields: [] };
  const shown = async () => {
    const found = await platform.connections.tryFind(key);
    return platform.rules!.shown!(found!.stored!, known);
  };

  test("a stray key and a stray field are shown under extra of the declared type, and an update takes them away", async () => {
    await platform.connections.create(http);
    withExtra({ timeout: 30, retry: { times: 3 } }, { schema: "stray" });
    expect(JSON.parse(JSON.stringify(await shown()))).toEqual({
      type: "http",
      config: {
        base_url: "https://api.example.com",
        extra: {
          timeout: 30,
          retry: { times: 3 },
          "connection.schema": "stray",
        },
      },
      secretFields: [],
    });
    await platform.connections.update(key, http, { known });
    expect((await shown()).config).toEqual(http.config);
    expect(stored().connection).not.toHaveProperty("schema");
  });

  test("what a value is it stays, whatever else is changed", async () => {
    const config = { ...http.config, extra: { timeout: 30, trust_env: false } };
    await platform.connections.create({ ...http, config });
    await platform.connections.update(
      key,
      { ...http, config, description: "changed" },
      { known: { ...known, config } },
    );
    expect(stored().connection["extra"]).toMatchObject({
      timeout: 30,
      trust_env: false,
    });
  });

  test("of generic, nothing but what was declared is stored", async () => {
    await platform.connections.create({
      ...key,
      type: "generic",
      config: { conn_type: "mongo", extra: { connectTimeoutMS: 30 } },
      secrets: new Secret({ secret_extra: { tlsPassword: "geheim" } }),
    });
    expect(stored().connection["extra"]).toEqual({
      connectTimeoutMS: 30,
      tlsPassword: "geheim",
    });
  });

  test("a secret of extra that is kept is not lost by a change of something else", async () => {
    await platform.connections.create({
      ...http,
      secrets: new Secret({ secret_extra: { "X-Api-Key": "geheim" } }),
    });
    const config = { ...http.config, extra: { timeout: 30 } };
    await platform.connections.update(
      key,
      { ...http, config },
      { known: { ...known, secretFields: ["secret_extra.X-Api-Key"] } },
    );
    expect(stored().connection["extra"]).toMatchObject({
      "X-Api-Key": "geheim",
      timeout: 30,
    });
  });

  test("a key of extra that Astro hides and nobody declares stays, and a change that would lose it is refused (secret_would_be_lost)", async () => {
    await platform.connections.create(http);
    withExtra({ "X-Made-Elsewhere": "geheim" });
    Object.assign(standin.behaviour, { extra: "hidden" });
    const { stored: there, secretFields } =
      (await platform.connections.tryFind(key))!;
    expect(secretFields).toEqual(["secret_extra.X-Made-Elsewhere"]);
    await platform.connections.update(
      key,
      { ...http, description: "changed" },
      { known },
    );
    expect(stored().connection["extra"]).toEqual({
      "X-Made-Elsewhere": "geheim",
    });
    const changed = {
      ...http,
      config: { ...http.config, headers: { Accept: "text/plain" } },
    };
    const refused = [["secret_would_be_lost", "X-Made-Elsewhere"]];
    const told = (faults: readonly { code: string; detail: string }[]) =>
      faults.map(({ code, detail }) => [
        code,
        /X-Made-Elsewhere/.exec(detail)?.[0],
      ]);
    expect(told(platform.rules!.checkUpdate!(changed, there!, known))).toEqual(
      refused,
    );
    const error: unknown = await platform.connections
      .update(key, changed, { known })
      .catch((thrown: unknown) => thrown);
    expect(told((error as PatchbayError).diagnostics)).toEqual(refused);
    expect(stored().connection["extra"]).toEqual({
      "X-Made-Elsewhere": "geheim",
    });
  });

  test("the last key of extra can be taken away", async () => {
    const config = { ...http.config, extra: { timeout: 30 } };
    await platform.connections.create({ ...http, config });
    await platform.connections.update(key, http, {
      known: { ...known, config },
    });
    expect((await shown()).config).toEqual(http.config);
  });
});
