import { Token } from "./framework";
import type { Construct } from "constructs";
import { PatchbayError } from "../diagnostics";
import type { IConnection } from "./connection-like";
import { DeploymentLink, type LinkOptions } from "./deployment-link";
import {
  type IDeployment,
  isPlace,
  type IWorkspace,
  placeOf,
  type Several,
} from "./place";
import {
  type AttachmentOptions,
  WorkspaceAttachment,
} from "./workspace-attachment";

/** Makes the attachment, below the connection. */
export function attach(
  connection: IConnection & Construct,
  workspace: IWorkspace | string,
  { id, ...meta }: AttachmentOptions = {},
): WorkspaceAttachment {
  const child = childId(connection, {
    kind: "workspace",
    place: placeOf(workspace),
    id,
  });
  return new WorkspaceAttachment(connection, child, {
    ...meta,
    connection,
    workspace,
  });
}

/** Makes the link, below the connection. */
export function link(
  connection: IConnection & Construct,
  deployment: IDeployment | string,
  { id, ...rest }: LinkOptions = {},
): DeploymentLink {
  const child = childId(connection, {
    kind: "deployment",
    place: placeOf(deployment),
    id,
  });
  return new DeploymentLink(connection, child, {
    ...rest,
    connection,
    deployment,
  });
}

/** One place, maybe with options; or several. */
export type PlacesOrOptions<T extends IWorkspace | IDeployment, Options> =
  readonly [T | string, Options?] | Several<T>;

/** Makes one for a place, with its options; a list of them for several places. */
export function ofEach<
  T extends IWorkspace | IDeployment,
  Options extends object,
  Made,
>(
  given: PlacesOrOptions<T, Options>,
  make: (place: T | string, options?: Options) => Made,
): Made | readonly Made[] {
  const [first, second] = given;
  return isPlace<T>(second)
    ? (given as Several<T>).map((place) => make(place))
    : make(first, second);
}

interface Child {
  readonly kind: "workspace" | "deployment";
  readonly place: IWorkspace | IDeployment;
  readonly id: string | undefined;
}

/**
 * The construct id of an attachment or a link. It is part of the Terraform
 * address: changing the way it is made would destroy and create again what
 * users have. A fault is thrown at the call that made it.
 */
function childId(connection: IConnection, { kind, place, id }: Child): string {
  const { nameInput } = place;
  const suffix = Token.isUnresolved(nameInput) ? nodeId(place) : nameInput;
  if (id === undefined && suffix === undefined) {
    throw new PatchbayError({
      code: "missing_argument",
      path: ["id"],
      detail: `The name of the ${kind} is known after apply, so it cannot be part of the construct's id. Give one: { id: "${kind}-NAME" }.`,
    });
  }
  const chosen = id ?? `${kind}-${suffix}`;
  const existing = connection.node.tryFindChild(chosen);
  if (existing === undefined) return chosen;
  throw new PatchbayError({
    code: "duplicate_name",
    path: [kind],
    detail: `The connection "${connection.node.path}" already has "${existing.node.path}". Remove one of the two calls${kind === "deployment" ? ", or merge their overrides" : ""}.`,
  });
}

function nodeId(place: IWorkspace | IDeployment): string | undefined {
  return (place as { readonly node?: { readonly id: string } }).node?.id;
}
