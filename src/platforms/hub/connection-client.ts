import type {
  AttachmentOperations,
  ConnectionOperations,
  LinkOperations,
} from "../../hub";
import {
  allConnectionsPath,
  attachmentInput,
  attachmentPath,
  attachmentsPath,
  connectionInput,
  connectionPath,
  connectionsPath,
  linkInput,
  linkPath,
  linksPath,
  observedAttachmentOf,
  observedConnectionOf,
  observedLinkOf,
  overridesInput,
  statusPath,
  type StatusResource,
  type UsageResource,
  usagePath,
} from "../../hub/wire";
import { formatOwner } from "../../model";
import {
  attachmentShape,
  connectionShape,
  linkShape,
  statusShape,
  usageShape,
} from "./answers";
import type { HubCalls } from "./calls";

const connection = { shape: connectionShape, read: observedConnectionOf };
const attachment = { shape: attachmentShape, read: observedAttachmentOf };
const link = { shape: linkShape, read: observedLinkOf };

const reportedStatus = {
  shape: statusShape,
  read: ({ status }: StatusResource) => status,
};

/** Connections over HTTP. */
export function connectionsOf(calls: HubCalls): ConnectionOperations {
  const all = (path: string) => ({
    path,
    pathTemplate: "/v1/{owner}/connections",
  });
  const one = (path: string) => ({
    path,
    pathTemplate: "/v1/{owner}/connections/{connection}",
  });
  return {
    list: (options) => {
      const path =
        options.owner === undefined
          ? allConnectionsPath(options.account)
          : connectionsPath(options.account, options.owner);
      return calls.page(
        { ...all(path), query: { type: options.type } },
        options,
        connection,
      );
    },
    tryFind: (options) =>
      calls.tryGet(
        one(connectionPath(options.account, options.key)),
        options,
        connection,
      ),
    create: (options) => {
      const path = connectionsPath(options.account, options.connection.owner);
      const body = connectionInput(options.connection);
      return calls.create({ ...all(path), body }, options, connection);
    },
    update: (options) => {
      const path = connectionPath(options.account, options.key);
      const body = connectionInput(options.connection);
      return calls.put({ ...one(path), body }, options, connection);
    },
    delete: (options) =>
      calls.delete(one(connectionPath(options.account, options.key)), options),
    usage: (options) =>
      calls.get(
        {
          path: usagePath(options.account, options.key),
          pathTemplate: "/v1/{owner}/connections/{connection}/usage",
        },
        options,
        { shape: usageShape, read: (usage: UsageResource) => usage },
      ),
    setStatus: async (options) => {
      const { account, key, status, message, signal } = options;
      const place = {
        path: statusPath(account, key),
        pathTemplate: "/v1/{owner}/connections/{connection}/status",
      };
      const body = { status, message };
      await calls.put({ ...place, body }, { signal }, reportedStatus);
      // The answer holds the status alone.
      return calls.get(one(connectionPath(account, key)), options, connection);
    },
  };
}

/** Workspace attachments over HTTP. */
export function attachmentsOf(calls: HubCalls): AttachmentOperations {
  const all = (path: string) => ({
    path,
    pathTemplate: "/v1/{account}/attachments",
  });
  const one = (path: string) => ({
    path,
    pathTemplate:
      "/v1/{owner}/connections/{connection}/attachments/{workspace}",
  });
  return {
    list: (options) => {
      const query = { owner: options.owner && formatOwner(options.owner) };
      return calls.page(
        { ...all(attachmentsPath(options.account)), query },
        options,
        attachment,
      );
    },
    tryFind: (options) =>
      calls.tryGet(
        one(attachmentPath(options.account, options.key)),
        options,
        attachment,
      ),
    create: (options) => {
      const body = attachmentInput(options.attachment);
      return calls.create(
        { ...all(attachmentsPath(options.account)), body },
        options,
        attachment,
      );
    },
    delete: (options) =>
      calls.delete(one(attachmentPath(options.account, options.key)), options),
  };
}

/** Deployment links over HTTP. */
export function linksOf(calls: HubCalls): LinkOperations {
  const all = (path: string) => ({ path, pathTemplate: "/v1/{account}/links" });
  const one = (path: string) => ({
    path,
    pathTemplate: "/v1/{owner}/connections/{connection}/links/{deployment}",
  });
  return {
    list: (options) => {
      const query = { owner: options.owner && formatOwner(options.owner) };
      return calls.page(
        { ...all(linksPath(options.account)), query },
        options,
        link,
      );
    },
    tryFind: (options) =>
      calls.tryGet(one(linkPath(options.account, options.key)), options, link),
    create: (options) => {
      const body = linkInput(options.link);
      return calls.create(
        { ...all(linksPath(options.account)), body },
        options,
        link,
      );
    },
    update: (options) => {
      const body = overridesInput(options.link);
      return calls.put(
        { ...one(linkPath(options.account, options.link)), body },
        options,
        link,
      );
    },
    delete: (options) =>
      calls.delete(one(linkPath(options.account, options.key)), options),
  };
}
