/**
 * What the vendor's own clients send, as they send it, and what they expect:
 * Astronomer's command line and Terraform provider, both on generated Go clients.
 * Read in their public sources; every exchange is checked against the vendor's document.
 */
import {
  type AstroStandin,
  type AstroStandinOptions,
  STANDIN_ORGANIZATION,
  STANDIN_TOKEN,
  startAstroStandin,
} from "./astro-standin";
import type { AstroBehaviour, Fields } from "./astro-world";

let standin: AstroStandin;
afterEach(() => standin.close());

const start = async (
  behaviour: Partial<AstroBehaviour> = {},
  options: AstroStandinOptions = {},
) => {
  standin = await startAstroStandin({ ...options, behaviour });
};

interface Call {
  /** `GET environment-objects`, below the organization; with a slash: below the host. */
  readonly call: string;
  readonly body?: Fields;
  readonly status: number;
  readonly shows?: Fields;
}

/** As the generated clients do. */
async function send(call: string, body?: Fields) {
  const [method = "", address = ""] = call.split(" ");
  const path = address.startsWith("/")
    ? address.replace("ORG", STANDIN_ORGANIZATION)
    : `/v1/organizations/${STANDIN_ORGANIZATION}/${address}`;
  const response = await fetch(standin.url + path, {
    method,
    headers: {
      authorization: `Bearer ${STANDIN_TOKEN}`,
      "user-agent": "terraform-provider-astro/v1",
      "x-astro-client-identifier": "cli",
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    body: text === "" ? undefined : (JSON.parse(text) as Fields),
  };
}

async function expectAll(calls: readonly Call[]): Promise<void> {
  for (const { call, body, status, shows } of calls) {
    const answer = await send(call, body);
    expect({ call, ...answer }).toMatchObject({
      call,
      status,
      type: answer.body === undefined ? null : "application/json",
      ...(shows !== undefined && { body: shows }),
    });
  }
}

const workspace = () => standin.world.workspaces[0]!.id;
const deployment = (index = 0) => standin.world.deployments[index]!.id;
const postgres = {
  type: "postgres",
  host: "db.example.com",
  port: 5432,
  login: "loader",
  password: "geheim",
  schema: "analytics",
};
const ofWorkspace = (content: Fields): Fields => ({
  objectKey: "warehouse",
  objectType: "CONNECTION",
  scope: "WORKSPACE",
  scopeEntityId: workspace(),
  ...content,
});
const linkTo = (id: string, overrides?: Fields): Fields => ({
  scope: "DEPLOYMENT",
  scopeEntityId: id,
  ...(overrides !== undefined && { overrides }),
});

/** Makes an object, and gives its address. */
async function made(content: Fields): Promise<string> {
  const { status, body } = await send(
    "POST environment-objects",
    ofWorkspace(content),
  );
  expect({ status, fields: Object.keys(body!) }).toEqual({
    status: 200,
    fields: ["id"],
  });
  return `environment-objects/${String(body!["id"])}`;
}

async function shownAt(address: string): Promise<Fields> {
  return (await send(`GET ${address}`)).body!;
}

async function listed(query: string): Promise<readonly Fields[]> {
  const { body } = await send(`GET environment-objects?limit=1000&${query}`);
  return body!["environmentObjects"] as readonly Fields[];
}

describe("Astronomer's Terraform provider", () => {
  test("creates, reads, changes and deletes a connection with a link", async () => {
    await start();
    const address = await made({
      connection: { ...postgres, extra: { sslmode: "require" } },
      autoLinkDeployments: false,
      links: [
        linkTo(deployment(), {
          connection: {
            host: "staging.example.com",
            port: 5433,
            password: "other",
            extra: { sslmode: "prefer" },
          },
        }),
      ],
    });
    await expectAll([
      {
        call: `GET ${address}`,
        status: 200,
        shows: {
          objectType: "CONNECTION",
          connection: { host: "db.example.com", port: 5432 },
          links: [
            {
              scopeEntityId: deployment(),
              setFields: ["host", "port", "password", "extra.sslmode"],
              connectionOverrides: {
                host: "staging.example.com",
                extra: { sslmode: "prefer" },
              },
            },
          ],
        },
      },
      {
        call: `POST ${address}`,
        body: { connection: postgres, links: [], excludeLinks: [] },
        status: 200,
      },
    ]);
    expect(await shownAt(address)).not.toHaveProperty("links");
    await expectAll([
      { call: `DELETE ${address}`, status: 204 },
      { call: `GET ${address}`, status: 404, shows: { statusCode: 404 } },
      { call: `DELETE ${address}`, status: 404 },
    ]);
  });

  test.each<[objectType: string, content: Fields, shown: Fields]>([
    [
      "AIRFLOW_VARIABLE",
      { airflowVariable: { value: "v1" } },
      { airflowVariable: { value: "v1", isSecret: false } },
    ],
    [
      "ENVIRONMENT_VARIABLE",
      { environmentVariable: { value: "geheim", isSecret: true } },
      { environmentVariable: { value: "", isSecret: true } },
    ],
    [
      "METRICS_EXPORT",
      {
        metricsExport: {
          endpoint: "https://prometheus.example.com/api/v1/write",
          exporterType: "PROMETHEUS",
          authType: "AUTH_TOKEN",
          basicToken: "geheim",
          labels: { environment: "prod" },
        },
      },
      {
        metricsExport: {
          endpoint: "https://prometheus.example.com/api/v1/write",
          exporterType: "PROMETHEUS",
          labels: { environment: "prod" },
        },
      },
    ],
  ])("keeps a %s in the same listing as connections", async (...facts) => {
    const [objectType, content, shown] = facts;
    await start();
    await made({ connection: postgres });
    const address = await made({ objectType, ...content });
    const there = await shownAt(address);
    expect(there).toMatchObject({ objectType, ...shown });
    expect(JSON.stringify(there)).not.toContain("geheim");
    expect(there).not.toHaveProperty("metricsExport.authType");
    const types = async (query: string) =>
      (await listed(`workspaceId=${workspace()}${query}`)).map(
        (object) => object["objectType"],
      );
    expect(await types("")).toEqual(["CONNECTION", objectType]);
    expect(await types(`&objectType=${objectType}`)).toEqual([objectType]);
    expect(await types("&objectType=CONNECTION")).toEqual(["CONNECTION"]);
  });

  test("changes the value of a variable; an empty text leaves a secret alone", async () => {
    await start();
    const address = await made({
      objectType: "AIRFLOW_VARIABLE",
      airflowVariable: { value: "geheim", isSecret: true },
      links: [linkTo(deployment(), { airflowVariable: { value: "other" } })],
    });
    await send(`POST ${address}`, { airflowVariable: { value: "" } });
    expect(standin.world.objects[0]).toMatchObject({
      content: { value: "geheim" },
      links: [{ overrides: { value: "other" } }],
    });
    const shown = await shownAt(address);
    expect(shown["setFields"]).toEqual(["value"]);
    // Left out rather than blank, so that a client which sends it back changes nothing.
    expect(shown["links"]).toEqual([
      { ...linkTo(deployment()), setFields: ["value"] },
    ]);
    await send(`POST ${address}`, { airflowVariable: { value: "new" } });
    expect(standin.world.objects[0]?.content).toEqual({
      value: "new",
      isSecret: true,
    });
  });

  test("is shown what an auth type means, and nothing that it marks as secret", async () => {
    await start();
    const address = await made({
      connection: {
        type: "snowflake",
        login: "AIRFLOW_USER",
        authTypeId: "snowflake-private-key-content",
        extra: { account: "abc12345", private_key_content: "geheim" },
      },
    });
    const { connection, setFields } = (await shownAt(address)) as {
      readonly connection: Fields;
      readonly setFields: readonly string[];
    };
    expect(connection).toMatchObject({
      extra: { account: "abc12345" },
      connectionAuthType: {
        id: "snowflake-private-key-content",
        airflowType: "snowflake",
      },
    });
    expect(connection).not.toHaveProperty("authTypeId");
    expect(connection).not.toHaveProperty("extra.private_key_content");
    expect(setFields).toContain("extra.private_key_content");
  });

  test("may send an auth type that the organization's catalogue does not know", async () => {
    await start();
    const connection = { ...postgres, authTypeId: "of-nobody" };
    const address = await made({ connection });
    expect((await shownAt(address))["connection"]).not.toHaveProperty(
      "connectionAuthType",
    );
  });

  test("finds that links and exclusions which an update leaves out are still there", async () => {
    await start();
    const address = await made({
      connection: postgres,
      links: [linkTo(deployment(0))],
      excludeLinks: [linkTo(deployment(1))],
    });
    const update = { connection: { type: "postgres", host: "b" } };
    await expectAll([{ call: `POST ${address}`, body: update, status: 200 }]);
    expect(await shownAt(address)).toMatchObject({
      connection: { host: "b", login: "loader" },
      links: [{ scopeEntityId: deployment(0) }],
      excludeLinks: [{ scopeEntityId: deployment(1) }],
    });
  });

  test.each([
    ["GET /platform/v1beta1/organizations/ORG", { name: "acme" }],
    [
      "GET /platform/v1beta1/organizations/ORG/workspaces?names=science",
      { workspaces: [{ name: "science" }], totalCount: 1 },
    ],
    [
      "GET /platform/v1beta1/organizations/ORG/workspaces/WORKSPACE",
      { name: "analytics" },
    ],
    [
      "GET /platform/v1beta1/organizations/ORG/deployments?names=prod&names=lab",
      { deployments: [{ name: "prod" }, { name: "lab" }], totalCount: 2 },
    ],
    [
      "GET /platform/v1beta1/organizations/ORG/deployments/DEPLOYMENT",
      { name: "prod" },
    ],
  ])("looks places up under the older version: %s", async (call, shows) => {
    await start();
    await expectAll([
      {
        call: call
          .replace("WORKSPACE", workspace())
          .replace("DEPLOYMENT", deployment()),
        status: 200,
        shows,
      },
    ]);
  });

  test("manages a workspace under the older version", async () => {
    await start();
    const all = "/platform/v1beta1/organizations/ORG/workspaces";
    const { body } = await send(`POST ${all}`, { name: "new" });
    const one = `${all}/${String(body!["id"])}`;
    await expectAll([
      {
        call: `POST ${one}`,
        body: { name: "newer", description: "", cicdEnforcedDefault: false },
        status: 200,
        shows: { name: "newer" },
      },
      { call: `GET ${one}`, status: 200, shows: { name: "newer" } },
      { call: `DELETE ${one}`, status: 204 },
      { call: `GET ${one}`, status: 404 },
    ]);
  });
});

describe("Astronomer's command line", () => {
  test("finds out who it is, and where", async () => {
    await start();
    await expectAll([
      {
        call: "GET /v1/users/self?createIfNotExist=true",
        status: 200,
        shows: { organizationId: STANDIN_ORGANIZATION, status: "ACTIVE" },
      },
      {
        call: "GET /v1/organizations?limit=1000",
        status: 200,
        shows: { organizations: [{ id: STANDIN_ORGANIZATION }] },
      },
      { call: "GET /v1/organizations/ORG", status: 200 },
      {
        call: `GET workspaces/${workspace()}`,
        status: 200,
        shows: { name: "analytics" },
      },
      {
        call: `GET deployments/${deployment()}`,
        status: 200,
        shows: { name: "prod", workspaceId: workspace() },
      },
      { call: "GET deployments/cmd0000000000000000000099", status: 404 },
      { call: "GET /v1/organizations/other/workspaces", status: 403 },
    ]);
  });

  test("lists what a deployment gets: inherited connections without an id, with their source", async () => {
    await start();
    await made({
      connection: { ...postgres, extra: { a: 1, b: 2 } },
      links: [
        linkTo(deployment(), {
          connection: { host: "staging.example.com", extra: { b: 3 } },
        }),
      ],
    });
    await made({
      objectKey: "everywhere",
      connection: postgres,
      autoLinkDeployments: true,
      excludeLinks: [linkTo(deployment(1))],
    });
    await made({
      objectKey: "own",
      scope: "DEPLOYMENT",
      scopeEntityId: deployment(),
      connection: postgres,
    });
    const of = (index: number, resolveLinked: boolean) =>
      listed(
        `deploymentId=${deployment(index)}&objectType=CONNECTION&showSecrets=false&resolveLinked=${resolveLinked}`,
      );
    const [own, linked, auto, ...others] = await of(0, true);
    expect(others).toEqual([]);
    expect(own).toMatchObject({ objectKey: "own", id: expect.any(String) });
    expect(own).not.toHaveProperty("sourceScope");
    expect(linked).toMatchObject({
      objectKey: "warehouse",
      scope: "DEPLOYMENT",
      scopeEntityId: deployment(),
      sourceScope: "WORKSPACE",
      sourceScopeEntityId: workspace(),
      connection: { host: "staging.example.com", extra: { a: 1, b: 3 } },
    });
    for (const object of [linked, auto]) {
      expect(object).not.toHaveProperty("id");
      expect(object).not.toHaveProperty("links");
    }
    expect(auto).toMatchObject({ objectKey: "everywhere" });
    expect(await of(0, false)).toMatchObject([{ objectKey: "own" }]);
    expect(await of(1, true)).toEqual([]);
    // Of another workspace.
    expect(await of(2, true)).toEqual([]);
  });

  test("is refused secrets where the organization does not allow them, in the words that it looks for", async () => {
    await start();
    await made({ connection: postgres });
    const { status, body } = await send(
      `GET environment-objects?workspaceId=${workspace()}&showSecrets=true`,
    );
    expect(status).toBe(403);
    const message = String(body!["message"]).toLowerCase();
    for (const word of ["showsecrets", "organization", "not allowed"])
      expect(message).toContain(word);
  });

  test("is shown secrets where the organization allows them, in the listing only", async () => {
    await start({ showSecrets: "shown", extra: "hidden" });
    const address = await made({
      connection: { ...postgres, extra: { a: 1 } },
      links: [linkTo(deployment(), { connection: { password: "other" } })],
    });
    const [shown] = await listed(
      `workspaceId=${workspace()}&objectKey=warehouse&resolveLinked=false&showSecrets=true`,
    );
    expect(shown).toMatchObject({
      connection: { password: "geheim", extra: { a: 1 } },
      links: [{ connectionOverrides: { password: "other" } }],
    });
    const { connection } = await shownAt(address);
    expect(connection).not.toHaveProperty("password");
  });

  test("excludes a deployment by itself, and again without harm", async () => {
    await start();
    const address = await made({
      connection: postgres,
      autoLinkDeployments: true,
    });
    const call = `POST ${address}/exclude-linking`;
    const body = linkTo(deployment(1));
    await expectAll([
      { call, body, status: 200 },
      { call, body, status: 200 },
      { call, body: linkTo("cmd0000000000000000000099"), status: 500 },
    ]);
    expect(await shownAt(address)).toMatchObject({
      autoLinkDeployments: true,
      excludeLinks: [linkTo(deployment(1))],
    });
    expect(standin.world.objects[0]?.excludeLinks).toHaveLength(1);
  });
});

test.each<[what: string, field: string, content: () => Fields]>([
  [
    "auto-link of a deployment's connection",
    "autoLinkDeployments",
    () => ({
      scope: "DEPLOYMENT",
      scopeEntityId: deployment(),
      connection: postgres,
      autoLinkDeployments: true,
    }),
  ],
  [
    "exclusions of a deployment's connection",
    "excludeLinks",
    () => ({
      scope: "DEPLOYMENT",
      scopeEntityId: deployment(),
      connection: postgres,
      excludeLinks: [linkTo(deployment())],
    }),
  ],
  [
    "a variable without a value of its type",
    "airflowVariable",
    () => ({ objectType: "AIRFLOW_VARIABLE", connection: postgres }),
  ],
])("%s is refused", async (_, field, content) => {
  await start();
  await expectAll([
    {
      call: "POST environment-objects",
      body: ofWorkspace(content()),
      status: 400,
      shows: { fieldErrors: [{ field }] },
    },
  ]);
});

test("an override cannot be both set and unset", async () => {
  await start();
  const address = await made({
    connection: postgres,
    links: [linkTo(deployment(), { connection: { host: "h", port: 1 } })],
  });
  const update = (overrides: Fields): Fields => ({
    connection: { type: "postgres" },
    links: [linkTo(deployment(), overrides)],
  });
  await expectAll([
    {
      call: `POST ${address}`,
      body: update({ connection: { host: "i" }, unsetFields: ["host"] }),
      status: 400,
      shows: { fieldErrors: [{ field: "unsetFields" }] },
    },
    {
      call: `POST ${address}`,
      body: update({
        connection: { extra: { a: 1 } },
        unsetFields: ["extra.a"],
      }),
      status: 400,
    },
    {
      call: `POST ${address}`,
      body: update({ connection: { host: "i" }, unsetFields: ["port"] }),
      status: 200,
      shows: { links: [{ setFields: ["host"] }] },
    },
  ]);
});

describe("what Astro may do otherwise can be chosen", () => {
  test("extra that is not shown, of the connection and of a link; its keys are named", async () => {
    await start({ extra: "hidden" });
    const address = await made({
      connection: { ...postgres, extra: { sslmode: "require" } },
      links: [linkTo(deployment(), { connection: { extra: { a: 1 } } })],
    });
    const shown = await shownAt(address);
    expect(shown["connection"]).not.toHaveProperty("extra");
    expect(shown).toMatchObject({
      setFields: expect.arrayContaining(["extra.sslmode"]),
      links: [{ setFields: ["extra.a"], connectionOverrides: {} }],
    });
    expect(JSON.stringify(shown)).not.toContain("require");
    expect(standin.world.objects[0]?.connection["extra"]).toEqual({
      sslmode: "require",
    });
  });

  test("links that an update leaves out are taken away, as the command line has seen", async () => {
    await start({ omittedLinks: "removed" });
    const address = await made({
      connection: postgres,
      links: [linkTo(deployment(0))],
      excludeLinks: [linkTo(deployment(1))],
    });
    await send(`POST ${address}`, { connection: { type: "postgres" } });
    const shown = await shownAt(address);
    expect(shown).not.toHaveProperty("links");
    expect(shown).not.toHaveProperty("excludeLinks");
  });

  test("links to a deployment that was deleted are still listed, and refused with 500 when they are sent back", async () => {
    await start();
    const [prod, staging] = [deployment(0), deployment(1)];
    const links = [linkTo(prod), linkTo(staging)];
    const address = await made({ connection: postgres, links });
    standin.remove(staging);
    expect(await shownAt(address)).toMatchObject({
      links: [{ scopeEntityId: prod }, { scopeEntityId: staging }],
    });
    const connection = { type: "postgres" };
    await expectAll([
      {
        call: `POST ${address}`,
        body: { connection, links },
        status: 500,
      },
      {
        call: `POST ${address}`,
        body: { connection, links: [linkTo(prod)] },
        status: 200,
        shows: { links: [{ scopeEntityId: prod }] },
      },
    ]);
  });

  test("links to a deployment that was deleted are gone", async () => {
    await start({ deletedLinks: "dropped" });
    const address = await made({
      connection: postgres,
      links: [linkTo(deployment(1))],
      excludeLinks: [linkTo(deployment(0))],
    });
    standin.remove(deployment(0));
    standin.remove(deployment(0));
    expect(standin.world.deployments).toMatchObject([{ name: "lab" }]);
    const shown = await shownAt(address);
    expect(shown).not.toHaveProperty("links");
    expect(shown).not.toHaveProperty("excludeLinks");
  });

  test("a workspace and a deployment that were renamed keep their ids and objects", async () => {
    await start();
    const address = await made({ connection: postgres });
    standin.rename(workspace(), "analysis");
    standin.rename(deployment(), "production");
    await expectAll([
      {
        call: `GET workspaces/${workspace()}`,
        status: 200,
        shows: { name: "analysis" },
      },
      {
        call: "GET deployments?names=production",
        status: 200,
        shows: { deployments: [{ id: deployment() }] },
      },
      {
        call: `GET ${address}`,
        status: 200,
        shows: { scopeEntityId: workspace() },
      },
    ]);
  });

  test.each(["empty", 403, 404] as const)(
    "a workspace that was deleted goes with what it has; its listing is answered with %s",
    async (goneScope) => {
      await start({ goneScope });
      const id = workspace();
      const address = await made({ connection: postgres });
      standin.remove(id);
      expect(standin.world.deployments).toMatchObject([{ name: "lab" }]);
      await expectAll([
        { call: `GET ${address}`, status: 404 },
        { call: `GET workspaces/${id}`, status: 404 },
        {
          call: `GET environment-objects?workspaceId=${id}`,
          status: goneScope === "empty" ? 200 : goneScope,
          shows: goneScope === "empty" ? { totalCount: 0 } : {},
        },
      ]);
    },
  );

  test("a workspace that the token does not see is in no listing", async () => {
    await start();
    await made({ connection: postgres });
    standin.world.hidden = [workspace()];
    await expectAll([
      {
        call: "GET workspaces",
        status: 200,
        shows: { workspaces: [{ name: "science" }], totalCount: 1 },
      },
      { call: `GET workspaces/${workspace()}`, status: 403 },
      {
        call: `GET environment-objects?workspaceId=${workspace()}`,
        status: 200,
        shows: { totalCount: 0 },
      },
    ]);
  });
});
