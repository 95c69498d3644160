import {
  type AttachmentInput,
  attachmentResource,
  connectionKeyOf,
  pageResource,
} from "../../wire";
import {
  ACCOUNT_PATH,
  connectionKeyOfPath,
  ownerOfQuery,
  type OwnerPlace,
  ownerPlaces,
  type Route,
  type RouteRequest,
} from "../route";
import { required } from "./required";

const COLLECTION = `${ACCOUNT_PATH}/attachments`;

const collectionRoutes: readonly Route[] = [
  {
    method: "GET",
    path: COLLECTION,
    operationId: "listAttachments",
    summary: "The attachments of an account's connections",
    access: "read",
    query: ["limit", "cursor", "owner"],
    answer: "Attachment",
    paged: true,
    handle: async (api, request) => {
      const { account, page } = request;
      const owner = ownerOfQuery(request);
      const attachments = await api.attachments.list({
        account,
        owner,
        ...page,
      });
      return { body: pageResource(attachments, attachmentResource) };
    },
  },
  {
    method: "POST",
    path: COLLECTION,
    operationId: "createAttachment",
    summary: "Make a connection available in a workspace",
    access: "write",
    body: "AttachmentInput",
    answer: "Attachment",
    status: 201,
    handle: async (api, request) => {
      const { account, idempotencyKey } = request;
      const { connection, workspace } = request.body<AttachmentInput>();
      const attachment = { connection: connectionKeyOf(connection), workspace };
      const created = await api.attachments.create({
        account,
        attachment,
        idempotencyKey,
      });
      return { body: attachmentResource(created) };
    },
  },
];

export const attachmentRoutes: readonly Route[] = [
  ...collectionRoutes,
  ...ownerPlaces.flatMap(itemRoutes),
];

function itemRoutes({ path, suffix, of }: OwnerPlace): readonly Route[] {
  const item = `${path}/connections/{connection}/attachments/{workspace}`;
  return [
    {
      method: "GET",
      path: item,
      operationId: `getAttachment${suffix}`,
      summary: `One attachment of a connection of ${of}`,
      access: "read",
      answer: "Attachment",
      handle: async (api, request) => ({
        body: attachmentResource(
          required(await api.attachments.tryFind(keyed(request)), "attachment"),
        ),
      }),
    },
    {
      method: "DELETE",
      path: item,
      operationId: `deleteAttachment${suffix}`,
      summary: `Take a connection of ${of} out of a workspace`,
      access: "write",
      handle: async (api, request) => {
        await api.attachments.delete(keyed(request));
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
    key: { connection, workspace: parameters["workspace"] ?? "" },
  };
}
