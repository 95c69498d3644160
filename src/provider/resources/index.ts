/**
 * The managed resources: what each decides about values, apart from how
 * Terraform sends them. Everything specific to one resource is in its own file.
 */
import { attachmentResource } from "./attachment-resource";
import { connectionResource } from "./connection/connection-resource";
import { linkResource } from "./link/link-resource";
import { deploymentResource, workspaceResource } from "./places";
import type { Resource } from "./resource";

/** By type name. */
export const resources: ReadonlyMap<string, Resource> = new Map(
  [
    connectionResource,
    attachmentResource,
    linkResource,
    workspaceResource,
    deploymentResource,
  ].map((resource) => [resource.typeName, resource]),
);

export type {
  DeleteRequest,
  PlanAnswer,
  PlanRequest,
  ReadRequest,
  Resource,
  StateAnswer,
  WriteRequest,
} from "./resource";
