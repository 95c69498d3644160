import type { Diagnostic, Secret } from "../diagnostics";
import type { HeaderReader } from "./retry-timing";
import type { UrlParts } from "./request-url";

export type HttpMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One request. Only its method and its path template ever appear in messages and logs. */
export interface HttpRequest extends UrlParts {
  readonly method: HttpMethod;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: HttpHeaders | undefined;
  /**
   * Whether the platform recognises a repetition and gives the first answer
   * again (an idempotency key). GET, HEAD, PUT and DELETE are repeated anyway.
   * @default false
   */
  readonly idempotent?: boolean;
  /**
   * Ends a read at once. A write that was already sent is awaited, and not
   * repeated any more.
   */
  readonly signal?: AbortSignal | undefined;
  /** Whether it changes nothing although it is a POST: a query. It is then treated as a GET. @default false */
  readonly readOnly?: boolean;
  /** What of it is secret, for whoever reads a refusal that may repeat it. Never sent by this. @default nothing */
  readonly secrets?: readonly Secret<unknown>[];
  /** Statuses beyond 2xx that are answers and no failures. @default none */
  readonly expect?: readonly number[];
}

export type HttpHeaders = Readonly<Record<string, string | Secret | undefined>>;

export interface HttpResponse {
  readonly status: number;
  readonly headers: HeaderReader;
  /** The parsed JSON; undefined where there was no body. To be checked before use. */
  readonly body: unknown;
}

/** An answer that says no, as an adapter sees it. */
export interface RefusalAnswer {
  readonly status: number;
  readonly headers: HeaderReader;
  /** The parsed JSON; undefined where there was none, or something else than JSON. */
  readonly body: unknown;
  /** What came where it was not JSON. Platforms quote requests in it, so it is for recognising a refusal and never for a message as it is. */
  readonly text?: string | undefined;
  /** For messages. */
  readonly host: string;
  /** What was sent and is secret, the credentials in the headers included: no message may hold a part of it. */
  readonly secrets: readonly Secret<unknown>[];
}

/** What an adapter reads from an answer in its platform's own format. */
export interface Refusal {
  readonly diagnostics: readonly Diagnostic[];
  /** The platform's own code of the problem. */
  readonly problemCode?: string | undefined;
  /** The platform's name for this exchange, where its answer tells one. @default what the headers tell */
  readonly requestId?: string | undefined;
}

/**
 * Reads the platform's format of errors. A refusal says that the platform itself
 * answered and that the request had no effect; undefined leaves it to the status.
 */
export type RefusalReader = (answer: RefusalAnswer) => Refusal | undefined;

/** Reads never change anything. */
export function isRead({
  method,
  readOnly,
}: Pick<HttpRequest, "method" | "readOnly">): boolean {
  return method === "GET" || method === "HEAD" || readOnly === true;
}
