import type { ObservedConnection } from "../../../model";
import {
  type ConnectionInput,
  connectionInput,
  connectionOf,
  connectionResource,
  pageResource,
  type StatusResource,
} from "../../wire";
import {
  ACCOUNT_PATH,
  connectionKeyOfPath,
  ownerOfPath,
  type OwnerPlace,
  ownerPlaces,
  type Route,
  type RouteAnswer,
  type RouteRequest,
} from "../route";
import { patchOf } from "./patch";
import { required } from "./required";

const allConnections: Route = {
  method: "GET",
  path: `${ACCOUNT_PATH}/all-connections`,
  operationId: "listAllConnections",
  summary:
    "The connections of an account, of its workspaces and of its deployments",
  access: "read",
  query: ["limit", "cursor", "type"],
  answer: "Connection",
  paged: true,
  handle: async (api, { account, page, query }) => ({
    body: pageResource(
      await api.connections.list({ account, ...page, type: query.type }),
      connectionResource,
    ),
  }),
};

export const connectionRoutes: readonly Route[] = [
  allConnections,
  ...ownerPlaces.flatMap(routesOf),
];

function routesOf({ path, suffix, of }: OwnerPlace): readonly Route[] {
  const collection = `${path}/connections`;
  const item = `${collection}/{connection}`;
  return [
    {
      method: "GET",
      path: collection,
      operationId: `listConnections${suffix}`,
      summary: `The connections of ${of} itself`,
      access: "read",
      query: ["limit", "cursor", "type"],
      answer: "Connection",
      paged: true,
      handle: async (api, request) => {
        const { account, page, query } = request;
        const owner = ownerOfPath(request);
        const connections = await api.connections.list({
          account,
          owner,
          ...page,
          type: query.type,
        });
        return { body: pageResource(connections, connectionResource) };
      },
    },
    {
      method: "POST",
      path: collection,
      operationId: `createConnection${suffix}`,
      summary: `Create a connection of ${of}`,
      access: "write",
      body: "ConnectionInput",
      answer: "Connection",
      status: 201,
      handle: async (api, request) => {
        const { account, idempotencyKey } = request;
        const connection = connectionOf(
          ownerOfPath(request),
          request.body<ConnectionInput>(),
        );
        return answered(
          await api.connections.create({ account, connection, idempotencyKey }),
        );
      },
    },
    {
      method: "GET",
      path: item,
      operationId: `getConnection${suffix}`,
      summary: `One connection of ${of}`,
      access: "read",
      answer: "Connection",
      handle: async (api, request) =>
        answered(
          required(await api.connections.tryFind(keyed(request)), "connection"),
        ),
    },
    {
      method: "PUT",
      path: item,
      operationId: `replaceConnection${suffix}`,
      summary: `Make a connection of ${of} be as declared; secrets that are absent stay as they are`,
      access: "write",
      body: "ConnectionInput",
      answer: "Connection",
      conditional: true,
      handle: async (api, request) => {
        const connection = connectionOf(
          ownerOfPath(request),
          request.body<ConnectionInput>(),
        );
        const { concurrencyToken } = request;
        return answered(
          await api.connections.update({
            ...keyed(request),
            connection,
            concurrencyToken,
          }),
        );
      },
    },
    {
      method: "PATCH",
      path: item,
      operationId: `changeConnection${suffix}`,
      summary: `Change some fields of a connection of ${of}: a JSON Merge Patch`,
      access: "write",
      body: "MergePatch",
      answer: "Connection",
      conditional: true,
      handle: async (api, request) => {
        const patched = patchOf<ConnectionInput>(request, "ConnectionInput");
        const { concurrencyToken } = request;
        return answered(
          await api.connections.amend({
            ...keyed(request),
            concurrencyToken,
            amend: (current) =>
              connectionOf(current.owner, patched(connectionInput(current))),
          }),
        );
      },
    },
    {
      method: "DELETE",
      path: item,
      operationId: `deleteConnection${suffix}`,
      summary: `Delete a connection of ${of} that is not in use`,
      access: "write",
      conditional: true,
      handle: async (api, request) => {
        const { concurrencyToken } = request;
        await api.connections.delete({ ...keyed(request), concurrencyToken });
        return undefined;
      },
    },
    {
      method: "GET",
      path: `${item}/usage`,
      operationId: `getUsage${suffix}`,
      summary: `Where a connection of ${of} is used`,
      access: "read",
      answer: "Usage",
      handle: async (api, request) => ({
        body: await api.connections.usage(keyed(request)),
      }),
    },
    {
      method: "GET",
      path: `${item}/status`,
      operationId: `getStatus${suffix}`,
      summary: `How a connection of ${of} is doing`,
      access: "read",
      answer: "Status",
      handle: async (api, request) =>
        statusOf(
          required(await api.connections.tryFind(keyed(request)), "connection"),
        ),
    },
    {
      method: "PUT",
      path: `${item}/status`,
      operationId: `reportStatus${suffix}`,
      summary: `Report how a connection of ${of} is doing`,
      access: "write",
      body: "Status",
      answer: "Status",
      handle: async (api, request) => {
        const { status, message } = request.body<StatusResource>();
        return statusOf(
          await api.connections.setStatus({
            ...keyed(request),
            status,
            message: message ?? undefined,
          }),
        );
      },
    },
  ];
}

function keyed(request: RouteRequest) {
  return { account: request.account, key: connectionKeyOfPath(request) };
}

function answered(connection: ObservedConnection): RouteAnswer {
  const { concurrencyToken } = connection;
  return { body: connectionResource(connection), concurrencyToken };
}

function statusOf({ status, statusMessage }: ObservedConnection): RouteAnswer {
  const body: StatusResource = { status, message: statusMessage };
  return { body };
}
