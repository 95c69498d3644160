/**
 * What the clients of Upsolver's own ask, statement by statement, and how they
 * read answers: its Python SDK (0.1.12), its CLI (0.6.4) and its adapter for dbt
 * (1.5.29, which asks through the SDK). The requests are theirs, the code is not.
 */
import { setTimeout as wait } from "node:timers/promises";
import {
  startUpsolverStandin,
  type UpsolverStandin,
  type UpsolverStandinOptions,
} from "./upsolver-standin";

type Shape = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;

let standin: UpsolverStandin;
afterEach(() => standin.close());

async function start(options: UpsolverStandinOptions = {}): Promise<void> {
  standin = await startUpsolverStandin(options);
}

/** A request as Python's clients send it. */
async function ask(
  address: string,
  path: string,
  body?: Shape,
): Promise<{ readonly status: number; readonly body: unknown }> {
  // They put a slash before what has none, and none away.
  const target = path.startsWith("/") ? path : `/${path}`;
  const answer = await fetch(`${address}${target}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      Authorization: standin.token,
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
  expect(answer.headers.get("x-api-requestid")).toEqual(expect.any(String));
  return { status: answer.status, body: await answer.json() };
}

/** Asks for a statement's outcome until it is there, and for all of its pages. What is no success is thrown as the message. */
async function outcome(
  address: string,
  statement: Shape,
): Promise<{ readonly message?: string; readonly rows: readonly Row[] }> {
  const rows: Row[] = [];
  let answer = await ask(address, "query", statement);
  for (;;) {
    const { status, body } = answer;
    if (status >= 300) throw new Error((body as { message: string }).message);
    const [reply] = (Array.isArray(body) ? body : [body]) as readonly Shape[];
    if (status !== 200) {
      expect(reply!["status"]).toBe("Pending");
      await wait(1);
      answer = await ask(address, String(reply!["current"]));
      continue;
    }
    expect(reply!["status"]).toBe("Success");
    const result = reply!["result"] as Shape | undefined;
    if (result === undefined)
      return { message: String(reply!["message"]), rows };
    if (reply!["kind"] === "upsolver_scalar_query_response") {
      const { valueType, value } = result["scalar"] as Shape;
      return { rows: [{ [String(valueType)]: value }] };
    }
    const { columns, data } = result["grid"] as {
      readonly columns: readonly { readonly name: string }[];
      readonly data: readonly (readonly unknown[])[];
    };
    for (const cells of data)
      rows.push(
        Object.fromEntries(columns.map(({ name }, at) => [name, cells[at]])),
      );
    if (result["next"] === undefined) return { rows };
    answer = await ask(address, String(result["next"]));
  }
}

/** As the SDK and dbt's adapter ask. */
const sdk = (sql: string, address = standin.url) =>
  outcome(address, {
    sql,
    preferredQueryEngine: {
      displayName: "Upsolver",
      engine: { clazz: "GetAvailableQueryEnginesUseCase$QueryEngine" },
    },
  });

describe("the command line tool", () => {
  test("finds the address that runs statements at the global one, and runs a statement there", async () => {
    await start();
    const found = await ask(standin.url, "/environments/local-api");
    expect(found.status).toBe(200);
    const { name } = (found.body as { dnsInfo: { name: string } }).dnsInfo;
    // A name with a scheme is used as it is; without one it would be asked by https.
    const address = new URL(name).origin;
    const run = (sql: string) => outcome(address, { sql });
    expect(
      await run(
        "create mongodb connection m connection_string='mongodb://h' user_name = 'u' password = 'p'",
      ),
    ).toEqual({ message: "Connection created successfully", rows: [] });
    expect((await run("drop mongodb connection m;")).message).toBe(
      "Connection dropped successfully",
    );
  });

  test("is refused at every address without the token", async () => {
    await start();
    for (const path of ["/environments/local-api", "/query/1/status"]) {
      const answer = await fetch(`${standin.url}${path}`, {
        headers: { Authorization: "another" },
      });
      expect([answer.status, await answer.text()]).toEqual([403, "null"]);
    }
  });
});

describe("the Python SDK", () => {
  const create =
    "CREATE S3 CONNECTION upsolver_s3 AWS_ROLE = 'arn:aws:iam::949275490180:role/samples' EXTERNAL_ID = 'SAMPLES' READ_ONLY = TRUE;";

  test.each([
    ["at once", {}],
    ["after two polls, in a list of one", { polls: 2, listed: true }],
  ])(
    "creates, shows and drops a connection, answered %s",
    async (_title, options) => {
      await start(options);
      await expect(sdk("DROP CONNECTION upsolver_s3;")).rejects.toThrow(
        "does not exist",
      );
      expect((await sdk(create)).message).toBe(
        "Connection created successfully",
      );
      const { rows } = await sdk("show create connection upsolver_s3;");
      expect(rows).toEqual([{ string: expect.stringContaining("READ_ONLY") }]);
      await sdk("DROP CONNECTION upsolver_s3;");
      expect(
        (await sdk("DROP CONNECTION IF EXISTS upsolver_s3;")).message,
      ).toBe("Operation resulted in no change");
    },
  );

  test("may have an address that ends with a slash", async () => {
    await start({ polls: 1 });
    const { message } = await sdk(create, `${standin.url}/`);
    expect(message).toBe("Connection created successfully");
  });

  test("reads rows page by page, with the type of every column", async () => {
    await start({ pageSize: 2, polls: 1 });
    for (const name of ["a", "b", "c", "d", "e"])
      standin.run(`CREATE S3 CONNECTION ${name}`);
    const { rows } = await sdk(
      "SELECT * FROM system.information_schema.connections LIMIT 4;",
    );
    expect(rows).toEqual([
      { name: "a" },
      { name: "b" },
      { name: "c" },
      { name: "d" },
    ]);
  });

  test.each([
    ["no columns", {}, []],
    ["its columns", { namesEmptyColumns: true }, ["name"]],
  ])("is answered what has no rows with %s", async (_title, options, names) => {
    await start(options);
    const sql = "SELECT name FROM system.information_schema.views";
    const { body } = await ask(standin.url, "query", { sql });
    const { grid } = (body as { result: { grid: Shape } }).result;
    expect(grid["data"]).toEqual([]);
    expect(
      (grid["columns"] as readonly Shape[]).map(({ name }) => name),
    ).toEqual(names);
  });

  test("has a job's statement shown", async () => {
    await start();
    standin.addRelation({ kind: "job", name: "load_orders" });
    const { rows } = await sdk("show create job load_orders;");
    expect(rows).toEqual([{ string: 'CREATE JOB "load_orders"' }]);
    await expect(sdk("show create job another;")).rejects.toThrow(
      "Job another does not exist",
    );
  });
});

describe("the adapter for dbt", () => {
  const comment =
    '/* {"app": "dbt", "dbt_version": "1.5.0", "node_id": "model.e2e.kafka"} */\n\n\n  ';
  const dbt = async (sql: string) => (await sdk(`${comment}${sql}`)).rows;

  const relations = (kind: string) => `
    select
      'default_glue_catalog' as database,
      name,
      'sales' as schema,

        '${kind === "job" ? "incremental" : kind}' as type

    from system.information_schema."${kind}s"
      ${kind === "table" || kind === "view" ? "where schema = 'sales'" : ""}
`;

  beforeEach(async () => {
    await start();
    const place = { catalog: "default_glue_catalog", schema: "sales" };
    standin.addRelation({
      kind: "table",
      ...place,
      name: "orders",
      createdBy: "jane",
      columns: { id: "BIGINT", at: "TIMESTAMP" },
    });
    standin.addRelation({ kind: "table", ...place, name: "clients" });
    standin.addRelation({
      kind: "table",
      ...place,
      schema: "staging",
      name: "raw",
    });
    standin.addRelation({ kind: "view", ...place, name: "totals" });
    standin.addRelation({ kind: "job", name: "load_orders" });
    standin.run("CREATE S3 CONNECTION lake");
  });

  test("tries the connection, with an alias where a limit was meant", async () => {
    expect(
      await dbt("SELECT * FROM system.information_schema.jobs limit1;"),
    ).toEqual([{ name: "load_orders" }]);
  });

  test("lists schemas, each once", async () => {
    const schemas = await dbt(`
      select schema from system.information_schema.tables
      where catalog = 'default_glue_catalog'
      group by 1;
  `);
    expect(schemas).toEqual([{ schema: "sales" }, { schema: "staging" }]);
  });

  test.each([
    ["table", "table", ["orders", "clients"]],
    ["job", "incremental", ["load_orders"]],
    ["connection", "connection", ["lake"]],
    ["view", "view", ["totals"]],
  ])("lists each %s, with literals as columns", async (kind, type, names) => {
    expect(await dbt(relations(kind))).toEqual(
      names.map((name) => ({
        database: "default_glue_catalog",
        name,
        schema: "sales",
        type,
      })),
    );
  });

  test("lists tables and their columns for its documents", async () => {
    const tables =
      await dbt(`SELECT schema, name, created_by, comment, 'table' AS type
    FROM system.information_schema.tables;`);
    expect(tables[0]).toEqual({
      schema: "sales",
      name: "orders",
      created_by: "jane",
      comment: null,
      type: "table",
    });
    const columns = await dbt(`SELECT
        catalog as "table_database",
        schema as "table_schema",
        'orders' as "table_name",
        name as "column_name",
        data_type as "column_type",
        'table' as "table_type",
        'jane' as "table_owner",
        1 as "column_index",
        'None' as "column_comment"
      FROM system.information_schema.columns
      WHERE catalog='default_glue_catalog' AND   schema='sales' AND "table"='orders'`);
    expect(columns).toHaveLength(2);
    expect(columns[1]).toEqual({
      table_database: "default_glue_catalog",
      table_schema: "sales",
      table_name: "orders",
      column_name: "at",
      column_type: "TIMESTAMP",
      table_type: "table",
      table_owner: "jane",
      column_index: "1",
      column_comment: "None",
    });
  });

  test("makes a connection, and alters it the second time", async () => {
    await dbt(`CREATE kafka CONNECTION kafka_orders

        hosts = ('kafka-1:9092', 'kafka-2:9092')
        consumer_properties = '
            bootstrap.servers=kafka-1:9092
            sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="p";
            '
        version = CURRENT
        require_static_ip = True
        topic_display_filters = ('orders')`);
    await dbt(`ALTER kafka CONNECTION kafka_orders

        SET ssl = False
        SET topic_display_filters = ('orders', 'payments')`);
    expect(standin.stored()[1]).toMatchObject({
      type: "KAFKA",
      name: "kafka_orders",
      options: {
        HOSTS: ["kafka-1:9092", "kafka-2:9092"],
        VERSION: "CURRENT",
        REQUIRE_STATIC_IP: true,
        SSL: false,
        TOPIC_DISPLAY_FILTERS: ["orders", "payments"],
      },
    });
  });

  test("quotes the one option that is another connection's name", async () => {
    await dbt(`CREATE glue_catalog CONNECTION catalog
        default_storage_connection = "lake"
        default_storage_location = 's3://bucket/prefix'`);
    await expect(dbt("drop connection lake")).rejects.toThrow(
      "Cannot delete connection due to usages:",
    );
  });

  test("drops materialized views, whatever the relation", async () => {
    const drop =
      'drop materialized view "default_glue_catalog"."sales"."totals"';
    expect((await sdk(`${comment}${drop}`)).message).toBe(
      "Materialized view dropped successfully",
    );
    expect(await dbt(relations("view"))).toEqual([]);
    await expect(dbt(drop)).rejects.toThrow("does not exist");
  });

  test.each([
    [
      "a table that there is not",
      "SELECT * FROM sales.orders LIMIT 10",
      "Table sales.orders does not exist",
    ],
    [
      "a column that there is not",
      "SELECT type FROM system.information_schema.connections",
      "Column type does not exist",
    ],
    [
      "what is no condition, as its columns of a relation are asked for",
      'SELECT * FROM system.information_schema.columns where "schema" = sales',
      "Syntax error",
    ],
  ])("is refused %s", async (_title, sql, message) => {
    await expect(dbt(sql)).rejects.toThrow(message);
  });
});

describe("names", () => {
  const create = 'CREATE S3 CONNECTION "My_Lake"';

  test("keep their letters where they are quoted", async () => {
    await start();
    await sdk(create);
    expect(standin.stored().map(({ name }) => name)).toEqual(["My_Lake"]);
    await expect(sdk("DROP CONNECTION my_lake")).rejects.toThrow(
      "does not exist",
    );
  });

  test("are all folded by a platform that does so, also where they stand for another connection", async () => {
    await start({ foldsNames: true });
    await sdk(create);
    await sdk(
      `CREATE GLUE_CATALOG CONNECTION "Catalog" DEFAULT_STORAGE_CONNECTION = "My_Lake" DEFAULT_STORAGE_LOCATION = 's3://b/P'`,
    );
    const { rows } = await sdk(
      'SELECT name FROM system.information_schema."connections"',
    );
    expect(rows).toEqual([{ name: "catalog" }, { name: "my_lake" }]);
    await expect(sdk("DROP CONNECTION MY_LAKE")).rejects.toThrow(
      "Connection: catalog",
    );
    expect(standin.stored()[1]!.options["DEFAULT_STORAGE_LOCATION"]).toBe(
      "s3://b/P",
    );
  });
});
