import type { Owner } from "../../model";
import type { CodeObject } from "./code-value";
import type { WrittenSetting } from "./platform-settings";

/**
 * What shall be written, in no language yet: everything that exists, as it
 * would be declared, with the id that it is imported by.
 */
export interface Declarations {
  readonly platform: string;
  readonly owner: Owner;
  /** The provider's default owner. */
  readonly organization: string | undefined;
  readonly settings: readonly WrittenSetting[];
  readonly workspaces: readonly DeclaredWorkspace[];
  readonly deployments: readonly DeclaredDeployment[];
  readonly connections: readonly DeclaredConnection[];
  /** In the order in which they appear. */
  readonly variables: readonly SecretVariable[];
}

interface Declared {
  readonly importId: string;
}

/** The name of a place, and the declaration of it where there is one. */
export interface PlaceReference {
  readonly name: string;
  readonly isDeclared: boolean;
}

export interface DeclaredWorkspace extends Declared {
  readonly name: string;
  /** Undefined where it is the provider's default. */
  readonly owner: string | undefined;
}

export interface DeclaredDeployment extends DeclaredWorkspace {
  readonly workspace: PlaceReference;
}

export interface DeclaredConnection extends Declared {
  /** The natural key. */
  readonly key: string;
  /** It is declared already: only what belongs to it is written. */
  readonly isManaged: boolean;
  readonly name: string;
  readonly type: string;
  /** Undefined where it is the provider's default. */
  readonly owner: string | undefined;
  /** Path of its folder; undefined at the top level, and where there are none. */
  readonly parent: string | undefined;
  readonly description: string | undefined;
  readonly config: CodeObject;
  /** Undefined: not managed. */
  readonly secrets: CodeObject | undefined;
  readonly autoLink: boolean;
  readonly autoLinkExcept: readonly PlaceReference[];
  /** The lists that name somebody; undefined where none does. */
  readonly access: CodeObject | undefined;
  readonly attachments: readonly DeclaredAttachment[];
  readonly links: readonly DeclaredLink[];
}

export interface DeclaredAttachment extends Declared {
  readonly workspace: PlaceReference;
}

export interface DeclaredLink extends Declared {
  readonly deployment: PlaceReference;
  readonly overrides: CodeObject;
  /** Undefined: not managed. */
  readonly overrideSecrets: CodeObject | undefined;
  /** Names of the workspaces whose attachments it needs. */
  readonly needs: readonly string[];
}

/** A secret, and the variable that shall supply it. */
export interface SecretVariable {
  /** In lower case: `warehouse_password`. */
  readonly name: string;
  /** Natural key of the connection or the link. */
  readonly of: string;
  /** Dotted. */
  readonly field: string;
}
