import type { Page, PageOptions } from "../../hub";
import { pageOfResource, type PageResource } from "../../hub/wire";
import type { HttpClient, HttpRequest } from "../../http";
import type { CallOptions } from "../../model";
import { exchange, unlessGone } from "../kit";
import { checkShape, type Shape } from "./answer-shape";
import { pageShape } from "./answers";

/** An address of the hub's API: as it is sent, and as messages show it. */
export interface Place {
  readonly path: string;
  readonly pathTemplate: string;
}

/** What an answer must look like, and what becomes of it. */
export interface Expected<Body, T> {
  readonly shape: Shape;
  readonly read: (body: Body) => T;
}

/** The few kinds of call that the hub's API consists of. */
export class HubCalls {
  readonly #http: HttpClient;
  readonly #ids: () => string;

  /** `ids` gives a new idempotency key on every call. */
  constructor(http: HttpClient, ids: () => string) {
    this.#http = http;
    this.#ids = ids;
  }

  async page<Item, T>(
    place: Place & Pick<HttpRequest, "query">,
    options: PageOptions | undefined,
    { shape, read }: Expected<Item, T>,
  ): Promise<Page<T>> {
    const { limit, cursor, signal } = options ?? {};
    const query = { ...place.query, limit, cursor };
    return this.#exchange(
      { ...place, method: "GET", query, signal },
      {
        shape: pageShape(shape),
        read: (body: PageResource<Item>) => pageOfResource(body, read),
      },
    );
  }

  get<Body, T>(
    place: Place,
    options: CallOptions,
    expected: Expected<Body, T>,
  ): Promise<T> {
    return this.#exchange(
      { ...place, method: "GET", signal: options.signal },
      expected,
    );
  }

  /** Undefined only when the hub itself says that it is not there. */
  async tryGet<Body, T>(
    place: Place,
    options: CallOptions,
    expected: Expected<Body, T>,
  ): Promise<T | undefined> {
    return unlessGone(this.get(place, options, expected));
  }

  /** The idempotency key makes it safe to send again. */
  create<Body, T>(
    place: Place & { readonly body: unknown },
    options: CallOptions & { readonly idempotencyKey?: string | undefined },
    expected: Expected<Body, T>,
  ): Promise<T> {
    const headers = {
      "idempotency-key": options.idempotencyKey ?? this.#ids(),
    };
    const { signal } = options;
    return this.#exchange(
      { ...place, method: "POST", headers, idempotent: true, signal },
      expected,
    );
  }

  put<Body, T>(
    place: Place & { readonly body?: unknown },
    options: CallOptions & { readonly concurrencyToken?: string | undefined },
    expected: Expected<Body, T>,
  ): Promise<T> {
    return this.#exchange(
      { ...place, method: "PUT", ...writeOptions(options) },
      expected,
    );
  }

  /** Gone already counts as done. */
  async delete(
    place: Place,
    options: CallOptions & { readonly concurrencyToken?: string | undefined },
  ): Promise<void> {
    await unlessGone(
      this.#http.request({
        ...place,
        method: "DELETE",
        ...writeOptions(options),
      }),
    );
  }

  #exchange<Body, T>(
    request: HttpRequest,
    { shape, read }: Expected<Body, T>,
  ): Promise<T> {
    return exchange(this.#http, request, (body) => {
      checkShape(body, shape);
      return read(body as Body);
    });
  }
}

function writeOptions({
  concurrencyToken,
  signal,
}: CallOptions & { readonly concurrencyToken?: string | undefined }) {
  const headers =
    concurrencyToken === undefined
      ? {}
      : { "if-match": `"${concurrencyToken}"` };
  return { headers, signal };
}
