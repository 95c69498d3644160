import {
  type Standin,
  type StandinAnswer,
  type StandinRequest,
  type StandinRoute,
  startStandin,
} from "../kit";
import { Refusal } from "./statement-lexer";
import { readStatement } from "./statement-reader";
import type { StoredRelation } from "./information-schema";
import type { Grid } from "./select";
import { upsolverContract } from "./upsolver-contract";
import {
  type Outcome,
  type SecretDisplay,
  type StoredConnection,
  UpsolverStore,
} from "./upsolver-store";

export interface UpsolverStandinOptions {
  /** How often an answer is "Pending" before it is there. @default 0 */
  readonly polls?: number;
  /** Whether the first answer is a list of one. @default false */
  readonly listed?: boolean;
  /** Rows on one page. @default 100 */
  readonly pageSize?: number;
  /** @default "masked" */
  readonly secretDisplay?: SecretDisplay;
  /** Whether SHOW CREATE CONNECTION is known. @default true */
  readonly showsConnections?: boolean;
  /**
   * Whether an answer without rows names its columns. If it did, dbt's adapter
   * could not list relations wherever a kind of them is lacking (its tables of
   * different types do not merge), so that a new schema would not work.
   * @default false
   */
  readonly namesEmptyColumns?: boolean;
  /**
   * Whether names are folded to small letters even where they are quoted: no
   * client of the vendor's quotes them, so that they keep their letters is our
   * inference alone.
   * @default false
   */
  readonly foldsNames?: boolean;
}

export interface UpsolverStandin extends Standin {
  readonly token: string;
  /** Everything that is stored, secrets included. */
  stored(): readonly StoredConnection[];
  /** Lets tables and jobs use a connection. */
  use(name: string, ...usages: readonly string[]): void;
  /** A table, a job or a view that somebody has. */
  addRelation(relation: StoredRelation): void;
  /** Runs a statement past the API, as somebody else does. */
  run(sql: string): void;
}

/** Starts an Upsolver of one's own. */
export async function startUpsolverStandin(
  options: UpsolverStandinOptions = {},
): Promise<UpsolverStandin> {
  const token = "standin-upsolver-token";
  const store = new UpsolverStore();
  store.secretDisplay = options.secretDisplay ?? "masked";
  const answers = new Answers(options);
  const reading = { foldsNames: options.foldsNames };
  const standin: Standin = await startStandin({
    routes: withDoubledSlash([
      { method: "POST", path: "/query", handle: (request) => query(request) },
      {
        method: "GET",
        path: "/query/{id}/status",
        handle: ({ parameters }) => answers.poll(parameters["id"]!),
      },
      {
        method: "GET",
        path: "/query/{id}/rows",
        handle: ({ parameters, query: search }) =>
          answers.page(parameters["id"]!, Number(search.get("offset"))),
      },
      {
        // Asked at the global address, it tells the one that runs statements. Here both are one.
        method: "GET",
        path: "/environments/local-api",
        handle: () =>
          answers.sign({
            status: 200,
            body: { dnsInfo: { name: standin.url } },
          }),
      },
    ]),
    authorize: ({ headers }) =>
      headers["authorization"] === token
        ? undefined
        : answers.sign({ status: 403, body: null }),
    refuse: (status) =>
      answers.sign({ status, body: { message: "The call failed" } }),
    state: {
      save: () => structuredClone({ ...store.connections }),
      restore: (saved) => {
        store.connections = Object.assign(
          Object.create(null) as object,
          structuredClone(saved as Record<string, StoredConnection>),
        );
      },
    },
    contract: upsolverContract,
  });

  function query({ body }: StandinRequest): StandinAnswer {
    const { sql } = body as { readonly sql: string };
    try {
      const statement = readStatement(sql, reading);
      if (
        statement.kind === "show" &&
        statement.what === "CONNECTION" &&
        options.showsConnections === false
      )
        throw new Refusal("Syntax error near: CREATE CONNECTION");
      return answers.first(store.execute(statement));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return answers.refused(error.message);
    }
  }

  return {
    ...standin,
    token,
    stored: () => Object.values(structuredClone({ ...store.connections })),
    use: (name, ...usages) => {
      store.connections[name] = { ...store.connections[name]!, usages };
    },
    addRelation: (relation) => {
      store.relations.push(relation);
    },
    run: (sql) => {
      store.execute(readStatement(sql, reading));
    },
  };
}

