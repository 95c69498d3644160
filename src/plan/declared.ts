import type { OverrideSecretsPath, SecretsPath } from "../catalog";
import type { Secret } from "../diagnostics";
import type { KnownAfterApply, Value } from "../model";

/**
 * What is declared, as every front door decodes it once: from a Terraform
 * record, a manifest or an import. Any value may be known after apply only;
 * undefined is an argument that is not given.
 */

/** A value, or the word that it is known after apply. */
export type OrLater<T> = T | KnownAfterApply;

/** Secrets as declared, of a connection or of a link's overrides. */
export interface DeclaredSecrets<Argument extends string> {
  /** As written, an object of fields; null: those that are set stay as they are. Only an empty object takes them away. */
  readonly value: Secret<Value>;
  /** How the door calls the argument that gave them: there diagnostics point. */
  readonly argument: Argument;
  /** Where given, secrets are sent again when this text changes, and not when they do. */
  readonly version: OrLater<string> | undefined;
}

export interface DeclaredConnection {
  readonly kind: "connection";
  /** `organization/acme`; undefined where neither the object nor the door says whose it is. */
  readonly owner: OrLater<string> | undefined;
  readonly name: OrLater<string>;
  readonly type: OrLater<string>;
  readonly description: OrLater<string> | undefined;
  /** As written; null where not given. */
  readonly config: Value;
  readonly secrets: DeclaredSecrets<SecretsPath>;
  readonly autoLink: OrLater<boolean> | undefined;
  readonly autoLinkExcept: OrLater<readonly string[]> | undefined;
  readonly access: OrLater<DeclaredAccess> | undefined;
  readonly parent: OrLater<string> | undefined;
  /** `off` or `on_change`. */
  readonly verify: OrLater<string> | undefined;
  readonly deletionProtection: OrLater<boolean> | undefined;
}

/** The lists of principals; a list of which any part is known later is known later. */
export interface DeclaredAccess {
  readonly view: OrLater<readonly string[]> | undefined;
  readonly use: OrLater<readonly string[]> | undefined;
  readonly edit: OrLater<readonly string[]> | undefined;
}

export interface DeclaredAttachment {
  readonly kind: "attachment";
  /** The connection's natural key. */
  readonly connection: OrLater<string>;
  readonly workspace: OrLater<string>;
}

export interface DeclaredLink {
  readonly kind: "link";
  /** The connection's natural key. */
  readonly connection: OrLater<string>;
  readonly deployment: OrLater<string>;
  /** As written; null where not given. A null field removes the connection's. */
  readonly overrides: Value;
  readonly secrets: DeclaredSecrets<OverrideSecretsPath>;
}

/** The kinds of objects that connections are used in, where they are managed as well. */
export type InventoryKind = "workspace" | "deployment";

export interface DeclaredInventory {
  readonly kind: InventoryKind;
  readonly owner: OrLater<string> | undefined;
  readonly name: OrLater<string>;
  /** Of a deployment, by name: the workspace that it runs in. */
  readonly workspace?: OrLater<string> | undefined;
}

/** By kind. */
export interface DeclaredObjects {
  readonly connection: DeclaredConnection;
  readonly attachment: DeclaredAttachment;
  readonly link: DeclaredLink;
  readonly workspace: DeclaredInventory;
  readonly deployment: DeclaredInventory;
}

/** The kinds of objects that are planned. */
export type ObjectKind = keyof DeclaredObjects;

export type Declared = DeclaredObjects[ObjectKind];
