import {
  openAt,
  startUpsolverStandin,
  type UpsolverStandin,
  type UpsolverStandinOptions,
} from "../../../test/standins/upsolver";
import { makeConnection, Snapshot } from "../../apply";
import { equalInMeaning } from "../../catalog";
import { diagnosticsOf, PatchbayError, Secret } from "../../diagnostics";
import type { Connection, Platform } from "../../model";
import { nothingRemembered } from "../../plan";
import { declaredConnection } from "../../../test/support/declared-of";
import { startLoopbackServer } from "../../testing";
import { upsolverDefinition } from "./definition";

const owner = { kind: "organization", name: "acme" } as const;
const key = { owner, name: "warehouse" };
const connection: Connection = {
  ...key,
  type: "postgresql",
  description: "The lake",
  config: { host: "db.example.com", port: 5432, login: "loader" },
  secrets: new Secret({ password: "passwordgeheim" }),
};

let standin: UpsolverStandin;
afterEach(() => standin?.close());

function adapterFor(apiUrl: string, token = standin.token): Platform {
  return openAt(apiUrl, token);
}

async function open(options?: UpsolverStandinOptions): Promise<Platform> {
  standin = await startUpsolverStandin(options);
  return adapterFor(standin.url);
}

function create(platform: Platform) {
  return makeConnection(
    {
      declared: declaredConnection(connection),
      before: undefined,
      memory: nothingRemembered,
      promised: { revision: undefined },
    },
    { platform, snapshot: new Snapshot(platform) },
  );
}

/** The statements that were sent, their first words. */
function sent(): readonly string[] {
  return standin
    .requests({ method: "POST" })
    .map(({ body }) => (body as { sql: string }).sql)
    .map((sql) => /^[A-Z ]+/.exec(sql)![0].trim());
}

function statements(): readonly string[] {
  return standin
    .requests({ method: "POST" })
    .map(({ body }) => (body as { sql: string }).sql);
}

async function failureOf(promise: Promise<unknown>): Promise<PatchbayError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PatchbayError) return error;
  throw new Error(`It did not fail as it should: ${String(error)}`);
}

const codesOf = (error: unknown) =>
  diagnosticsOf(error).map(({ code }) => code);

test("a connection that is in use is not dropped, and its usages are passed on", async () => {
  const platform = await open({ polls: 1 });
  await platform.connections.create(connection);
  standin.use(
    "warehouse",
    "Table: default_glue_catalog.db.orders",
    "Job: load_orders",
  );
  const error = await failureOf(platform.connections.delete(key));
  expect(codesOf(error)).toEqual(["in_use"]);
  expect(error.message).toContain(
    "organization/acme/warehouse is used by: Table: default_glue_catalog.db.orders Job: load_orders.",
  );
  expect(standin.stored()).toHaveLength(1);
});

test("a creation whose answer was lost is looked up by name before anything is sent again", async () => {
  const platform = await open();
  standin.failNext({
    match: {
      where: ({ body }) => /^CREATE/.test((body as { sql: string }).sql),
    },
    fault: { kind: "cut", when: "after" },
  });
  const { observed } = await create(platform);
  expect(observed!.config).toEqual(connection.config);
  // Once created; then asked, found as declared, and given the secrets once more.
  expect(sent()).toEqual([
    "CREATE POSTGRES CONNECTION",
    "SHOW CREATE CONNECTION",
    "SHOW CREATE CONNECTION",
    "ALTER POSTGRES CONNECTION",
  ]);
  expect(standin.stored()).toHaveLength(1);
});

test("one that never arrived is created once the name is surely free", async () => {
  const platform = await open();
  standin.failNext({
    match: {
      where: ({ body }) => /^CREATE/.test((body as { sql: string }).sql),
    },
    fault: { kind: "cut", when: "before" },
  });
  await create(platform);
  expect(sent()).toEqual([
    "CREATE POSTGRES CONNECTION",
    "SHOW CREATE CONNECTION",
    "SELECT",
    "CREATE POSTGRES CONNECTION",
  ]);
});

test("a creation that stays pending is not known to have happened", async () => {
  const platform = await open({ polls: 1_000_000 });
  const error = await failureOf(platform.connections.create(connection));
  expect(codesOf(error)).toEqual(["outcome_unknown"]);
  expect(sent()).toEqual(["CREATE POSTGRES CONNECTION"]);
  // From 100 ms to 2 s apart, for 2 min.
  expect(standin.requests({ method: "GET" }).length).toBeLessThan(100);
});

