import type { ObservedLink } from "../../../model";
import {
  connectionKeyOf,
  type LinkInput,
  linkOf,
  linkResource,
  type OverridesInput,
  overridesInput,
  pageResource,
} from "../../wire";
import {
  ACCOUNT_PATH,
  connectionKeyOfPath,
  ownerOfQuery,
  type OwnerPlace,
  ownerPlaces,
  type Route,
  type RouteAnswer,
  type RouteRequest,
} from "../route";
import { patchOf } from "./patch";
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
    handle: async (api, request) => {
      const { account, page } = request;
      const owner = ownerOfQuery(request);
      const links = await api.links.list({ account, owner, ...page });
      return { body: pageResource(links, linkResource) };
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

function itemRoutes({ path, suffix, of }: OwnerPlace): readonly Route[] {
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
        const patched = patchOf<OverridesInput>(request, "OverridesInput");
        const { concurrencyToken } = request;
        const options = keyed(request);
        return answered(
          await api.links.amend({
            ...options,
            concurrencyToken,
            amend: (current) =>
              linkOf(options.key, patched(overridesInput(current))),
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
  const connection = connectionKeyOfPath(request);
  return {
    account,
    key: { connection, deployment: parameters["deployment"] ?? "" },
  };
}

function answered(link: ObservedLink): RouteAnswer {
  const { concurrencyToken } = link;
  return { body: linkResource(link), concurrencyToken };
}
