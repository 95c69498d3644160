import { connectionStatuses } from "../../model";
import {
  anyObject,
  flag,
  listOf,
  number,
  objectWith,
  oneOf,
  optional,
  type Shape,
  text,
} from "./answer-shape";

/** What the client relies on in each answer of the hub, field by field; the types are in hub/wire. */
export const accountShape: Shape = {
  kind: oneOf(["organization", "user"]),
  name: text,
  platform_id: text,
};

export const workspaceShape: Shape = {
  name: text,
  owner: text,
  platform_id: text,
};

export const deploymentShape: Shape = { ...workspaceShape, workspace: text };

const accessShape: Shape = {
  view: optional(listOf(text)),
  use: optional(listOf(text)),
  edit: optional(listOf(text)),
};

export const connectionShape: Shape = {
  owner: text,
  name: text,
  platform_id: text,
  type: text,
  description: optional(text),
  config: anyObject,
  secret_fields: listOf(text),
  secrets_version: number,
  auto_link: flag,
  auto_link_except: listOf(text),
  access: optional(objectWith(accessShape)),
  status: oneOf(connectionStatuses),
  status_message: optional(text),
  concurrency_token: text,
};

export const statusShape: Shape = {
  status: oneOf(connectionStatuses),
  message: optional(text),
};

export const attachmentShape: Shape = {
  connection: text,
  workspace: text,
  platform_id: text,
};

export const linkShape: Shape = {
  connection: text,
  deployment: text,
  platform_id: text,
  overrides: anyObject,
  override_secret_fields: listOf(text),
  override_secrets_version: number,
  concurrency_token: text,
};

const places = ["owner", "attachment"];
const ways = ["owner", "link", "auto_link"];
export const usageShape: Shape = {
  workspaces: listOf(objectWith({ workspace: text, through: oneOf(places) })),
  deployments: listOf(
    objectWith({ deployment: text, workspace: text, through: oneOf(ways) }),
  ),
};

export const effectiveConnectionShape: Shape = {
  connection: text,
  type: text,
  description: optional(text),
  config: anyObject,
  secret_fields: listOf(text),
  overridden_fields: listOf(text),
  through: oneOf(ways),
  secrets: optional(anyObject),
};

/** The effective connections that a deployment's own token gets. */
export const effectiveConnectionWithSecretsShape: Shape = {
  ...effectiveConnectionShape,
  secrets: anyObject,
};

export const tokenShape: Shape = {
  platform_id: text,
  scope: objectWith({
    kind: oneOf(["admin", "account", "deployment", "read_only"]),
    account: optional(text),
    deployment: optional(text),
  }),
  description: optional(text),
};

export const createdTokenShape: Shape = { ...tokenShape, token: text };

export function pageShape(item: Shape): Shape {
  return { items: listOf(objectWith(item)), next_cursor: optional(text) };
}
