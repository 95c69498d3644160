import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { SqliteDatabase, SqliteStatement } from "./load-sqlite";

/**
 * Kysely over one open SQLite database, with every statement prepared once.
 * Transactions are begun and ended by the store, not through Kysely.
 */
export function sqliteDialect(database: SqliteDatabase): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(database),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class SqliteDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(database: SqliteDatabase) {
    this.#connection = new SqliteConnection(database);
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(this.#connection);
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    return Promise.resolve();
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #database: SqliteDatabase;
  readonly #statements = new Map<
    string,
    { readonly statement: SqliteStatement; readonly gives: "rows" | "count" }
  >();

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  executeQuery<Row>({
    sql,
    parameters,
  }: CompiledQuery): Promise<QueryResult<Row>> {
    const { statement, gives } = this.#prepare(sql);
    if (gives === "rows")
      return Promise.resolve({ rows: statement.all(parameters) as Row[] });
    const { changes } = statement.run(parameters);
    return Promise.resolve({ rows: [], numAffectedRows: BigInt(changes) });
  }

  async *streamQuery<Row>(
    query: CompiledQuery,
  ): AsyncIterableIterator<QueryResult<Row>> {
    const { statement } = this.#prepare(query.sql);
    yield { rows: statement.all(query.parameters) as Row[] };
  }

  #prepare(sql: string) {
    let prepared = this.#statements.get(sql);
    if (prepared === undefined) {
      const statement = this.#database.prepare(sql);
      prepared = { statement, gives: statement.reader ? "rows" : "count" };
      this.#statements.set(sql, prepared);
    }
    return prepared;
  }
}
