/**
 * What is declared against what there is: for each kind of object how it is
 * read anew, what is wrong with its declaration, and what will be done to it.
 * Pure: no I/O, no clock, no randomness; of a platform only its `Rules`. Values
 * may be known after apply. Carrying out is apply's business, and how Terraform
 * or a manifest writes things down is the door's.
 */
export {
  connectionDifferences,
  connectionIsAsDeclared,
  inventoryDifferences,
  linkDifferences,
  linkIsAsDeclared,
} from "./as-declared";
export {
  checkAttachment,
  planAttachment,
  refreshedAttachment,
} from "./attachment";
export type {
  AttachmentBefore,
  Before,
  BeforeObjects,
  ConnectionBefore,
  InventoryBefore,
  LinkBefore,
  SecretsBefore,
} from "./before";
export { checkConnection } from "./connection/check-connection";
export {
  planConnection,
  protectionFaults,
  type ReplacedConnection,
  replacedConnection,
} from "./connection/plan-connection";
export {
  refreshedConnection,
  showsAccess,
  shownFolder,
} from "./connection/refreshed-connection";
export {
  jsonObject,
  normalizedSecrets,
  toConnection,
} from "./connection/to-connection";
export type {
  Declared,
  DeclaredObjects,
  DeclaredAccess,
  DeclaredAttachment,
  DeclaredConnection,
  DeclaredInventory,
  DeclaredLink,
  DeclaredSecrets,
  InventoryKind,
  ObjectKind,
  OrLater,
} from "./declared";
export type { PlainChange } from "./field-change";
export type { Identity } from "./child";
export {
  checkInventory,
  formatInventoryId,
  inventoryIdOf,
  inventorySupport,
  parseInventoryId,
  planInventory,
  refreshedInventory,
} from "./inventory";
export { checkLink } from "./link/check-link";
export {
  type LinkToPlan,
  parentChanged,
  planLink,
  sameSeen,
  secretNamesOf,
  typeOf,
} from "./link/plan-link";
export { refreshedLink } from "./link/refreshed-link";
export { normalizedOverrideSecrets, toLink } from "./link/to-link";
export { missingOwner } from "./owner";
export { observedParent } from "./observed-parent";
export type { ObservedSet } from "./observed-set";
export { planSet, type SetPlan } from "./plan-set";
export type {
  Action,
  Parent,
  Planned,
  PlannedAttachment,
  PlannedConnection,
  PlannedInventory,
  PlannedLink,
  PlannedObjects,
  PlannedRemoval,
} from "./planned";
export { type KindTitles, PlannedSet } from "./planned-set";
export {
  declaredConnectionAs,
  declaredLinkAs,
  knownBefore,
  linkKnownBefore,
  rememberedConnection,
  rememberedLink,
} from "./known-as";
export { shownConnection, shownLink } from "./shown";
export { planRemoval } from "./removal";
export { platformFields } from "./connection/platform-fields";
export { type Rules, rulesOf } from "./rules";
export { leaves, type SecretRevisions, seenRevision } from "./secret-revisions";
export {
  nothingRemembered,
  type PlannedSecrets,
  type SecretsMemory,
} from "./secrets";
