/**
 * Patchbay's own backing API. `HubApi` is the contract, `HubService` holds the
 * rules, store/ the SQL, server/ the HTTP server. What opens files or sockets is
 * loaded only when used. Knows nothing of Terraform, of plans, or of other
 * platforms.
 */
export { type Account, isAccount, type ObservedAccount } from "./account";
export type {
  EffectiveConnection,
  EffectiveConnectionWithSecrets,
} from "./effective-connection";
export {
  type AccountOperations,
  type AttachmentOperations,
  type ConnectionOperations,
  type CreateOptions,
  type CreateTokenOptions,
  type DeploymentOperations,
  type HubApi,
  type InAccount,
  type Keyed,
  type KeyedWrite,
  type LinkOperations,
  type ListConnections,
  type ListInAccount,
  type ListOfConnections,
  MAX_PAGE_SIZE,
  type NamedInAccount,
  type Page,
  type PageOptions,
  type TokenOperations,
  type WorkspaceOperations,
} from "./hub-api";
export type { CreatedToken, ObservedToken, TokenScope } from "./token";
export {
  DEFAULT_HUB_PATH,
  type EmbeddedHub,
  openEmbeddedHub,
  type OpenEmbeddedHubOptions,
} from "./embedded-hub";
export { openHubOnFirstWrite } from "./hub-on-first-write";
export {
  type RunningHubServer,
  startHubServer,
  type StartHubServerOptions,
} from "./server/start-hub-server";
