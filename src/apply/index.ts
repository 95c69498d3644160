/**
 * Carries out what was planned, through the port, and reads through a snapshot.
 * It plans each object once more, by the same function, now that every value is
 * known, and refuses what no longer fits what the plan said. Knows no platform
 * and no Terraform; decides nothing about what should change (that is plan's).
 */
export { readWithAccess } from "./access";
export { makeAttachment, removeAttachment } from "./attachment";
export {
  type MadeConnection,
  makeConnection,
  removeConnection,
} from "./connection";
export { makeInventory, removeInventory } from "./inventory";
export { makeLink, removeLink } from "./link";
export { Look } from "./look";
export { usageOf } from "./parts";
export type { CreateAnswer, PendingCreates } from "./pending-creates";
export { Snapshot } from "./snapshot";
export type { Place, SentSecrets } from "./step";
export {
  usesOfConnection,
  usesOfDeployment,
  usesOfWorkspace,
  type UsingObject,
} from "./uses";
export { Ownership } from "./whose";
export { WorkInProgress } from "./work-in-progress";
