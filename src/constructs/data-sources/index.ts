/**
 * Constructs of the data sources: what the platform shows, for use elsewhere in
 * the tree. Thin: arguments in, references out, as in the provider's schema.
 */
export {
  DataPatchbayConnection,
  type DataPatchbayConnectionProps,
} from "./data-patchbay-connection";
export {
  DataPatchbayConnections,
  type DataPatchbayConnectionsProps,
} from "./data-patchbay-connections";
export { DataPatchbayConnectionTypes } from "./data-patchbay-connection-types";
export {
  DataPatchbayConnectionUsage,
  type DataPatchbayConnectionUsageProps,
} from "./data-patchbay-connection-usage";
export {
  DataPatchbayDeployment,
  type DataPatchbayDeploymentProps,
} from "./data-patchbay-deployment";
export {
  DataPatchbayDeployments,
  type DataPatchbayDeploymentsProps,
} from "./data-patchbay-deployments";
export {
  DataPatchbayEffectiveConnection,
  type DataPatchbayEffectiveConnectionProps,
} from "./data-patchbay-effective-connection";
export {
  DataPatchbayWorkspace,
  type DataPatchbayWorkspaceProps,
} from "./data-patchbay-workspace";
export {
  DataPatchbayWorkspaces,
  type DataPatchbayWorkspacesProps,
} from "./data-patchbay-workspaces";
