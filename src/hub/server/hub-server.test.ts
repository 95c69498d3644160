import Ajv from "ajv/dist/2020";
import { type DiagnosticCode } from "../../diagnostics";
import type { Log } from "../../model";
import type { EmbeddedHub } from "../embedded-hub";
import { acme, addInventory, openTemporaryHub, postgres } from "../hub-fixture";
import type { TokenScope } from "../token";
import {
  connectionInput,
  type ConnectionResource,
  type PageResource,
  type ProblemResource,
} from "../wire";
import {
  document,
  documentedBody,
  type ObservedExchange,
} from "./openapi-fixture";
import { type RunningHubServer, startHubServer } from "./start-hub-server";

const PLANTED = "planted-secret-value";
const ORGANIZATION = "/v1/organizations/acme";

let hub: EmbeddedHub;
let server: RunningHubServer;
let admin: string;
const answers: string[] = [];
const logged: string[] = [];
const log: Log = {
  trace: (...line) => void logged.push(JSON.stringify(line)),
  debug: (...line) => void logged.push(JSON.stringify(line)),
  warn: (...line) => void logged.push(JSON.stringify(line)),
};

beforeEach(async () => {
  hub = await openTemporaryHub();
  server = await startHubServer({ api: hub.api, port: 0, log });
  admin = await tokenFor({ kind: "admin" });
});
afterEach(async () => {
  await server.close();
  await hub.close();
});

async function tokenFor(scope: TokenScope): Promise<string> {
  return (await hub.api.tokens.create({ scope })).token.reveal();
}

interface Call {
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
}

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(document, "openapi");

/** How an answer differs from what the OpenAPI document promises. */
function answerFaults(
  exchange: ObservedExchange,
  answer: unknown,
): readonly string[] {
  const documented = documentedBody(exchange);
  if (documented === undefined) return ["not documented"];
  if (documented === "none")
    return answer === undefined ? [] : ["documented without a body"];
  const validate = ajv.getSchema(`openapi${documented}`);
  if (validate === undefined) return [`no schema at ${documented}`];
  return validate(answer) ? [] : [ajv.errorsText(validate.errors)];
}

