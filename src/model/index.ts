/**
 * The words of the design as types and pure functions: owners, connections,
 * attachments, links, overrides, natural keys, effective configuration, and the
 * port (platform.ts). No I/O, no clock, no platform, no Terraform.
 */
export type { Attachment, ObservedAttachment } from "./attachment";
export {
  type Capabilities,
  type Feature,
  featureTitles,
  features,
  hasFeature,
  type PlatformIdentity,
  requireFeature,
  requireOwner,
  requireType,
} from "./capabilities";
export { type Checked, invalid, needed, valid } from "./checked";
export {
  type Access,
  type Connection,
  type ConnectionStatus,
  connectionStatuses,
  type ObservedConnection,
} from "./connection";
export {
  type ConnectionTypeName,
  checkNativeTypeName,
  parseConnectionTypeName,
} from "./connection-type-name";
export type { Creation } from "./creation";
export { effective, overriddenFields } from "./effective";
export { type Folder, folderText, folderTitles, meansFolder } from "./folder";
export {
  type AttachmentKey,
  type ConnectionKey,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  type LinkKey,
  parseAttachmentKey,
  parseConnectionKey,
  parseLinkKey,
} from "./key";
export type { Link, ObservedLink } from "./link";
export { mergePatch } from "./merge-patch";
export { checkName, escapeName, MAX_NAME_LENGTH, readName } from "./name";
export { namedAccess } from "./named-access";
export {
  equalOwners,
  formatOwner,
  type Owner,
  type OwnerKind,
  ownerKinds,
  parseOwner,
} from "./owner";
export type {
  AccessPort,
  AttachmentPort,
  CallOptions,
  KeyedCallOptions,
  KnownCallOptions,
  ConnectionPort,
  InventoryManagementPort,
  InventoryPort,
  LinkPort,
  Log,
  LogFields,
  OpenPlatformOptions,
  Platform,
  PlatformDefinition,
  PlatformSetting,
  UsagePort,
  VerificationOutcome,
  VerificationPort,
  WriteOptions,
} from "./platform";
export { settingText } from "./setting-text";
export type {
  KnownAs,
  PlatformRules,
  ShownFields,
  ShownOverrides,
} from "./platform-rules";
export type { StateMove } from "./state-move";
export {
  type ConnectionUsage,
  type DeploymentUsage,
  inUseDetail,
  type WorkspaceUsage,
} from "./usage";
export {
  canonicalJson,
  equalValues,
  fieldOf,
  isKnown,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
  leafPaths,
  objectOf,
  type Value,
  type ValueObject,
} from "./value";
export { PATCHBAY_VERSION, USER_AGENT } from "./version";
export type {
  Deployment,
  ObservedDeployment,
  ObservedWorkspace,
  Workspace,
} from "./workspace";
export {
  formatFieldPath,
  parseFieldPath,
  splitRemovals,
  type SplitPatch,
  withRemoval,
} from "./removed-fields";
export { isSpellingOf } from "./spelling";
export { valueAt } from "./value-at";
