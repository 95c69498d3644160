import { Kysely } from "kysely";
import {
  loadSqlite,
  type SqliteDatabase,
  type SqliteStatement,
} from "./load-sqlite";
import { migrations, SCHEMA_VERSION } from "./migrations";
import { Mutex } from "./mutex";
import { rowsOf } from "./rows/rows";
import { sqliteDialect } from "./sqlite-driver";
import type { HubStore, Rows } from "./store";
import {
  corrupted,
  isBusy,
  locked,
  storeFailure,
  tooNew,
} from "./store-failures";
import type { Tables } from "./tables";

export interface OpenSqliteStoreOptions {
  /** The database file; made where it is not there. Its directory must exist. */
  readonly path: string;
  /** The `.node` file of SQLite. @default the one of the installed package */
  readonly nativeBinding: string | undefined;
  /** How long to wait for other processes before giving up with `hub_locked`. */
  readonly busyTimeoutMs: number;
}

/** "PaBy": marks a SQLite file as a hub. */
const APPLICATION_ID = 0x50614279;
/** SQLite itself waits this long before it says busy; longer waits do not block the process. */
const BLOCKING_WAIT_MS = 10;
const LONGEST_PAUSE_MS = 25;

/**
 * Opens a SQLite file as the hub's store and brings its tables up to date.
 * Rejects with `hub_not_writable`, `hub_locked`, `hub_too_new`, `hub_corrupted`;
 * then the file is as it was.
 */
export async function openSqliteStore(
  options: OpenSqliteStoreOptions,
): Promise<HubStore> {
  const store = new SqliteStore(options, openDatabase(options));
  try {
    await store.prepare();
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
  return store;
}

function openDatabase({
  path,
  nativeBinding,
}: OpenSqliteStoreOptions): SqliteDatabase {
  const Sqlite = loadSqlite(nativeBinding);
  try {
    return new Sqlite(path, { timeout: BLOCKING_WAIT_MS });
  } catch (thrown) {
    throw storeFailure(thrown, path) ?? thrown;
  }
}

class SqliteStore implements HubStore {
  readonly #options: OpenSqliteStoreOptions;
  readonly #database: SqliteDatabase;
  readonly #rows: Rows;
  readonly #mutex = new Mutex();
  readonly #statements = new Map<string, SqliteStatement>();
  #written = false;

  constructor(options: OpenSqliteStoreOptions, database: SqliteDatabase) {
    this.#options = options;
    this.#database = database;
    this.#rows = rowsOf(
      new Kysely<Tables>({ dialect: sqliteDialect(database) }),
    );
  }

  /** Looks before it touches: a file that is not ours to change stays as it is. */
  async prepare(): Promise<void> {
    const version = await this.#exclusively(async () => {
      const found = this.#checkedVersion();
      this.#database.exec(
        "pragma foreign_keys = on; pragma synchronous = normal",
      );
      if (this.#pragma("journal_mode") !== "wal")
        this.#database.exec("pragma journal_mode = wal");
      return found;
    });
    if (version < SCHEMA_VERSION)
      await this.#transaction("immediate", async () => this.#migrate());
  }

  read<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
    return this.#transaction("deferred", work);
  }

  write<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
    this.#written = true;
    return this.#transaction("immediate", work);
  }

  /** Leaves everything in the one file, so that a copy of it is complete. */
  async close(): Promise<void> {
    await this.#mutex.run(async () => {
      try {
        if (this.#written)
          this.#database.prepare("pragma wal_checkpoint(truncate)").all([]);
      } catch {
        // Somebody else is reading or writing: the last one to close will do it.
      }
      this.#database.close();
    });
  }

  #transaction<T>(
    mode: "deferred" | "immediate",
    work: (rows: Rows) => Promise<T>,
  ): Promise<T> {
    return this.#exclusively(async () => {
      this.#run(`begin ${mode}`);
      try {
        const result = await work(this.#rows);
        this.#run("commit");
        return result;
      } catch (thrown) {
        this.#rollback();
        throw thrown;
      }
    });
  }

  #rollback(): void {
    try {
      this.#run("rollback");
    } catch {
      // SQLite has already rolled back, as it does when the disk fails.
    }
  }

  /** One at a time in this process; waits for other processes without blocking this one. */
  #exclusively<T>(attempt: () => Promise<T>): Promise<T> {
    const { path, busyTimeoutMs } = this.#options;
    return this.#mutex.run(async () => {
      let deadline: AbortSignal | undefined;
      for (;;) {
        try {
          return await attempt();
        } catch (thrown) {
          if (!isBusy(thrown)) throw storeFailure(thrown, path) ?? thrown;
          if (deadline?.aborted === true) throw locked(path, busyTimeoutMs);
          deadline ??= AbortSignal.timeout(busyTimeoutMs);
        }
        await pause(Math.random() * LONGEST_PAUSE_MS);
      }
    });
  }

  #checkedVersion(): number {
    const { path } = this.#options;
    const tables = this.#database
      .prepare("select count(*) as n from sqlite_master")
      .all([]) as { n: number }[];
    const applicationId = this.#pragma("application_id");
    if (tables[0]?.n !== 0 && applicationId !== APPLICATION_ID)
      throw corrupted(path);
    const version = Number(this.#pragma("user_version"));
    if (version > SCHEMA_VERSION)
      throw tooNew(path, { found: version, known: SCHEMA_VERSION });
    return version;
  }

  /** Inside a transaction: another process may have done it in the meantime. */
  #migrate(): void {
    for (const step of migrations.slice(this.#checkedVersion())) {
      for (const statement of step) this.#database.exec(statement);
    }
    this.#database.exec(`pragma user_version = ${SCHEMA_VERSION}`);
    this.#database.exec(`pragma application_id = ${APPLICATION_ID}`);
  }

  /** A statement without rows, prepared once: every transaction has two of them. */
  #run(sql: string): void {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    statement.run([]);
  }

  #pragma(name: string): unknown {
    const [row] = this.#database.prepare(`pragma ${name}`).all([]) as Record<
      string,
      unknown
    >[];
    return row?.[name];
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
