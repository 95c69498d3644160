import type { Diagnostic, DiagnosticPath } from "../diagnostics";
import type { Value } from "../model";
import type { Before, BeforeObjects } from "./before";
import type {
  DeclaredObjects,
  InventoryKind,
  ObjectKind,
  OrLater,
} from "./declared";
import type { Identity } from "./child";
import type { FieldChange } from "./field-change";
import type { SecretRevisions } from "./secret-revisions";
import type { PlannedSecrets, SecretsMemory } from "./secrets";

/** What is done to an object; `none`: it is as declared. */
export const actions = [
  "none",
  "create",
  "update",
  "replace",
  "delete",
] as const;
export type Action = (typeof actions)[number];

/** What planning one object came to. Frozen data: enough to show the plan, to keep it as Terraform's planned state, and to carry it out. */
export interface PlannedObject<Kind extends ObjectKind> {
  readonly kind: Kind;
  /** The natural key, as text; known after apply as long as a part of it is. */
  readonly id: OrLater<string>;
  readonly action: Action;
  /** Undefined for a creation. */
  readonly before: BeforeObjects[Kind] | undefined;
  readonly declared: DeclaredObjects[Kind];
  /** The fields that differ, before and after; all of them for a creation. */
  readonly fields: readonly FieldChange[];
  /** Arguments whose change takes a new object, as paths; not empty for a replacement only, and then only where it is not the user who asked for it. */
  readonly replacing: readonly DiagnosticPath[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The connection as it will be. */
export interface PlannedConnection extends PlannedObject<"connection"> {
  readonly owner: OrLater<string>;
  readonly type: OrLater<string>;
  /** In the form that the type prescribes; what is not given is left out. */
  readonly config: Value;
  readonly connectionString: OrLater<string> | undefined;
  readonly secrets: PlannedSecrets;
  /** The plain fields by whose change its secrets go elsewhere: why they are sent along; empty where it is made. */
  readonly destination: OrLater<readonly string[]>;
  /** Undefined where nobody has noted them yet, and nothing is sent. */
  readonly secretRevisions: OrLater<SecretRevisions> | undefined;
  readonly memory: SecretsMemory;
  /** The deployments whose link of the same set shows something else for it, by name. Only `planSet` sees links. */
  readonly seenBy?: readonly string[];
}

export interface PlannedAttachment extends PlannedObject<"attachment"> {
  readonly connectionPlatformId: Identity;
  readonly workspacePlatformId: Identity;
}

/** The link as it will be. */
export interface PlannedLink extends PlannedObject<"link"> {
  readonly parent: Parent;
  readonly connectionPlatformId: Identity;
  readonly deploymentPlatformId: Identity;
  readonly attachmentPlatformId: Identity;
  /** In the form that the connection's type prescribes; nulls, which remove, stay. */
  readonly overrides: Value;
  /** What the deployment will see, without secrets; `before.effective` is what it saw. */
  readonly effective: Value;
  /** Of the connection's secrets that it does not override: the last change; undefined where nobody has noted it. */
  readonly seenSecretsRevision: OrLater<number> | undefined;
  readonly secrets: PlannedSecrets;
  /** See `PlannedConnection`: the fields that its deployment sees. */
  readonly destination: OrLater<readonly string[]>;
  /** See `PlannedConnection`. */
  readonly secretRevisions: OrLater<SecretRevisions> | undefined;
  readonly memory: SecretsMemory;
  /** Whether the overrides themselves differ: what the deployment sees may change by the connection alone. */
  readonly overridesChanged: boolean;
}

export interface PlannedInventory extends PlannedObject<InventoryKind> {
  readonly owner: OrLater<string>;
  /** Of a deployment. */
  readonly workspacePlatformId?: Identity;
}

/** By kind. */
export interface PlannedObjects {
  readonly connection: PlannedConnection;
  readonly attachment: PlannedAttachment;
  readonly link: PlannedLink;
  readonly workspace: PlannedInventory;
  readonly deployment: PlannedInventory;
}

export type Planned = PlannedObjects[ObjectKind];

/** An object that is declared no more. */
export interface PlannedRemoval extends Omit<
  PlannedObject<ObjectKind>,
  "before" | "declared"
> {
  readonly action: "delete";
  readonly before: Before;
  readonly declared: undefined;
}

/** The connection that an attachment or a link belongs to, as far as it is known. */
export type Parent =
  | {
      /** It is planned as well: as it will be. */
      readonly kind: "planned";
      readonly type: OrLater<string>;
      readonly config: Value;
      /** Where it is made anew, so is what belongs to an earlier one. */
      readonly platformId: Identity;
      /** What becomes of its secrets. @default nothing */
      readonly secrets?: Pick<
        PlannedSecrets,
        "send" | "revision" | "fields"
      > & {
        readonly revisions: OrLater<SecretRevisions> | undefined;
      };
    }
  | {
      /** It is not planned: as it is. */
      readonly kind: "observed";
      readonly type: string;
      readonly config: Value;
      /** The dotted names of the secrets that are set; undefined where the platform does not tell. */
      readonly secretFields?: readonly string[] | undefined;
      readonly platformId: string;
    }
  /** It is neither planned nor there. */
  | { readonly kind: "absent" }
  /** Which one is meant, or how it is, is known later. */
  | { readonly kind: "not_known" };
