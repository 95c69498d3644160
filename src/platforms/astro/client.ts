import { PatchbayError, Secret } from "../../diagnostics";
import {
  ApiError,
  createHttpClient,
  type HttpClient,
  type HttpClientOptions,
  type HttpHeaders,
  type HttpRequest,
} from "../../http";
import { type CallOptions, type JsonObject, USER_AGENT } from "../../model";
import { allPages, type Answer, exchange, isGone, unlessGone } from "../kit";
import {
  type AstroDeployment,
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
  /** Sent with every request. @default none */
  readonly ownHeaders?: HttpHeaders;
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
      headers: {
        ...options.ownHeaders,
        authorization: new Secret(`Bearer ${token.reveal().trim()}`),
      },
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
  tryGet(
    id: string,
    { signal }: CallOptions = {},
  ): Promise<EnvironmentObject | undefined> {
    return unlessGone(
      exchange(
        this.#http,
        { method: "GET", ...this.#place(OBJECT, id), signal },
        environmentObjectOf,
      ),
    );
  }

  /** Gives the id, which is all that Astro answers. `secrets` are those in the body. */
  create(
    body: JsonObject,
    secrets: readonly Secret<unknown>[],
    { signal }: CallOptions,
  ): Promise<string> {
    return exchange(
      this.#http,
      { method: "POST", ...this.#place(OBJECTS), body, secrets, signal },
      createdIdOf,
    );
  }

  update(
    id: string,
    body: JsonObject,
    secrets: readonly Secret<unknown>[],
  ): Promise<EnvironmentObject> {
    return exchange(
      this.#http,
      { method: "POST", ...this.#place(OBJECT, id), body, secrets },
      environmentObjectOf,
    );
  }

  /** Gone already counts as done. */
  async delete(id: string): Promise<void> {
    await unlessGone(
      this.#http.request({ method: "DELETE", ...this.#place(OBJECT, id) }),
    );
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

  /**
   * Whether a workspace or a deployment is there: not where Astro itself says so
   * of the id. A token that does not see it is refused, which says nothing.
   */
  async isPresent(
    kind: "workspace" | "deployment",
    id: string,
    options: CallOptions = {},
  ): Promise<boolean> {
    try {
      await this.#http.request({
        method: "GET",
        pathTemplate: `/v1/organizations/{organizationId}/${kind}s/{id}`,
        pathParameters: { organizationId: this.#organizationId, id },
        ...options,
      });
      return true;
    } catch (thrown) {
      if (isGone(thrown)) return false;
      if (thrown instanceof ApiError) return true;
      throw thrown;
    }
  }

  /** Reads all pages. A listing that changed while it was read might lack something, so it is read again. */
  async #all<T extends { readonly id: string }>(
    request: Pick<HttpRequest, "pathTemplate" | "query" | "signal">,
    plural: string,
    read: (item: Answer) => T | undefined,
  ): Promise<readonly T[]> {
    for (let attempt = 1; attempt <= LISTING_ATTEMPTS; attempt++) {
      const pages = await allPages(
        `The pages of ${request.pathTemplate} of Astro`,
        async (offset: number = 0) => {
          const page = await exchange(
            this.#http,
            {
              method: "GET",
              ...request,
              pathParameters: { organizationId: this.#organizationId },
              query: { ...request.query, limit: PAGE_SIZE, offset },
            },
            (body) => pageOf(body, plural, read),
          );
          const next = offset + page.length;
          const isLast = page.length === 0 || next >= page.totalCount;
          return { items: [page], next: isLast ? undefined : next };
        },
      );
      const items = pages.flatMap((page) => page.items);
      const found = new Map(items.map((item) => [item.id, item]));
      const shown = pages.reduce((sum, page) => sum + page.length, 0);
      const ignored = shown - items.length;
      const totalCount = pages.at(-1)?.totalCount ?? 0;
      if (found.size + ignored >= totalCount) return [...found.values()];
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
