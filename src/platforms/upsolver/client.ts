import { PatchbayError } from "../../diagnostics";
import type { HttpClient, HttpResponse, Time } from "../../http";
import type { CallOptions, JsonValue } from "../../model";
import { cancelled } from "../kit";
import { readReply, type Result } from "./reply";
import { StatementRefused } from "./errors";

/** As long as Upsolver's own clients wait between two questions, then longer. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

export interface StatementClientOptions {
  readonly http: HttpClient;
  readonly time: Time;
  /** For a statement that was accepted, until it is done. */
  readonly patienceMs: number;
}

export interface WriteStatementOptions {
  /** Whether sending it twice does no more than sending it once. */
  readonly repeatable: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Runs statements, one per request. Rejects with `StatementRefused` where Upsolver says no to one. */
export class StatementClient {
  readonly #options: StatementClientOptions;

  constructor(options: StatementClientOptions) {
    this.#options = options;
  }

  /** One text: what SHOW CREATE answers. */
  async scalar(sql: string, { signal }: CallOptions): Promise<string> {
    const result = await this.#query(sql, signal);
    const value =
      result.kind === "scalar"
        ? result.value
        : result.kind === "rows"
          ? result.rows[0]?.[0]
          : undefined;
    if (typeof value === "string") return value;
    throw unexpected("one text");
  }

  /** The texts in one column of all rows. */
  async column(
    sql: string,
    name: string,
    { signal }: CallOptions,
  ): Promise<readonly string[]> {
    let result = await this.#query(sql, signal);
    const values: JsonValue[] = [];
    const seen = new Set<string>();
    for (;;) {
      if (result.kind !== "rows") throw unexpected("rows");
      const at = result.columns.findIndex(
        (column) => column.toLowerCase() === name,
      );
      if (at < 0 && result.rows.length > 0)
        throw unexpected(`a column ${JSON.stringify(name)}`);
      values.push(...result.rows.map((row) => row[at] ?? null));
      const { next } = result;
      if (next === undefined) break;
      if (seen.has(next)) throw unexpected("another page");
      seen.add(next);
      result = await this.#settled(await this.#get(next, signal), signal);
    }
    if (!values.every((value) => typeof value === "string"))
      throw unexpected("texts only");
    return values;
  }

  /**
   * A statement that changes something. Rejects with `outcome_unknown` where it
   * was accepted and what came of it cannot be found out.
   */
  async execute(sql: string, options: WriteStatementOptions): Promise<void> {
    const response = await this.#post(sql, {
      idempotent: options.repeatable,
      signal: options.signal,
    });
    try {
      // Not cancelled: it was sent, so its outcome is waited for.
      await this.#settled(response, undefined);
    } catch (error) {
      if (
        error instanceof StatementRefused ||
        !(error instanceof PatchbayError)
      )
        throw error;
      throw new PatchbayError({
        code: "outcome_unknown",
        detail: `Upsolver took a statement, but it is not known what came of it. ${error.diagnostics[0]?.detail ?? ""} Plan again; the next plan shows what is there.`,
      });
    }
  }

  async #query(sql: string, signal: AbortSignal | undefined): Promise<Result> {
    return this.#settled(
      await this.#post(sql, { readOnly: true, signal }),
      signal,
    );
  }

  #post(
    sql: string,
    options: {
      readonly readOnly?: boolean;
      readonly idempotent?: boolean;
      readonly signal: AbortSignal | undefined;
    },
  ): Promise<HttpResponse> {
    return this.#options.http.request({
      method: "POST",
      pathTemplate: "/query",
      body: { sql, preferredQueryEngine },
      expect: [400],
      ...options,
    });
  }

  #get(path: string, signal: AbortSignal | undefined): Promise<HttpResponse> {
    return this.#options.http.request({
      method: "GET",
      pathTemplate: "/{statement}",
      path,
      expect: [400],
      signal,
    });
  }

  /** Asks until the statement is done. */
  async #settled(
    first: HttpResponse,
    signal: AbortSignal | undefined,
  ): Promise<Result> {
    const { time, patienceMs } = this.#options;
    const deadline = time.now() + patienceMs;
    let response = first;
    for (let pause = FIRST_PAUSE_MS; ; pause = longer(pause)) {
      const reply = readReply(response);
      if (reply.kind === "refused")
        throw new StatementRefused(reply.words, this.#options.http.secrets);
      if (reply.kind === "done") return reply.result;
      if (time.now() >= deadline) {
        throw new PatchbayError({
          code: "unreachable",
          detail: `The statement was not done within ${Math.round(patienceMs / 1000)} s.`,
        });
      }
      await this.#pause(pause, signal);
      response = await this.#get(reply.path, signal);
    }
  }

  async #pause(milliseconds: number, signal: AbortSignal | undefined) {
    try {
      await this.#options.time.sleep(milliseconds, signal);
    } catch (error) {
      if (signal?.aborted !== true) throw error;
      throw cancelled();
    }
  }
}

/** As Upsolver's own clients send it: without it, another engine may answer. */
const preferredQueryEngine = {
  displayName: "Upsolver",
  engine: { clazz: "GetAvailableQueryEnginesUseCase$QueryEngine" },
};

function longer(pause: number): number {
  return Math.min(LONGEST_PAUSE_MS, pause * 1.5);
}

function unexpected(what: string): PatchbayError {
  return new PatchbayError({
    code: "invalid_answer",
    detail: `The answer to a query is not what was expected: ${what}. Check that "api_url" is an API of Upsolver that runs statements.`,
  });
}
