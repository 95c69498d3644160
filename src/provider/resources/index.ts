/**
 * The managed resources: how the records that Terraform sends are decoded to
 * what is declared and what was before, and how what was planned and carried
 * out is written down again. Every rule about connections is in plan/ and apply/.
 */
import { attachmentResource } from "./attachment-resource";
import { connectionResource } from "./connection/connection-resource";
import { deploymentResource, workspaceResource } from "./inventory-resource";
import { linkResource } from "./link/link-resource";
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

export { usedElsewhere } from "./in-use";
export type {
  DeleteRequest,
  PlanAnswer,
  PlanRequest,
  ReadRequest,
  Resource,
  StateAnswer,
  WriteRequest,
} from "./resource";
