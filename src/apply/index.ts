/**
 * Carries out changes through the port, in dependency order, and reads through
 * a snapshot. Knows no platform and no Terraform; decides nothing about what
 * should change (that is plan's).
 */
export { applyStep, type StepOutcome } from "./apply-step";
export { attachmentsOf, linksOf } from "./parts";
export { createOnce, type SafeCreateOptions } from "./safe-create";
export { Snapshot, SnapshotPart } from "./snapshot";
export { createAttachment, createConnection, createLink } from "./write";
