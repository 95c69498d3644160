import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import {
  type Diagnostic,
  diagnosticsOf,
  errorDiagnostic,
  PatchbayError,
  Secret,
} from "../../diagnostics";
import { type Log, MAX_NAME_LENGTH } from "../../model";
import type { HubService } from "../hub-service";
import { PROBLEM_CONTENT_TYPE } from "../wire";
import type { TokenScope } from "../token";
import { requireAccess } from "./access";
import { openApiDocument, successStatus } from "./openapi";
import { problemOf, statusOf } from "./problem";
import type { Route } from "./route";
import { accountOf, routeRequestOf } from "./route-request";
import { routes } from "./routes/routes";

export interface HubServerOptions {
  readonly api: HubService;
  readonly log: Log;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
}

const MAX_BODY_BYTES = 1024 * 1024;
/** For a client to send its request; who dribbles is cut off. */
const REQUEST_TIMEOUT_MS = 60_000;
/** A name of four bytes a character, percent-encoded. */
const MAX_PARAMETER_LENGTH = MAX_NAME_LENGTH * 4 * 3;

/** The HTTP server, not listening yet. */
export function createHubServer({
  api,
  log,
  tls,
}: HubServerOptions): FastifyInstance {
  const server = fastify({
    ...(tls && { https: tls }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    exposeHeadRoutes: false,
    // User-chosen keys may have any name; objects are only ever read by their own fields.
    onProtoPoisoning: "ignore",
    onConstructorPoisoning: "ignore",
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    ajv: {
      customOptions: {
        removeAdditional: false,
        useDefaults: false,
        coerceTypes: false,
        allErrors: true,
      },
    },
    frameworkErrors: (error, request, reply) =>
      refuse(request, reply, requestFault(error.statusCode)),
  }) as unknown as FastifyInstance;

  server.addContentTypeParser(
    "application/merge-patch+json",
    { parseAs: "string" },
    server.getDefaultJsonParser("ignore", "ignore"),
  );
  server.setErrorHandler((thrown: unknown, request, reply) =>
    refuse(request, reply, faultsOf(thrown)),
  );
  server.setNotFoundHandler((request, reply) =>
    refuse(request, reply, [noSuchPath()]),
  );
  server.addHook("onResponse", (request, reply, done) => {
    // The route's template, not the address: names stay out of the log, and so does any query.
    const path = request.routeOptions.url ?? "(none)";
    log.debug("request answered", {
      method: request.method,
      path,
      status: reply.statusCode,
    });
    done();
  });

  const document = openApiDocument();
  server.get("/openapi.json", () => document);
  server.get("/healthz", () => ({ status: "ok" }));
  for (const route of routes) addRoute(server, api, route);
  return server;
}

function addRoute(
  server: FastifyInstance,
  api: HubService,
  route: Route,
): void {
  const scopes = new WeakMap<FastifyRequest, TokenScope>();
  server.route({
    method: route.method,
    url: route.path.replaceAll(/\{(\w+)\}/g, ":$1"),
    // Before the body is read.
    onRequest: async (request) => {
      const scope = await requireScope(api, request);
      const { deployment } = request.params as { readonly deployment?: string };
      requireAccess(scope, {
        required: route.access,
        account: accountOf(request),
        deployment,
      });
      scopes.set(request, scope);
    },
    handler: async (request, reply) => {
      const answer = await route.handle(
        api,
        routeRequestOf(route, request, scopes.get(request)!),
      );
      if (answer?.concurrencyToken !== undefined)
        reply.header("etag", `"${answer.concurrencyToken}"`);
      return reply
        .header("cache-control", "no-store")
        .status(successStatus(route))
        .send(answer?.body);
    },
  });
}

async function requireScope(
  api: HubService,
  request: FastifyRequest,
): Promise<TokenScope> {
  const [, token] =
    /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
  const scope =
    token === undefined ? undefined : await api.authenticate(new Secret(token));
  if (scope !== undefined) return scope;
  throw new PatchbayError({
    code: "unauthorized",
    detail:
      token === undefined
        ? 'The request has no token. Send it as "Authorization: Bearer TOKEN"; `patchbay hub token create` makes one.'
        : "The hub does not know this token. Perhaps it was deleted; `patchbay hub token create` makes a new one.",
  });
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  diagnostics: readonly Diagnostic[],
): void {
  const status = statusOf(diagnostics, request.method);
  if (status === 401) void reply.header("www-authenticate", "Bearer");
  if (status === 503) void reply.header("retry-after", "1");
  void reply
    .status(status)
    .header("cache-control", "no-store")
    .header("content-type", PROBLEM_CONTENT_TYPE)
    .send(JSON.stringify(problemOf(diagnostics, status)));
}

function faultsOf(thrown: unknown): readonly Diagnostic[] {
  if (thrown instanceof PatchbayError) return thrown.diagnostics;
  const status = (thrown as { readonly statusCode?: unknown } | undefined)
    ?.statusCode;
  if (typeof status === "number" && status >= 400 && status < 500)
    return requestFault(status);
  return diagnosticsOf(thrown);
}

/** What the framework refuses, in our words: its own may quote the body, and so a secret. */
function requestFault(status: number | undefined): readonly Diagnostic[] {
  const detail =
    status === 413
      ? `The body is larger than ${MAX_BODY_BYTES} bytes. Send less.`
      : status === 415
        ? "The body must be JSON, with the content type application/json."
        : "The request cannot be read: its body must be JSON and its address well formed.";
  return [errorDiagnostic({ code: "invalid_field", detail })];
}

function noSuchPath(): Diagnostic {
  return errorDiagnostic({
    code: "not_found",
    detail:
      "There is nothing at this address. /openapi.json lists what there is.",
  });
}
