import type { HeaderReader } from "./retry-timing";

/** What this folder needs of fetch. The global one fits. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchedAnswer>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  /** So that no token leaves for another host. */
  readonly redirect: "manual";
  readonly signal: AbortSignal;
}

/** As soon as the headers are there. Leaving `body` early closes the connection. */
export interface FetchedAnswer {
  readonly status: number;
  readonly headers: HeaderReader;
  readonly body: AsyncIterable<Uint8Array> | null;
}