/** Where its address ends with a slash, the SDK asks at `//query`. */
function withDoubledSlash(
  routes: readonly StandinRoute[],
): readonly StandinRoute[] {
  return routes.flatMap((route) => [
    route,
    { ...route, path: `/${route.path}` },
  ]);
}

interface Waiting {
  readonly answer: StandinAnswer;
  left: number;
}

/** Answers in all the forms that clients have to cope with. */
class Answers {
  readonly #polls: number;
  readonly #listed: boolean;
  readonly #pageSize: number;
  readonly #namesEmptyColumns: boolean;
  readonly #waiting = new Map<string, Waiting>();
  readonly #grids = new Map<string, Grid>();
  #count = 0;

  constructor(options: UpsolverStandinOptions) {
    this.#polls = options.polls ?? 0;
    this.#listed = options.listed ?? false;
    this.#pageSize = options.pageSize ?? 100;
    this.#namesEmptyColumns = options.namesEmptyColumns ?? false;
  }

  first(outcome: Outcome): StandinAnswer {
    return this.#accepted(this.#done(outcome));
  }

  refused(message: string): StandinAnswer {
    return this.#accepted(this.sign({ status: 400, body: { message } }));
  }

  poll(id: string): StandinAnswer {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined)
      return this.sign({ status: 404, body: { message: "No such statement" } });
    waiting.left -= 1;
    return waiting.left > 0
      ? this.#pending(id, 202)
      : this.sign(waiting.answer);
  }

  page(id: string, offset: number): StandinAnswer {
    const { columns, rows } = this.#grids.get(id) ?? { columns: [], rows: [] };
    const next = offset + this.#pageSize;
    return this.sign({
      status: 200,
      body: {
        status: "Success",
        kind: "upsolver_grid_query_response",
        result: {
          grid: {
            columns:
              rows.length === 0 && !this.#namesEmptyColumns
                ? []
                : columns.map(({ name, clazz }) => ({
                    name,
                    columnType: { clazz },
                  })),
            data: rows.slice(offset, next),
          },
          ...(next < rows.length && {
            next: `query/${id}/rows?offset=${next}`,
          }),
        },
      },
    });
  }

  sign(answer: StandinAnswer): StandinAnswer {
    const id = `request-${String((this.#count += 1))}`;
    return {
      ...answer,
      headers: { ...answer.headers, "x-api-requestid": id },
      // JSON null is a body, too.
      ...(answer.body === null && { text: "null" }),
    };
  }

  #done(outcome: Outcome): StandinAnswer {
    const status = "Success";
    switch (outcome.kind) {
      case "message": {
        const { message } = outcome;
        const kind = "upsolver_query_response";
        return this.sign({ status: 200, body: { status, kind, message } });
      }
      case "scalar": {
        const kind = "upsolver_scalar_query_response";
        const scalar = { valueType: "string", value: outcome.value };
        return this.sign({
          status: 200,
          body: { status, kind, result: { scalar } },
        });
      }
      case "grid": {
        const id = this.#newId();
        this.#grids.set(id, outcome.grid);
        return this.page(id, 0);
      }
    }
  }

  #accepted(answer: StandinAnswer): StandinAnswer {
    if (this.#polls === 0) return this.#asList(answer);
    const id = this.#newId();
    this.#waiting.set(id, { answer, left: this.#polls });
    return this.#asList(this.#pending(id, 201));
  }

  #pending(id: string, status: number): StandinAnswer {
    return this.sign({
      status,
      body: { status: "Pending", current: `/query/${id}/status` },
    });
  }

  #asList(answer: StandinAnswer): StandinAnswer {
    return this.#listed && answer.status < 300
      ? { ...answer, body: [answer.body] }
      : answer;
  }

  #newId(): string {
    return String((this.#count += 1));
  }
}
