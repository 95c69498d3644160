import type { FastifyRequest } from "fastify";
import { didYouMean, PatchbayError } from "../../diagnostics";
import type { Account } from "../account";
import type { TokenScope } from "../token";
import { bodyFaults, type SchemaError } from "./body-faults";
import { type QueryName, type Route, type RouteRequest } from "./route";
import { type SchemaName, schemas } from "./schemas";

const MAX_IDEMPOTENCY_KEY_LENGTH = 255;

/** The request as its operation needs it. Rejects with what is wrong with it. */
export function routeRequestOf(
  route: Route,
  request: FastifyRequest,
  scope: TokenScope,
): RouteRequest {
  const query = queryOf(route, request);
  return {
    account: accountOf(request) ?? { kind: "organization", name: "" },
    parameters: request.params as Record<string, string>,
    query,
    page: {
      limit: query.limit === undefined ? undefined : Number(query.limit),
      cursor: query.cursor,
    },
    scope,
    concurrencyToken:
      route.conditional === true ? concurrencyTokenOf(request) : undefined,
    idempotencyKey:
      route.method === "POST" ? idempotencyKeyOf(request) : undefined,
    body: <T>() => checked<T>(request, route.body!, request.body),
    checked: <T>(schema: SchemaName, document: unknown) =>
      checked<T>(request, schema, document),
  };
}

/** The account in the path; undefined for paths without one. */
export function accountOf(request: FastifyRequest): Account | undefined {
  const { account_kind: kind, account: name } = request.params as Record<
    string,
    string | undefined
  >;
  if (kind === undefined || name === undefined) return undefined;
  if (kind === "organizations") return { kind: "organization", name };
  if (kind === "users") return { kind: "user", name };
  throw new PatchbayError({
    code: "not_found",
    detail: `There is nothing at /v1/${kind}.${didYouMean(kind, ["organizations", "users", "accounts", "tokens"])} Accounts are at /v1/organizations/NAME and /v1/users/NAME.`,
  });
}

function queryOf(
  { query: known = [] }: Route,
  request: FastifyRequest,
): Partial<Record<QueryName, string>> {
  const query: Partial<Record<QueryName, string>> = {};
  for (const [name, value] of Object.entries(
    request.query as Record<string, unknown>,
  )) {
    const parameter = known.find((candidate) => candidate === name);
    if (parameter === undefined || typeof value !== "string") {
      throw new PatchbayError({
        code: "unknown_field",
        path: [name],
        detail:
          parameter === undefined
            ? `There is no query parameter ${JSON.stringify(name)} here.${didYouMean(name, known)}`
            : `The query parameter ${JSON.stringify(name)} is given more than once. Give it once.`,
      });
    }
    query[parameter] = value;
  }
  return query;
}

function concurrencyTokenOf(request: FastifyRequest): string | undefined {
  const header = request.headers["if-match"];
  if (header === undefined || header.trim() === "*") return undefined;
  const match = /^"([^"]*)"$/.exec(header.trim());
  if (match) return match[1];
  throw new PatchbayError({
    code: "invalid_field",
    path: ["If-Match"],
    detail:
      'If-Match must be one ETag as it was given, with its quotes, or "*".',
  });
}

function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const header = request.headers["idempotency-key"];
  if (header === undefined) return undefined;
  if (
    typeof header === "string" &&
    header !== "" &&
    header.length <= MAX_IDEMPOTENCY_KEY_LENGTH
  )
    return header;
  throw new PatchbayError({
    code: "invalid_field",
    path: ["Idempotency-Key"],
    detail: `Idempotency-Key must be one text of 1 to ${MAX_IDEMPOTENCY_KEY_LENGTH} characters.`,
  });
}

function checked<T>(
  request: FastifyRequest,
  name: SchemaName,
  document: unknown,
): T {
  const schema = schemas[name];
  const validate =
    request.getValidationFunction(schema) ??
    request.compileValidationSchema(schema);
  if (validate(document)) return document as T;
  throw new PatchbayError(
    bodyFaults(schema, (validate.errors ?? []) as readonly SchemaError[]),
  );
}
