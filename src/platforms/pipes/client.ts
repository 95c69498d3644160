import { Secret } from "../../diagnostics";
import type { HttpClient, HttpRequest } from "../../http";
import type { CallOptions, JsonObject } from "../../model";
import { allPages, Answer, exchange, unlessGone } from "../kit";
import { pipesAnswers } from "./errors";

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

  /** What is secret of every call, besides its own body. */
  get secrets(): HttpClient["secrets"] {
    return this.#http.secrets;
  }

  /** Undefined only where Pipes itself says that it is not there. */
  tryGet<T>(
    place: Place,
    read: (answer: Answer) => T,
    { signal }: CallOptions = {},
  ): Promise<T | undefined> {
    return unlessGone(
      this.#exchange({ ...place, method: "GET", signal }, read),
    );
  }

  /** All pages. */
  list<T>(
    place: Place,
    read: (item: Answer) => T,
    { signal }: CallOptions = {},
  ): Promise<readonly T[]> {
    return allPages(
      `The pages of ${place.pathTemplate} of Turbot Pipes`,
      (token: string | undefined) =>
        this.#exchange(
          {
            ...place,
            method: "GET",
            query: { limit: PAGE_SIZE, next_token: token },
            signal,
          },
          (page) => ({
            items: (page.optionalList("items") ?? []).map(read),
            next: page.optionalText("next_token"),
          }),
        ),
    );
  }

  /** A write whose answer tells what is there now. */
  write<T>(
    method: "POST" | "PATCH",
    write: PipesWrite,
    read: (answer: Answer) => T,
  ): Promise<T> {
    return this.#exchange(requestOf(method, write), read);
  }

  /** Gone already counts as done. What is answered does not matter: 200, 201 and 204 are all in use. */
  async delete(write: PipesWrite): Promise<void> {
    await unlessGone(this.#http.request(requestOf("DELETE", write)));
  }

  #exchange<T>(request: HttpRequest, read: (answer: Answer) => T): Promise<T> {
    return exchange(this.#http, request, (body) =>
      read(new Answer(body, pipesAnswers)),
    );
  }
}

function requestOf(
  method: HttpRequest["method"],
  { version, repeatable, secrets, ...write }: PipesWrite,
): HttpRequest {
  return {
    ...write,
    method,
    headers: { "if-match": version },
    idempotent: repeatable ?? false,
    secrets: secrets === undefined ? [] : [new Secret(secrets)],
  };
}
