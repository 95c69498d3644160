import type { Access, ConnectionStatus, Value } from "../model";
import type { InventoryKind, ObjectKind } from "./declared";

/**
 * What was there before: from Terraform's state or from the platform's answer,
 * the same type. States that were just imported, moved from another provider or
 * written by an older version have holes, which are undefined.
 */

export interface ConnectionBefore {
  readonly kind: "connection";
  /** The natural key; undefined right after an import by the platform's own id. */
  readonly id: string | undefined;
  readonly owner: string | undefined;
  readonly name: string | undefined;
  /** Undefined: only who is meant is known, and everything that there is is taken over. */
  readonly type: string | undefined;
  readonly platformId: string | undefined;
  readonly description: string | undefined;
  readonly config: Value;
  readonly autoLink: boolean | undefined;
  /** Undefined and empty mean the same. */
  readonly autoLinkExcept: readonly string[] | undefined;
  /** Undefined where it is left to the platform. */
  readonly access: Access | undefined;
  /** The folder's path or id, `/` for the top; undefined where it is left to the platform. */
  readonly parent: string | undefined;
  readonly status: ConnectionStatus | undefined;
  readonly statusMessage: string | undefined;
  readonly secrets: SecretsBefore;
  /** Undefined where nothing keeps what only we know: then it is no difference. */
  readonly ours: OurArguments | undefined;
  readonly concurrencyToken: string | undefined;
}

/** The arguments that no platform stores. */
export interface OurArguments {
  readonly verify: string | undefined;
  readonly deletionProtection: boolean | undefined;
}

export interface SecretsBefore {
  /** The dotted names of those that are set, sorted. */
  readonly fields: readonly string[] | undefined;
  /** Grows with every change; 0: never sent, or no longer there as sent. */
  readonly revision: number;
  /** Of each of them. @default nobody has noted them yet */
  readonly revisions?: Readonly<Record<string, number>> | undefined;
}

export interface AttachmentBefore {
  readonly kind: "attachment";
  readonly id: string | undefined;
  /** The connection's natural key. */
  readonly connection: string | undefined;
  readonly workspace: string | undefined;
  readonly platformId: string | undefined;
  readonly connectionPlatformId: string | undefined;
  readonly workspacePlatformId: string | undefined;
}

export interface LinkBefore {
  readonly kind: "link";
  readonly id: string | undefined;
  /** The connection's natural key. */
  readonly connection: string | undefined;
  readonly deployment: string | undefined;
  readonly platformId: string | undefined;
  readonly connectionPlatformId: string | undefined;
  readonly deploymentPlatformId: string | undefined;
  /** Of the attachment that it goes through; undefined also where the platform has none. */
  readonly attachmentPlatformId: string | undefined;
  readonly overrides: Value;
  /** What the deployment saw; null where nobody has looked. */
  readonly effective: Value;
  /** Of the connection's secrets that it does not override: the last change. @default nobody has noted it yet */
  readonly seenSecretsRevision?: number | undefined;
  readonly secrets: SecretsBefore;
  readonly concurrencyToken: string | undefined;
}

export interface InventoryBefore {
  readonly kind: InventoryKind;
  readonly id: string | undefined;
  readonly owner: string | undefined;
  readonly name: string | undefined;
  readonly platformId: string | undefined;
  /** Of a deployment. */
  readonly workspace?: string | undefined;
  /** The same. */
  readonly workspacePlatformId?: string | undefined;
}

/** By kind. */
export interface BeforeObjects {
  readonly connection: ConnectionBefore;
  readonly attachment: AttachmentBefore;
  readonly link: LinkBefore;
  readonly workspace: InventoryBefore;
  readonly deployment: InventoryBefore;
}

export type Before = BeforeObjects[ObjectKind];
