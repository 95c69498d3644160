import { PatchbayError, Secret } from "../../diagnostics";
import {
  ApiError,
  createHttpClient,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
} from "../../http";
import { type CallOptions, type JsonObject, USER_AGENT } from "../../model";
import {
  type AstroDeployment,
  type AstroPage,
  type AstroPlace,
  connectionRowOf,
  createdIdOf,
  deploymentOf,
  type EnvironmentObject,
  environmentObjectOf,
  pageOf,
  workspaceOf,
} from "./answers";
import { readAstroRefusal } from "./errors";

export interface AstroClientOptions {
  /** `https://api.astronomer.io`, without the version. */
  readonly host: string;
  readonly organizationId: string;
  readonly token: Secret;
  readonly log?: HttpClientOptions["log"];
  /** For HTTPS_PROXY and NO_PROXY. @default no proxy */
  readonly environment?: HttpClientOptions["environment"];
  /** For tests: fetch, clock, time-outs, limits. */
  readonly http?: Partial<
    Omit<HttpClientOptions, "baseUrl" | "headers" | "readRefusal">
  >;
}

/** Whose environment objects are meant. */
export interface Scope {
  readonly scope: "WORKSPACE" | "DEPLOYMENT";
  readonly scopeEntityId: string;
}

const OBJECTS = "/v1/organizations/{organizationId}/environment-objects";
const OBJECT = `${OBJECTS}/{environmentObjectId}`;

/** In a second, for each token, as documented. */
const astroRateLimits = { POST: 10, DELETE: 5, GET: 25 };

/** Small enough for the size of an answer, large enough for few calls. */
const PAGE_SIZE = 250;
const LISTING_ATTEMPTS = 3;

/** Astro's API, version 1: the few calls that are needed. */
export class AstroClient {
  readonly #http: HttpClient;
  readonly #organizationId: string;

  constructor(options: AstroClientOptions) {
    const { host, organizationId, token, log } = options;
    this.#organizationId = organizationId;
    this.#http = createHttpClient({
      rateLimits: astroRateLimits,
      environment: options.environment,
      ...options.http,
      baseUrl: host,
      userAgent: USER_AGENT,
      headers: { authorization: new Secret(`Bearer ${token.reveal().trim()}`) },
      credentialAdvice:
        'Check the token in the provider\'s astro block ("token") or in the environment variable ASTRO_API_TOKEN, and that it is one of this organization and not expired.',
      readRefusal: readAstroRefusal,
      log,
    });
  }

  /** All connections of the scope, or the one of that name. Connections that it inherits are not among them. */
  async listConnections(
    { scope, scopeEntityId }: Scope,
    { objectKey, signal }: CallOptions & { readonly objectKey?: string } = {},
  ): Promise<readonly EnvironmentObject[]> {
    const found = await this.#all(
      {
        pathTemplate: OBJECTS,
        query: {
          objectType: "CONNECTION",
          resolveLinked: false,
          [scope === "WORKSPACE" ? "workspaceId" : "deploymentId"]:
            scopeEntityId,
          objectKey,
          sorts: "createdAt:asc",
        },
        signal,
      },
      "environmentObjects",
      connectionRowOf,
    );
    return found.filter(
      (object) =>
        object.scope === scope &&
        object.scopeEntityId === scopeEntityId &&
        (objectKey === undefined || object.objectKey === objectKey),
    );
  }

  /** Undefined only when Astro itself says that it is not there. */
  async tryGet(
    id: string,
    { signal }: CallOptions = {},
  ): Promise<EnvironmentObject | undefined> {
    try {
      const { body } = await this.#http.request({
        method: "GET",
        ...this.#place(OBJECT, id),
        signal,
      });
      return environmentObjectOf(body);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  /** Gives the id, which is all that Astro answers. */
  async create(body: JsonObject, { signal }: CallOptions): Promise<string> {
    const answer = await this.#http.request({
      method: "POST",
      ...this.#place(OBJECTS),
      body,
      signal,
    });
    return afterWrite(() => createdIdOf(answer.body));
  }

  async update(id: string, body: JsonObject): Promise<EnvironmentObject> {
    const answer = await this.#http.request({
      method: "POST",
      ...this.#place(OBJECT, id),
      body,
    });
    return afterWrite(() => environmentObjectOf(answer.body));
  }

  /** Gone already counts as done. */
  async delete(id: string): Promise<void> {
    try {
      await this.#http.request({
        method: "DELETE",
        ...this.#place(OBJECT, id),
      });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  listWorkspaces(options: CallOptions = {}): Promise<readonly AstroPlace[]> {
    return this.#all(
      {
        pathTemplate: "/v1/organizations/{organizationId}/workspaces",
        query: { sorts: "createdAt:asc" },
        ...options,
      },
      "workspaces",
      workspaceOf,
    );
  }

  listDeployments(
    options: CallOptions = {},
  ): Promise<readonly AstroDeployment[]> {
    return this.#all(
      {
        pathTemplate: "/v1/organizations/{organizationId}/deployments",
        query: { sorts: "createdAt:asc" },
        ...options,
      },
      "deployments",
      deploymentOf,
    );
  }

  /** Reads all pages. A listing that changed while it was read might lack something, so it is read again. */
  async #all<T extends { readonly id: string }>(
    request: Pick<HttpRequest, "pathTemplate" | "query" | "signal">,
    plural: string,
    read: (item: JsonObject) => T | undefined,
  ): Promise<readonly T[]> {
    for (let attempt = 1; attempt <= LISTING_ATTEMPTS; attempt++) {
      const found = new Map<string, T>();
      let length = 0;
      let ignored = 0;
      let page: AstroPage<T>;
      do {
        const { body } = await this.#http.request({
          method: "GET",
          ...request,
          pathParameters: { organizationId: this.#organizationId },
          query: { ...request.query, limit: PAGE_SIZE, offset: length },
        });
        page = pageOf(body, plural, read);
        length += page.length;
        ignored += page.length - page.items.length;
        for (const item of page.items) found.set(item.id, item);
      } while (page.length > 0 && length < page.totalCount);
      if (found.size + ignored >= page.totalCount) return [...found.values()];
    }
    throw new PatchbayError({
      code: "platform_failure",
      detail: `Astro's listing of ${plural} changed each time while it was read. Try again.`,
    });
  }

  #place(pathTemplate: string, environmentObjectId = "") {
    const organizationId = this.#organizationId;
    return {
      pathTemplate,
      pathParameters: { organizationId, environmentObjectId },
    };
  }
}

/** Whether Astro itself says that there is no such object. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.problemCode === "not_found";
}

/** The write was accepted, but its answer is not what was expected. */
function afterWrite<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PatchbayError)) throw error;
    throw new PatchbayError({
      code: "outcome_unknown",
      detail: `Astro accepted what was sent, but answered otherwise than expected. ${error.diagnostics[0]?.detail ?? ""} Plan again; the next plan shows what is there.`,
    });
  }
}
