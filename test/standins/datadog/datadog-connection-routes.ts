import type { StandinAnswer, StandinRequest, StandinRoute } from "../kit";
import {
  attributesOf,
  connectionError,
  isUuid,
  jsonApi,
} from "./datadog-answers";
import type { DatadogBehaviour } from "./datadog-behaviour";
import {
  answered,
  type AnswerOptions,
  type DatadogState,
  type Fields,
  keptTags,
  madeConnection,
  objectIn,
  patchedIntegration,
  type StoredConnection,
} from "./datadog-store";

export const CONNECTIONS = "/api/v2/actions/connections";

/** Action connections: made, read, changed and deleted by their ids. */
export function connectionRoutes(
  state: () => DatadogState,
  behaviour: DatadogBehaviour,
): readonly StandinRoute[] {
  const path = `${CONNECTIONS}/{connection_id}`;
  const shown = (
    status: number,
    connection: StoredConnection,
    to: AnswerOptions["to"],
  ) => jsonApi(status, answered({ connection, behaviour, to }));
  const found =
    (
      doing: string,
      use: (
        connection: StoredConnection,
        request: StandinRequest,
      ) => StandinAnswer,
    ) =>
    (request: StandinRequest): StandinAnswer => {
      const id = request.parameters["connection_id"]!;
      if (!isUuid(id))
        return connectionError(400, "error connectionId not a valid UUID");
      const connection = state().connections[id.toLowerCase()];
      return connection === undefined
        ? connectionError(
            404,
            `error ${doing} connection: rpc error: code = NotFound desc = connection not found`,
          )
        : use(connection, request);
    };
  return [
    {
      method: "POST",
      path: CONNECTIONS,
      handle: ({ body }) => {
        const attributes = attributesOf(body);
        const integration = objectIn(attributes, "integration");
        const fault = faultOf(attributes, integration);
        if (fault !== undefined) return invalidArgument(fault);
        const made = madeConnection(
          state(),
          attributes["name"] as string,
          keptTags((attributes["tags"] ?? []) as string[], behaviour),
          integration,
        );
        state().connections[made.id] = made;
        return shown(201, made, "create");
      },
    },
    {
      method: "GET",
      path,
      handle: found("getting", (connection) => shown(200, connection, "read")),
    },
    {
      method: "PATCH",
      path,
      // The recorded words say "creating" of an update, too.
      handle: found("creating", (before, { body }) => {
        const attributes = attributesOf(body);
        const patch = objectIn(attributes, "integration");
        if (
          "integration" in attributes &&
          patch["type"] !== before.integration["type"]
        )
          return invalidArgument("integration.type");
        const integration = patchedIntegration(before.integration, patch);
        if (integration === undefined)
          return invalidArgument("nothing of that name to delete");
        const merged: Fields = { name: before.name, ...attributes };
        const fault = faultOf(merged, integration);
        if (fault !== undefined) return invalidArgument(fault);
        const connection: StoredConnection = {
          ...before,
          name: merged["name"] as string,
          tags: keptTags(
            (attributes["tags"] ?? before.tags) as string[],
            behaviour,
          ),
          integration,
          lastUpdated: "2026-11-20 09:00:00.5 +0000 UTC",
        };
        state().connections[before.id] = connection;
        return shown(200, connection, "update");
      }),
    },
    {
      method: "DELETE",
      path,
      handle: found("deleting", ({ id }) => {
        delete state().connections[id];
        delete state().policies[id];
        return { status: 204 };
      }),
    },
  ];
}

function invalidArgument(what: string): StandinAnswer {
  return connectionError(
    400,
    `error creating connection: rpc error: code = InvalidArgument desc = ${what}`,
  );
}

/** What the server itself refuses; the document is the contract's business. */
function faultOf(attributes: Fields, integration: Fields): string | undefined {
  if (typeof attributes["name"] !== "string" || attributes["name"] === "")
    return "name is required";
  const credentials = objectIn(integration, "credentials");
  if (typeof credentials["type"] !== "string")
    return "integration.credentials is required";
  const account = credentials["account_id"];
  if (account !== undefined && !/^\d{12}$/.test(String(account)))
    return `integration.credentials.account_id: ${String(account)}`;
  const names = (credentials["tokens"] ?? []) as readonly Fields[];
  const wrong = names.find(({ name }) => !/^[A-Za-z]\w*$/.test(String(name)));
  return wrong === undefined
    ? undefined
    : `integration.credentials.tokens: ${JSON.stringify(wrong)}`;
}