/** Real HTTP; every answer is checked against the OpenAPI document, and kept for the search for secrets. */
async function call(
  method: string,
  path: string,
  { body, raw, headers, token = admin }: Call = {},
) {
  const content =
    raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(server.url + path, {
    method,
    headers: {
      ...(token !== "" && { authorization: `Bearer ${token}` }),
      ...(content !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    body: content,
  });
  const text = await response.text();
  const answer: unknown = text === "" ? undefined : JSON.parse(text);
  answers.push(text);
  expect(
    answerFaults({ method, path, status: response.status }, answer),
  ).toEqual([]);
  return { status: response.status, headers: response.headers, answer };
}

async function refused(method: string, path: string, options: Call = {}) {
  const { status, headers, answer } = await call(method, path, options);
  const problem = answer as ProblemResource;
  expect(headers.get("content-type")).toContain("application/problem+json");
  expect(problem.status).toBe(status);
  return { status, headers, code: problem.code as DiagnosticCode, problem };
}

const warehouse = {
  name: "warehouse",
  type: "postgresql",
  config: {
    host: "db.example.com",
    port: 5432,
    database: "sales",
    login: "loader",
  },
  secrets: { password: PLANTED },
};

test("a connection is created, read, replaced, changed and deleted by its natural key", async () => {
  const created = await call("POST", `${ORGANIZATION}/connections`, {
    body: warehouse,
  });
  expect(created.status).toBe(201);
  expect(created.answer).toMatchObject({
    id: "organization/acme/warehouse",
    secret_fields: ["password"],
  });
  const path = `${ORGANIZATION}/connections/warehouse`;
  const read = await call("GET", path);
  expect(read.answer).toEqual(created.answer);
  expect(read.headers.get("etag")).toBe(
    `"${(read.answer as ConnectionResource).concurrency_token}"`,
  );

  const { secrets: _, ...declared } = warehouse;
  const replaced = await call("PUT", path, {
    body: { ...declared, description: "Sales" },
  });
  expect(replaced.answer).toMatchObject({
    description: "Sales",
    secrets_version: 1,
  });

  const changed = await call("PATCH", path, {
    body: { config: { port: 5433 }, description: null, name: "lake" },
    headers: { "content-type": "application/merge-patch+json" },
  });
  expect(changed.answer).toMatchObject({
    name: "lake",
    config: { host: "db.example.com", port: 5433 },
  });
  expect(changed.answer).not.toHaveProperty("description");

  expect(
    (await call("GET", `${ORGANIZATION}/connections/lake/usage`)).answer,
  ).toEqual({
    workspaces: [],
    deployments: [],
  });
  const status = { status: "error", message: "timeout" };
  expect(
    (
      await call("PUT", `${ORGANIZATION}/connections/lake/status`, {
        body: status,
      })
    ).answer,
  ).toEqual(status);
  expect(
    (await call("GET", `${ORGANIZATION}/connections/lake/status`)).answer,
  ).toEqual(status);
  expect(
    (await call("DELETE", `${ORGANIZATION}/connections/lake`)).status,
  ).toBe(204);
  expect(
    (await call("DELETE", `${ORGANIZATION}/connections/lake`)).status,
  ).toBe(204);
});

test("a merge patch changes one secret and keeps the others", async () => {
  const body = { ...warehouse, type: "hub:own", secrets: { a: "1", b: "2" } };
  await call("POST", `${ORGANIZATION}/connections`, { body });
  const path = `${ORGANIZATION}/connections/warehouse`;
  const changed = await call("PATCH", path, {
    body: { secrets: { b: null, c: "3" } },
  });
  expect(changed.answer).toMatchObject({
    secret_fields: ["a", "c"],
    secrets_version: 2,
  });
});

test("workspaces and deployments have connections of their own; attachments and links connect", async () => {
  await call("POST", `${ORGANIZATION}/workspaces`, {
    body: { name: "analytics" },
  });
  await call("POST", `${ORGANIZATION}/deployments`, {
    body: { name: "prod", workspace: "analytics" },
  });
  await call("POST", `${ORGANIZATION}/connections`, { body: warehouse });
  for (const place of ["workspaces/analytics", "deployments/prod"]) {
    const body = { ...warehouse, name: "x" };
    expect(
      (await call("POST", `${ORGANIZATION}/${place}/connections`, { body }))
        .status,
    ).toBe(201);
    expect(
      (await call("GET", `${ORGANIZATION}/${place}/connections/x`)).status,
    ).toBe(200);
  }
  const listed = await call(
    "GET",
    `${ORGANIZATION}/all-connections?type=postgresql`,
  );
  expect(
    (listed.answer as PageResource<ConnectionResource>).items.map(
      ({ id }) => id,
    ),
  ).toEqual([
    "deployment/prod/x",
    "organization/acme/warehouse",
    "workspace/analytics/x",
  ]);

  const connection = "organization/acme/warehouse";
  const link = {
    connection,
    deployment: "prod",
    overrides: { schema: "PROD" },
    override_secrets: { password: PLANTED },
  };
  expect(
    await refused("POST", `${ORGANIZATION}/links`, { body: link }),
  ).toMatchObject({
    status: 409,
    code: "attachment_missing",
  });
  await call("POST", `${ORGANIZATION}/attachments`, {
    body: { connection, workspace: "analytics" },
  });
  expect(
    (await call("POST", `${ORGANIZATION}/links`, { body: link })).status,
  ).toBe(201);
  const item = `${ORGANIZATION}/connections/warehouse`;
  expect(
    (await call("GET", `${item}/attachments/analytics`)).answer,
  ).toMatchObject({ workspace: "analytics" });
  expect(
    (
      await call("PATCH", `${item}/links/prod`, {
        body: { overrides: { port: 1 } },
      })
    ).answer,
  ).toMatchObject({
    overrides: { schema: "PROD", port: 1 },
    override_secret_fields: ["password"],
    override_secrets_version: 1,
  });
  expect(
    (await call("PUT", `${item}/links/prod`, { body: { overrides: {} } }))
      .answer,
  ).toMatchObject({
    overrides: {},
    override_secret_fields: ["password"],
  });
  for (const collection of ["attachments", "links"]) {
    const items = async (query: string) =>
      (
        (await call("GET", `${ORGANIZATION}/${collection}${query}`))
          .answer as PageResource<unknown>
      ).items;
    expect(await items("?owner=organization/acme")).toHaveLength(1);
    expect(await items("?owner=workspace/analytics")).toHaveLength(0);
  }
  expect(
    await refused("DELETE", `${ORGANIZATION}/workspaces/analytics`),
  ).toMatchObject({ status: 409, code: "in_use" });
  expect((await call("DELETE", `${item}/links/prod`)).status).toBe(204);
  expect((await call("DELETE", `${item}/attachments/analytics`)).status).toBe(
    204,
  );
});

test.each([
  "Größe % ? # 100 ☃",
  "team/../warehouse",
  "jane@example.com",
  "%2F",
  "\u{1F418}".repeat(250),
])(
  "names with any characters work, and no address leads outside: %s",
  async (name) => {
    await call("POST", `${ORGANIZATION}/connections`, {
      body: { ...warehouse, name },
    });
    const found = await call(
      "GET",
      `${ORGANIZATION}/connections/${encodeURIComponent(name)}`,
    );
    expect(found.answer).toMatchObject({ name });
    expect(
      (await refused("GET", `${ORGANIZATION}/connections/%E0%A4%A`)).status,
    ).toBe(400);
  },
);

describe("every request needs a token", () => {
  test.each(["", "patchbay_wrong"])("not %j", async (token) => {
    const answer = await refused("GET", `${ORGANIZATION}/connections`, {
      token,
    });
    expect(answer).toMatchObject({ status: 401, code: "unauthorized" });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  test.each(["/openapi.json", "/healthz"])("but for %s", async (path) => {
    const response = await fetch(server.url + path);
    await response.text();
    expect(response.status).toBe(200);
  });
});

describe("a token may do what its scope covers:", () => {
  const beta = { kind: "organization", name: "beta" } as const;
  type Attempt = readonly [method: string, path: string, body?: unknown];
  const readAcme: Attempt = ["GET", `${ORGANIZATION}/connections`];
  const writeAcme: Attempt = [
    "POST",
    `${ORGANIZATION}/workspaces`,
    { name: "new" },
  ];
  const readBeta: Attempt = ["GET", "/v1/organizations/beta/connections"];
  const seenByProd: Attempt = [
    "GET",
    `${ORGANIZATION}/deployments/prod/effective-connections`,
  ];
  const seenByStaging: Attempt = [
    "GET",
    `${ORGANIZATION}/deployments/staging/effective-connections`,
  ];
  const accounts: Attempt = ["GET", "/v1/accounts"];
  const tokens: Attempt = ["GET", "/v1/tokens"];
  const deletion: Attempt = ["DELETE", "/v1/organizations/beta"];
  const attempts = {
    readAcme,
    writeAcme,
    readBeta,
    seenByProd,
    seenByStaging,
    accounts,
    tokens,
    deletion,
  };
  type AttemptName = keyof typeof attempts;

  test.each<[TokenScope["kind"], TokenScope, readonly AttemptName[]]>([
    ["admin", { kind: "admin" }, Object.keys(attempts) as AttemptName[]],
    [
      "account",
      { kind: "account", account: acme },
      ["readAcme", "writeAcme", "seenByProd", "seenByStaging"],
    ],
    [
      "read_only",
      { kind: "read_only", account: acme },
      ["readAcme", "seenByProd", "seenByStaging"],
    ],
    [
      "read_only",
      { kind: "read_only" },
      ["readAcme", "readBeta", "seenByProd", "seenByStaging", "accounts"],
    ],
    [
      "deployment",
      { kind: "deployment", account: acme, deployment: "prod" },
      ["seenByProd"],
    ],
  ])("%s %j", async (_, scope, allowed) => {
    await addInventory(hub);
    await hub.api.accounts.ensure({ account: beta });
    const token = await tokenFor(scope);
    const succeeded: string[] = [];
    for (const [name, [method, path, body]] of Object.entries(attempts)) {
      const { status } = await call(method, path, { token, body });
      if (status < 300) succeeded.push(name);
      else expect(status).toBe(403);
    }
    expect(succeeded).toEqual(allowed);
  });
});

test("only a deployment's own token gets its secrets, and nothing may keep that answer", async () => {
  await addInventory(hub);
  const owner = { kind: "deployment", name: "prod" } as const;
  const connection = postgres("own", { owner });
  await hub.api.connections.create({ account: acme, connection });
  const path = `${ORGANIZATION}/deployments/prod/effective-connections`;
  const own = await tokenFor({
    kind: "deployment",
    account: acme,
    deployment: "prod",
  });
  const seen = await call("GET", path, { token: own });
  expect(seen.headers.get("cache-control")).toBe("no-store");
  expect(seen.answer).toMatchObject({
    items: [{ through: "owner", secrets: { password: "not-a-real-password" } }],
  });
  const { answer } = await call("GET", path);
  expect((answer as PageResource<object>).items[0]).not.toHaveProperty(
    "secrets",
  );
});

test("If-Match keeps changes of somebody else", async () => {
  const path = `${ORGANIZATION}/connections/warehouse`;
  const created = await call("POST", `${ORGANIZATION}/connections`, {
    body: warehouse,
  });
  const etag = created.headers.get("etag") ?? "";
  expect(
    (
      await call("PUT", path, {
        body: warehouse,
        headers: { "if-match": etag },
      })
    ).status,
  ).toBe(200);
  for (const method of ["PUT", "PATCH", "DELETE"]) {
    const stale = await refused(method, path, {
      body: method === "DELETE" ? undefined : warehouse,
      headers: { "if-match": etag },
    });
    expect(stale).toMatchObject({ status: 412, code: "conflict" });
  }
  expect(
    (await refused("DELETE", path, { headers: { "if-match": "unquoted" } }))
      .status,
  ).toBe(400);
  expect(
    (await call("DELETE", path, { headers: { "if-match": "*" } })).status,
  ).toBe(204);
});

test("an Idempotency-Key makes a create safe to repeat", async () => {
  const headers = { "idempotency-key": "one" };
  const path = `${ORGANIZATION}/connections`;
  const first = await call("POST", path, { body: warehouse, headers });
  const second = await call("POST", path, { body: warehouse, headers });
  expect([second.status, second.answer]).toEqual([first.status, first.answer]);
  expect(second.headers.get("etag")).toBe(first.headers.get("etag"));
  const other = await refused("POST", path, {
    body: { ...warehouse, secrets: { password: "x" } },
    headers,
  });
  expect(other).toMatchObject({ status: 422, code: "conflict" });
});

test("a listing of 250 is read in three pages", async () => {
  for (let index = 0; index < 250; index++) {
    await hub.api.connections.create({
      account: acme,
      connection: postgres(`c${index}`),
    });
  }
  const sizes: number[] = [];
  const seen = new Set<string>();
  let query = "";
  do {
    const { answer } = await call("GET", `${ORGANIZATION}/connections${query}`);
    const { items, next_cursor } = answer as PageResource<ConnectionResource>;
    sizes.push(items.length);
    for (const { name } of items) seen.add(name);
    query = next_cursor === undefined ? "" : `?limit=100&cursor=${next_cursor}`;
  } while (query !== "");
  expect(sizes).toEqual([100, 100, 50]);
  expect(seen.size).toBe(250);
});

describe("a bad request is answered with what is wrong, where, and what to do:", () => {
  const connections = `${ORGANIZATION}/connections`;
  const { name: _, ...nameless } = warehouse;
  test.each<
    [
      string,
      string,
      string,
      Call,
      number,
      DiagnosticCode,
      readonly (string | number)[],
    ]
  >([
    [
      "an unknown field",
      "POST",
      connections,
      { body: { ...warehouse, secerts: {} } },
      400,
      "unknown_field",
      ["secerts"],
    ],
    [
      "a missing field",
      "POST",
      connections,
      { body: nameless },
      400,
      "missing_field",
      ["name"],
    ],
    [
      "a wrong type",
      "POST",
      connections,
      { body: { ...warehouse, config: [] } },
      400,
      "invalid_field",
      ["config"],
    ],
    [
      "a wrong item",
      "POST",
      connections,
      { body: { ...warehouse, auto_link_except: [1] } },
      400,
      "invalid_field",
      ["auto_link_except", 0],
    ],
    [
      "what the catalogue refuses",
      "POST",
      connections,
      { body: { ...warehouse, config: { hots: "x" } } },
      400,
      "unknown_field",
      ["config", "hots"],
    ],
    [
      "no JSON",
      "POST",
      connections,
      { raw: `{"password": "${PLANTED}" ` },
      400,
      "invalid_field",
      [],
    ],
    ["no body", "POST", connections, {}, 400, "invalid_field", []],
    ["a list", "POST", connections, { body: [] }, 400, "invalid_field", []],
    [
      "another content",
      "POST",
      connections,
      { raw: "x", headers: { "content-type": "text/plain" } },
      400,
      "invalid_field",
      [],
    ],
    [
      "too much",
      "POST",
      connections,
      { raw: JSON.stringify({ name: "x".repeat(2 ** 20) }) },
      400,
      "invalid_field",
      [],
    ],
    [
      "an unknown parameter",
      "GET",
      `${connections}?limt=1`,
      {},
      400,
      "unknown_field",
      ["limt"],
    ],
    [
      "a bad limit",
      "GET",
      `${connections}?limit=101`,
      {},
      400,
      "invalid_field",
      ["limit"],
    ],
    [
      "a bad owner",
      "GET",
      `${ORGANIZATION}/links?owner=planet/mars`,
      {},
      400,
      "invalid_owner",
      ["owner"],
    ],
    [
      "an unknown kind of account",
      "GET",
      "/v1/organisations/acme/connections",
      {},
      404,
      "not_found",
      [],
    ],
    [
      "a connection that is not there",
      "GET",
      `${connections}/nothing`,
      {},
      404,
      "not_found",
      [],
    ],
    ["no such address", "GET", "/v2", {}, 404, "not_found", []],
    [
      "a token without its account",
      "POST",
      "/v1/tokens",
      { body: { scope: { kind: "account" } } },
      400,
      "missing_field",
      ["scope", "account"],
    ],
  ])("%s", async (_, method, path, options, status, code, where) => {
    const answer = await refused(method, path, options);
    expect(answer).toMatchObject({ status, code });
    expect(answer.problem.diagnostics).toContainEqual(
      expect.objectContaining({ code, path: where }),
    );
  });

  test("an unknown field suggests the nearest one", async () => {
    const { problem } = await refused("POST", connections, {
      body: { ...warehouse, secerts: {} },
    });
    expect(problem.detail).toContain('Did you mean "secrets"?');
  });
});

test("tokens are made over HTTP, and then listed without their text", async () => {
  const body = {
    scope: { kind: "account", account: "organization/acme" },
    description: "pipeline",
  };
  const { status, answer } = await call("POST", "/v1/tokens", { body });
  expect(status).toBe(201);
  const { token, platform_id } = answer as {
    token: string;
    platform_id: string;
  };
  expect(
    (await call("GET", `${ORGANIZATION}/connections`, { token })).status,
  ).toBe(200);
  expect(
    JSON.stringify((await call("GET", "/v1/tokens")).answer),
  ).not.toContain(token);
  expect((await call("DELETE", `/v1/tokens/${platform_id}`)).status).toBe(204);
  expect(
    (await refused("GET", `${ORGANIZATION}/connections`, { token })).status,
  ).toBe(401);
});

test("what the client sends for a connection is what the server takes", async () => {
  const body = connectionInput(
    postgres("sent", { access: { view: ["team/data"] }, autoLink: true }),
  );
  const { answer } = await call("POST", `${ORGANIZATION}/connections`, {
    body,
  });
  expect(answer).toMatchObject({
    name: "sent",
    auto_link: true,
    access: { view: ["team/data"] },
  });
});

test("our own faults are said as such, without their message", async () => {
  const failing = Object.create(hub.api, {
    authenticate: { value: () => Promise.reject(new Error(PLANTED)) },
  }) as EmbeddedHub["api"];
  const broken = await startHubServer({ api: failing, port: 0, log });
  const response = await fetch(`${broken.url}/v1/accounts`, {
    headers: { authorization: "Bearer x" },
  });
  const text = await response.text();
  await broken.close();
  expect(response.status).toBe(500);
  expect(text).toContain("internal_error");
  expect(text).not.toContain(PLANTED);
});

test("plain HTTP is not served to other machines unless that is asked for", async () => {
  const options = { api: hub.api, host: "0.0.0.0", port: 0, log };
  await expect(startHubServer(options)).rejects.toThrow(/insecure_endpoint/);
  const allowed = await startHubServer({ ...options, insecureHttp: true });
  await allowed.close();
});

test("a port that is taken is said in a sentence", async () => {
  const port = Number(new URL(server.url).port);
  await expect(startHubServer({ api: hub.api, port, log })).rejects.toThrow(
    /listens there already/,
  );
});

// After all tests of this file, on everything that they were answered.
afterAll(() => {
  expect(answers.length).toBeGreaterThan(50);
  expect(answers.filter((text) => text.includes(PLANTED))).toEqual([]);
  expect(logged.length).toBeGreaterThan(50);
  expect(logged.filter((text) => text.includes(PLANTED))).toEqual([]);
});