test("a creation that was accepted and cannot be asked about is not known to have happened", async () => {
  const platform = await open({ polls: 2 });
  standin.failNext({
    match: { method: "GET" },
    fault: { kind: "status", status: 404, when: "before" },
  });
  const error = await failureOf(platform.connections.create(connection));
  expect(codesOf(error)).toEqual(["outcome_unknown"]);
});

test("an update sets only what differs, and nothing where nothing does", async () => {
  const platform = await open();
  await platform.connections.create(connection);
  standin.clearRequests();
  const { secrets: _secrets, ...plain } = connection;
  await platform.connections.update(key, plain);
  expect(sent()).toEqual(["SHOW CREATE CONNECTION"]);
  await platform.connections.update(key, { ...plain, description: "It's new" });
  expect(statements().at(-1)).toBe(
    "ALTER POSTGRES CONNECTION \"warehouse\"\n  SET COMMENT = 'It''s new'",
  );
  await platform.connections.update(key, connection);
  expect(statements().at(-1)).toBe(
    "ALTER POSTGRES CONNECTION \"warehouse\"\n  SET PASSWORD = 'passwordgeheim'\n  SET COMMENT = 'The lake'",
  );
});

const keys: Connection = {
  ...key,
  type: "amazon-s3",
  config: { access_key_id: "AKIA1", read_only: true, bucket: "landing" },
  secrets: new Secret({ secret_access_key: "keygeheim" }),
};

test("both halves of a pair go in one statement, and one without the other is refused", async () => {
  const platform = await open();
  await platform.connections.create(keys);
  const config = { ...keys.config, access_key_id: "AKIA2" };
  await platform.connections.update(key, { ...keys, config });
  expect(statements().at(-1)).toContain(
    "AWS_ACCESS_KEY_ID = 'AKIA2'\n  SET AWS_SECRET_ACCESS_KEY = ",
  );
  const error = await failureOf(
    platform.connections.update(key, { ...keys, secrets: undefined }),
  );
  expect(codesOf(error)).toEqual(["missing_field"]);
  expect(error.message).toContain(
    '"access_key_id" only together with "secret_access_key"',
  );
});

test("an option and a secret that cannot be taken back say so, and nothing is sent", async () => {
  const platform = await open({ secretDisplay: "omitted" });
  await platform.connections.create(keys);
  standin.clearRequests();
  const without = await failureOf(
    platform.connections.update(key, {
      ...keys,
      config: { access_key_id: "AKIA1", read_only: true },
    }),
  );
  expect(codesOf(without)).toEqual(["unsupported"]);
  expect(without.message).toContain('"bucket" is set and no longer declared');
  const secretFields = ["customer_encryption_key", "secret_access_key"];
  const lost = await failureOf(
    platform.connections.update(key, keys, { secretFields }),
  );
  expect(codesOf(lost)).toEqual(["unsupported"]);
  expect(lost.message).toContain("customer_encryption_key");
  expect(sent()).toEqual(["SHOW CREATE CONNECTION"]);
});

test("an option that ALTER cannot set is never sent", async () => {
  const platform = await open();
  const kafka = {
    ...key,
    type: "kafka",
    config: { bootstrap_servers: ["a:1"] },
  };
  await platform.connections.create(kafka);
  const error = await failureOf(
    platform.connections.update(key, {
      ...kafka,
      config: { bootstrap_servers: ["b:1"] },
    }),
  );
  expect(codesOf(error)).toEqual(["unsupported"]);
  expect(error.message).toContain('cannot change "bootstrap_servers"');
  expect(upsolverDefinition.capabilities.immutableFields).toEqual({
    kafka: ["bootstrap_servers"],
    "upsolver:KINESIS": ["REGION", "READ_ONLY"],
    "upsolver:KAFKA": ["HOST", "HOSTS", "VERSION"],
    "upsolver:GLUE_CATALOG": [
      "DEFAULT_STORAGE_CONNECTION",
      "DEFAULT_STORAGE_LOCATION",
      "REGION",
    ],
  });
});

