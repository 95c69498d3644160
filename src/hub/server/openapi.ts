import { PROBLEM_CONTENT_TYPE } from "../wire";
import { queryParameters, type Route } from "./route";
import { routes } from "./routes/routes";
import { type SchemaName, schemas } from "./schemas";

/** The OpenAPI 3.1 document of the HTTP API, made from the routes that the server answers. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Patchbay hub",
      version: "1",
      description:
        "Data connections by natural key. No answer holds a secret, but for a deployment's own token.",
    },
    security: [{ token: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      responses: {
        Problem: {
          description:
            "Refused: what is wrong, where, and what to do (RFC 9457).",
          content: { [PROBLEM_CONTENT_TYPE]: { schema: reference("Problem") } },
        },
      },
    },
  };
}

function operationOf(route: Route) {
  return {
    operationId: route.operationId,
    summary: route.summary,
    parameters: [
      ...pathParameters(route),
      ...queriesOf(route),
      ...headersOf(route),
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: contentOf(route, reference(route.body)),
      },
    }),
    responses: {
      [successStatus(route)]: {
        description: route.summary,
        ...(route.answer && {
          content: { "application/json": { schema: answerSchema(route) } },
        }),
      },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

/** The status of an operation's success. */
export function successStatus({ status, answer }: Route): number {
  return status ?? (answer === undefined ? 204 : 200);
}

function contentOf({ method }: Route, schema: unknown) {
  const type =
    method === "PATCH" ? "application/merge-patch+json" : "application/json";
  return { [type]: { schema } };
}

function answerSchema({ answer, paged }: Route) {
  const item = reference(answer!);
  if (paged !== true) return item;
  return {
    type: "object",
    properties: {
      items: { type: "array", items: item },
      next_cursor: { type: "string" },
    },
    required: ["items"],
    additionalProperties: false,
  };
}

function pathParameters({ path }: Route) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema:
      name === "account_kind"
        ? { type: "string", enum: ["organizations", "users"] }
        : { type: "string" },
  }));
}

function queriesOf({ query = [] }: Route) {
  return query.map((name) => ({
    name,
    in: "query",
    description: queryParameters[name],
    schema:
      name === "limit"
        ? { type: "integer", minimum: 1, maximum: 100 }
        : { type: "string" },
  }));
}

function headersOf({ method, conditional }: Route) {
  const schema = { type: "string" };
  return [
    ...(conditional === true
      ? [
          {
            name: "If-Match",
            in: "header",
            description: "The ETag that the change is based on.",
            schema,
          },
        ]
      : []),
    ...(method === "POST"
      ? [
          {
            name: "Idempotency-Key",
            in: "header",
            description: "Makes the request safe to repeat.",
            schema,
          },
        ]
      : []),
  ];
}

function reference(name: SchemaName) {
  return { $ref: `#/components/schemas/${name}` };
}
