import {
  type JsonObject,
  type JsonValue,
  mergePatch,
  type ObservedLink,
} from "../../../model";
import {
  connectionKeyOf,
  type LinkInput,
  linkOf,
  linkResource,
  type OverridesInput,
  overridesInput,
  ownerOf,
  pageResource,
} from "../../wire";
import {
  ACCOUNT_PATH,
  ownerOfPath,
  ownerPlaces,
  type Route,
  type RouteAnswer,
  type RouteRequest,
} from "../route";
import { required } from "./required";

const COLLECTION = `${ACCOUNT_PATH}/links`;

const collectionRoutes: readonly Route[] = [
  {
    method: "GET",
    path: COLLECTION,
    operationId: "listLinks",
    summary: "The links of an account's connections",
    access: "read",
    query: ["limit", "cursor", "owner"],
    answer: "Link",
    paged: true,
    handle: async (api, { account, page, query }) => {
      const owner =
        query.owner === undefined ? undefined : ownerOf(query.owner);
      return {
        body: pageResource(
          await api.links.list({ account, owner, ...page }),
          linkResource,
        ),
      };
    },
  },
  {
    method: "POST",
    path: COLLECTION,
    operationId: "createLink",
    summary: "Make a connection available in a deployment",
    access: "write",
    body: "LinkInput",
    answer: "Link",
    status: 201,
    handle: async (api, request) => {
      const { account, idempotencyKey } = request;
      const body = request.body<LinkInput>();
      const key = {
        connection: connectionKeyOf(body.connection),
        deployment: body.deployment,
      };
      return answered(
        await api.links.create({
          account,
          link: linkOf(key, body),
          idempotencyKey,
        }),
      );
    },
  },
];

export const linkRoutes: readonly Route[] = [
  ...collectionRoutes,
  ...ownerPlaces.flatMap(itemRoutes),
];

function itemRoutes({
  path,
  suffix,
  of,
}: (typeof ownerPlaces)[number]): readonly Route[] {
  const item = `${path}/connections/{connection}/links/{deployment}`;
  return [
    {
      method: "GET",
      path: item,
      operationId: `getLink${suffix}`,
      summary: `One link of a connection of ${of}`,
      access: "read",
      answer: "Link",
      handle: async (api, request) =>
        answered(required(await api.links.tryFind(keyed(request)), "link")),
    },
    {
      method: "PUT",
      path: item,
      operationId: `replaceLink${suffix}`,
      summary: `Make the overrides of a link be as declared; override secrets that are absent stay as they are`,
      access: "write",
      body: "OverridesInput",
      answer: "Link",
      conditional: true,
      handle: async (api, request) => {
        const { account, concurrencyToken } = request;
        const link = linkOf(keyed(request).key, request.body<OverridesInput>());
        return answered(
          await api.links.update({ account, link, concurrencyToken }),
        );
      },
    },
    {
      method: "PATCH",
      path: item,
      operationId: `changeLink${suffix}`,
      summary: `Change some overrides of a link: a JSON Merge Patch`,
      access: "write",
      body: "MergePatch",
      answer: "Link",
      conditional: true,
      handle: async (api, request) => {
        const patch = request.body<JsonObject>();
        const { concurrencyToken } = request;
        const options = keyed(request);
        return answered(
          await api.links.amend({
            ...options,
            concurrencyToken,
            amend: (current) => {
              const document = mergePatch(
                documentOf(overridesInput(current)),
                patch,
              );
              return linkOf(
                options.key,
                request.checked<OverridesInput>("OverridesInput", document),
              );
            },
          }),
        );
      },
    },
    {
      method: "DELETE",
      path: item,
      operationId: `deleteLink${suffix}`,
      summary: `Take a connection of ${of} out of a deployment`,
      access: "write",
      conditional: true,
      handle: async (api, request) => {
        const { concurrencyToken } = request;
        await api.links.delete({ ...keyed(request), concurrencyToken });
        return undefined;
      },
    },
  ];
}

function keyed(request: RouteRequest) {
  const { account, parameters } = request;
  const connection = {
    owner: ownerOfPath(request),
    name: parameters["connection"] ?? "",
  };
  return {
    account,
    key: { connection, deployment: parameters["deployment"] ?? "" },
  };
}

function answered(link: ObservedLink): RouteAnswer {
  const { concurrencyToken } = link;
  return { body: linkResource(link), concurrencyToken };
}

/** As JSON would carry it: without what is not set. */
function documentOf(input: OverridesInput): JsonValue {
  return JSON.parse(JSON.stringify(input)) as JsonValue;
}
