import { errorDiagnostic, PatchbayError } from "../../diagnostics";
import { ApiError, type HttpClient, type HttpRequest } from "../../http";
import type { CallOptions, JsonObject } from "../../model";
import { itemsIn, objectIn, optionalTextIn } from "./answers";
import { isGone } from "./errors";
import { withoutSecrets } from "./without-secrets";

/** The most that Pipes gives on one page. */
const PAGE_SIZE = 100;

/** An address of the API: as messages show it, and what fills it in. */
export interface Place {
  readonly pathTemplate: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export interface PipesWrite extends Place, CallOptions {
  readonly body?: JsonObject;
  /** The `version_id` that the change was planned against. */
  readonly version?: string | undefined;
  /** Whether sending it twice does no more than sending it once. @default false */
  readonly repeatable?: boolean;
  /** Whether it changes nothing: a test. @default false */
  readonly readOnly?: boolean;
  /** What of the body is secret: never in a message, even where Pipes repeats it. */
  readonly secrets?: JsonObject | undefined;
}

/** The few kinds of call that the API consists of. */
export class PipesCalls {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** Undefined only where Pipes itself says that it is not there. */
  async tryGet<T>(
    place: Place,
    read: (body: JsonObject) => T,
    { signal }: CallOptions = {},
  ): Promise<T | undefined> {
    try {
      const { body } = await this.#http.request({
        ...place,
        method: "GET",
        signal,
      });
      return read(objectIn(body, "the answer"));
    } catch (thrown) {
      if (isGone(thrown)) return undefined;
      throw thrown;
    }
  }

  /** All pages. */
  async list<T>(
    place: Place,
    read: (item: JsonObject) => T,
    { signal }: CallOptions = {},
  ): Promise<readonly T[]> {
    const all: T[] = [];
    const seen = new Set<string>();
    let token: string | undefined;
    do {
      const { body } = await this.#http.request({
        ...place,
        method: "GET",
        query: { limit: PAGE_SIZE, next_token: token },
        signal,
      });
      const page = objectIn(body, "the answer");
      all.push(...itemsIn(page).map((item) => read(objectIn(item, "an item"))));
      token = optionalTextIn(page, "next_token");
      if (token !== undefined && seen.size === seen.add(token).size)
        throw endless(place);
    } while (token !== undefined);
    return all;
  }

  /** A write whose answer tells what is there now. */
  async write<T>(
    method: "POST" | "PATCH",
    write: PipesWrite,
    read: (body: JsonObject) => T,
  ): Promise<T> {
    const body = await this.#send(method, write);
    try {
      return read(objectIn(body, "the answer"));
    } catch (thrown) {
      if (!(thrown instanceof PatchbayError)) throw thrown;
      // Pipes did what it was asked, but not what came of it.
      throw new PatchbayError({
        code: "outcome_unknown",
        detail: `${method} ${write.pathTemplate} was answered, but not as expected. ${thrown.diagnostics[0]?.detail ?? ""} Plan again; the next plan shows what is there.`,
      });
    }
  }

  /** Gone already counts as done. What is answered does not matter: 200, 201 and 204 are all in use. */
  async delete(write: PipesWrite): Promise<void> {
    try {
      await this.#send("DELETE", write);
    } catch (thrown) {
      if (!isGone(thrown)) throw thrown;
    }
  }

  async #send(
    method: HttpRequest["method"],
    { version, repeatable, secrets, ...write }: PipesWrite,
  ): Promise<unknown> {
    try {
      const { body } = await this.#http.request({
        ...write,
        method,
        headers: { "if-match": version },
        idempotent: repeatable ?? false,
      });
      return body;
    } catch (thrown) {
      throw secrets !== undefined && thrown instanceof ApiError
        ? silenced(thrown, secrets)
        : thrown;
    }
  }
}

function silenced(error: ApiError, secrets: JsonObject): ApiError {
  return new ApiError(
    error,
    error.diagnostics.map((diagnostic) =>
      errorDiagnostic({
        ...diagnostic,
        detail: withoutSecrets(diagnostic.detail, secrets),
      }),
    ),
  );
}

function endless({ pathTemplate }: Place): PatchbayError {
  return new PatchbayError({
    code: "invalid_answer",
    detail: `The pages of ${pathTemplate} do not come to an end: Turbot Pipes gave the same next_token twice. Try again later.`,
  });
}
