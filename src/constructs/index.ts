/**
 * The construct library: connections, attachments, links, workspaces,
 * deployments and data sources as CDKTF constructs, typed connections from the
 * catalogue, secrets by reference, and the vendoring of the provider.
 *
 * The only folder that imports cdktf. Decides nothing that the provider decides
 * too: it checks with the catalogue and the model, and writes cdk.tf.json.
 */
export { Connection, type ConnectionProps } from "./connection";
export type { DeclaredFields, IConnection } from "./connection-like";
export {
  DataPatchbayConnection,
  type DataPatchbayConnectionProps,
  DataPatchbayConnections,
  type DataPatchbayConnectionsProps,
  DataPatchbayConnectionTypes,
  DataPatchbayConnectionUsage,
  type DataPatchbayConnectionUsageProps,
  DataPatchbayDeployment,
  type DataPatchbayDeploymentProps,
  DataPatchbayDeployments,
  type DataPatchbayDeploymentsProps,
  DataPatchbayEffectiveConnection,
  type DataPatchbayEffectiveConnectionProps,
  DataPatchbayWorkspace,
  type DataPatchbayWorkspaceProps,
  DataPatchbayWorkspaces,
  type DataPatchbayWorkspacesProps,
} from "./data-sources";
export { Deployment, type DeploymentProps } from "./deployment";
export {
  DeploymentLink,
  type DeploymentLinkProps,
  type LinkOptions,
} from "./deployment-link";
export {
  type EmbeddedHub,
  type HubServer,
  PatchbayProvider,
  type PatchbayProviderProps,
} from "./patchbay-provider";
export type { IDeployment, IWorkspace } from "./place";
export {
  type ConnectionAccess,
  ConnectionResource,
  type ConnectionResourceConfig,
} from "./resources/connection-resource";
export {
  DeploymentLinkResource,
  type DeploymentLinkResourceConfig,
  type LinkOverrides,
} from "./resources/deployment-link-resource";
export {
  DeploymentResource,
  type DeploymentResourceConfig,
} from "./resources/deployment-resource";
export type { MetaArguments } from "./resources/provider-binding";
export {
  WorkspaceAttachmentResource,
  type WorkspaceAttachmentResourceConfig,
} from "./resources/workspace-attachment-resource";
export {
  WorkspaceResource,
  type WorkspaceResourceConfig,
} from "./resources/workspace-resource";
export {
  Secret,
  type SecretOptions,
  type SecretVariableOptions,
} from "./secret";
export type { SecretFields, SecretValue } from "./secret-fields";
export {
  AmazonS3Connection,
  type AmazonS3ConnectionProps,
  type AmazonS3Fields,
  type AmazonS3Secrets,
  ElasticsearchConnection,
  type ElasticsearchConnectionProps,
  type ElasticsearchFields,
  type ElasticsearchSecrets,
  GenericConnection,
  type GenericConnectionProps,
  type GenericFields,
  type GenericSecrets,
  HttpConnection,
  type HttpConnectionProps,
  type HttpFields,
  type HttpSecrets,
  KafkaConnection,
  type KafkaConnectionProps,
  type KafkaFields,
  type KafkaSecrets,
  MysqlConnection,
  type MysqlConnectionProps,
  type MysqlFields,
  type MysqlSecrets,
  PostgresqlConnection,
  type PostgresqlConnectionProps,
  type PostgresqlFields,
  type PostgresqlSecrets,
  SnowflakeConnection,
  type SnowflakeConnectionProps,
  type SnowflakeFields,
  type SnowflakeSecrets,
} from "./typed/index.generated";
export {
  type Overrides,
  TypedConnection,
  type TypedConnectionProps,
  type TypedLinkOptions,
} from "./typed/typed-connection";
export type { UserObject, UserValue } from "./user-value";
export { Workspace, type WorkspaceProps } from "./workspace";
export {
  type AttachmentOptions,
  WorkspaceAttachment,
  type WorkspaceAttachmentProps,
} from "./workspace-attachment";