test("Kafka's plain properties change with the secrets beside them, or not at all", async () => {
  const platform = await open();
  const kafka: Connection = {
    ...key,
    type: "kafka",
    config: { bootstrap_servers: ["a:1"], sasl_mechanism: "PLAIN", login: "l" },
    secrets: new Secret({ password: "passwordgeheim" }),
  };
  await platform.connections.create(kafka);
  const config = { ...kafka.config, login: "m" };
  const error = await failureOf(
    platform.connections.update(key, { ...kafka, config, secrets: undefined }),
  );
  expect(codesOf(error)).toEqual(["missing_field"]);
  await platform.connections.update(key, { ...kafka, config });
  expect((await platform.connections.tryFind(key))?.config).toEqual(config);
});

test.each<[string, string, Connection]>([
  [
    "an address without a port",
    "CREATE POSTGRES CONNECTION warehouse CONNECTION_STRING = 'jdbc:postgresql://db.example.com/' USER_NAME = 'loader' PASSWORD = 'x' COMMENT = 'The lake'",
    connection,
  ],
  [
    "a default in the properties",
    "CREATE KAFKA CONNECTION warehouse HOST = 'a:1' SSL = FALSE CONSUMER_PROPERTIES = 'security.protocol=PLAINTEXT'",
    { ...key, type: "kafka", config: { bootstrap_servers: ["a:1"] } },
  ],
  [
    "no word about writing",
    "CREATE S3 CONNECTION warehouse PATH_DISPLAY_FILTER = 's3://landing'",
    { ...key, type: "amazon-s3", config: { bucket: "landing" } },
  ],
])(
  "a connection that was made elsewhere with %s is no different from the declared one",
  async (_title, sql, declared) => {
    const platform = await open();
    standin.run(sql);
    const plain = { ...declared, secrets: undefined };
    const found = await platform.connections.tryFind(key);
    expect(found?.type).toBe(declared.type);
    expect(
      equalInMeaning(declared.type, found?.config ?? null, declared.config),
    ).toBe(true);
    await platform.connections.update(key, plain);
    expect(sent().filter((words) => words.startsWith("ALTER"))).toEqual([]);
  },
);

test("an option of a native type is set even where it says the default, because it is shown only then", async () => {
  const platform = await open();
  const kinesis: Connection = {
    ...key,
    type: "upsolver:KINESIS",
    config: { REGION: "eu-central-1" },
  };
  await platform.connections.create(kinesis);
  const config = { ...kinesis.config, MAX_WRITERS: 20 };
  await platform.connections.update(key, { ...kinesis, config });
  expect(statements().at(-1)).toContain("SET MAX_WRITERS = 20");
  expect((await platform.connections.tryFind(key))?.config).toEqual(config);
});

test("properties of a native Kafka stay where no secrets are declared", async () => {
  const platform = await open();
  const properties = "sasl.mechanism=AWS_MSK_IAM";
  standin.run(
    `CREATE KAFKA CONNECTION warehouse HOSTS = ('a:1') CONSUMER_PROPERTIES = '${properties}'`,
  );
  const config = { HOSTS: ["a:1"], SSL: true };
  await platform.connections.update(key, {
    ...key,
    type: "upsolver:KAFKA",
    config,
  });
  expect((await platform.connections.tryFind(key))?.config).toEqual(config);
  expect(standin.stored()[0]?.options).toMatchObject({
    CONSUMER_PROPERTIES: properties,
  });
});

test.each(["masked", "omitted", "clear"] as const)(
  "secrets that Upsolver shows %s never come back",
  async (secretDisplay) => {
    const platform = await open({ secretDisplay });
    await platform.connections.create(connection);
    expect(
      JSON.stringify(await platform.connections.list!(owner)),
    ).not.toContain("geheim");
    const found = await platform.connections.tryFind(key);
    expect(found).toMatchObject({
      config: connection.config,
      description: "The lake",
    });
  },
);

test("a connection that is listed but not shown is no connection that is gone", async () => {
  const platform = await open({ showsConnections: false });
  await platform.connections.create(connection);
  expect(codesOf(await failureOf(platform.connections.tryFind(key)))).toEqual([
    "platform_failure",
  ]);
  expect(codesOf(await failureOf(platform.connections.list!(owner)))).toEqual([
    "platform_failure",
  ]);
  expect(
    await platform.connections.tryFind({ owner, name: "other" }),
  ).toBeUndefined();
});

test.each([
  [
    "says why",
    { message: "Cannot connect to db.example.com" },
    "It says: Cannot connect to db.example.com",
  ],
  [
    "quotes a secret",
    { message: "Syntax error near 'PASSWORDGEHEIM'" },
    "are not shown",
  ],
  [
    "quotes a part of one",
    { message: "Syntax error near 'passwordge" },
    "are not shown",
  ],
  [
    "uses the other form",
    { clazz: "X", detailMessage: "Over\n the limit." },
    "It says: Over the limit. Nothing",
  ],
  ["says a bare text", "No.", "It says: No. Nothing"],
  ["says nothing", {}, "It gives no reason"],
])(
  "a refusal that %s is passed on without secrets",
  async (_title, body, words) => {
    standin = await startUpsolverStandin();
    const server = await startLoopbackServer({
      listener: (_request, response) => {
        response.writeHead(400, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      },
    });
    try {
      const error = await failureOf(
        adapterFor(server.url).connections.create(connection),
      );
      expect(codesOf(error)).toEqual(["invalid_configuration"]);
      expect(error.message).toContain(words);
      expect(error.message).not.toMatch(/wordge|geheim/i);
    } finally {
      await server.close();
    }
  },
);

test.each([
  ["another status", { status: "Failed" }],
  ["several replies", [{ status: "Success" }, { status: "Success" }]],
  [
    "a poll elsewhere",
    { status: "Pending", current: "https://evil.example.com/x" },
  ],
  [
    "a poll on another host",
    { status: "Pending", current: "//evil.example.com/x" },
  ],
  ["no poll", { status: "Pending" }],
  [
    "an unknown result",
    { status: "Success", kind: "x", result: { table: [] } },
  ],
  ["nothing", null],
])(
  "an answer with %s leaves a write unknown and a read failed",
  async (_title, body) => {
    standin = await startUpsolverStandin();
    const asked: string[] = [];
    const server = await startLoopbackServer({
      listener: (request, response) => {
        asked.push(request.url ?? "");
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      },
    });
    try {
      const { connections } = adapterFor(server.url);
      expect(codesOf(await failureOf(connections.create(connection)))).toEqual([
        "outcome_unknown",
      ]);
      expect(codesOf(await failureOf(connections.tryFind(key)))).toEqual([
        "invalid_answer",
      ]);
      expect(new Set(asked)).toEqual(new Set(["/query"]));
    } finally {
      await server.close();
    }
  },
);

test("a wrong token names the host and both ways to supply it", async () => {
  await open();
  const error = await failureOf(
    adapterFor(standin.url, "tokengeheim").connections.tryFind(key),
  );
  expect(codesOf(error)).toEqual(["unauthorized"]);
  expect(error.message).toContain("127.0.0.1");
  expect(error.message).toContain("UPSOLVER_TOKEN");
  expect(error.message).not.toContain("geheim");
});

test("owners that the token cannot speak for are refused", async () => {
  const platform = await open();
  const other = { kind: "organization", name: "other" } as const;
  expect(
    codesOf(
      await failureOf(
        platform.connections.tryFind({ owner: other, name: "x" }),
      ),
    ),
  ).toEqual(["invalid_owner"]);
  const jane = { kind: "user", name: "jane" } as const;
  expect(codesOf(await failureOf(platform.connections.list!(jane)))).toEqual([
    "unsupported",
  ]);
});

describe("opening", () => {
  const silent = () => undefined;
  const opened = (settings: Readonly<Record<string, string>>) =>
    upsolverDefinition.open({
      settings: Object.fromEntries(
        Object.entries(settings).map(([name, value]) => [
          name,
          new Secret(value),
        ]),
      ),
      organization: undefined,
      workingDirectory: "/",
      environment: {},
      log: { trace: silent, debug: silent, warn: silent },
    });

  test("needs an address and a token, and says both ways to set each", async () => {
    const error = await failureOf(opened({ api_url: " " }));
    expect(codesOf(error)).toEqual(["missing_argument", "missing_credential"]);
    for (const word of [
      "api_url",
      "UPSOLVER_API_URL",
      "token",
      "UPSOLVER_TOKEN",
    ])
      expect(error.message).toContain(word);
  });

  test.each([
    ["https://api.upsolver.com", "invalid_field"],
    ["http://upsolver.example.com", "insecure_endpoint"],
  ])("%s is refused", async (api_url, code) => {
    expect(codesOf(await failureOf(opened({ api_url, token: "t" })))).toEqual([
      code,
    ]);
  });

  test("sends nothing", async () => {
    standin = await startUpsolverStandin();
    const platform = await opened({
      api_url: standin.url,
      token: standin.token,
    });
    expect(standin.requests()).toEqual([]);
    expect(await platform.connections.list!(owner)).toEqual([]);
    await platform.close();
  });
});
