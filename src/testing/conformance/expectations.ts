import type { Access, JsonObject, JsonValue, Owner } from "../../model";

/**
 * What a platform is expected to hold: the data that the suite works with. It
 * has to be written for each platform, because each has its own types and
 * fields; the behaviour is the same for all. No value in it is a real secret.
 */
export interface PlatformExpectations {
  /** Whose connections the suite makes. */
  readonly owner: Owner;
  /** Somebody else, whose connections must not show up among the owner's. Undefined where the platform has one owner. */
  readonly otherOwner?: Owner | undefined;
  /**
   * What tells one connection from another: its natural key, or only the
   * platform's own id. With the latter, the suite remembers that id.
   * @default "name"
   */
  readonly identity?: "name" | "platform_id";
  /** A connection of one type with every field set that the platform holds. */
  readonly sample: ConnectionSample;
  /** For each top-level config field that can change in place: another value. */
  readonly otherValues: JsonObject;
  /** For each top-level config field that cannot: another value, for a connection that replaces it. @default none */
  readonly replacingValues?: JsonObject;
  /** The config fields that can be removed, each on its own. */
  readonly optionalFields: readonly string[];
  /** Names that the platform must carry unharmed. */
  readonly unusualNames: readonly string[];
  /** Whether a stale concurrency token is refused. */
  readonly concurrencyTokens: boolean;
  /** Feature `access`: two lists of principals that the platform can hold, sorted. */
  readonly access?: { readonly first: Access; readonly second: Access };
  /** Feature `folders`: where connections are put. */
  readonly folders?: FolderExpectations;
  /** Where connections are attached and linked. Undefined where the platform can do neither. */
  readonly places?: PlaceExpectations | undefined;
}

export interface ConnectionSample {
  readonly type: string;
  readonly config: JsonObject;
  readonly secrets: JsonObject;
  /** Dotted paths of `secrets`, sorted. */
  readonly secretFields: readonly string[];
  /** Valid in place of `secrets`, with another value for each field. */
  readonly otherSecrets: JsonObject;
  /** Whether a connection of the type can do without any secret. @default true */
  readonly secretsRemovable?: boolean;
}

/** Paths of two folders of the owner that are there in the platform that `open` gives. */
export interface FolderExpectations {
  readonly first: string;
  readonly second: string;
  /** Whether every other path is a folder, too. @default false */
  readonly anyPath?: boolean;
}

/** Names of workspaces and deployments. The suite makes them where the platform can; elsewhere they are there when it is opened. */
export interface PlaceExpectations {
  /** The organization or user that they belong to. */
  readonly owner: Owner;
  readonly workspace: string;
  readonly otherWorkspace: string;
  /** Where connections are linked. Undefined where the platform has no links. */
  readonly deployments?: DeploymentExpectations | undefined;
}

export interface DeploymentExpectations {
  /** In `workspace`. */
  readonly deployment: string;
  /** In `workspace` as well. */
  readonly secondDeployment: string;
  /** In `otherWorkspace`. */
  readonly otherDeployment: string;
  /** A config field and what a deployment sees in its place. */
  readonly override: {
    readonly field: string;
    readonly value: JsonValue;
    readonly otherValue: JsonValue;
  };
  /** A config field that a deployment can do without. Undefined where an override cannot remove one. */
  readonly removableField?: string | undefined;
  /** Feature `override_secrets`: a merge patch over the secrets, and the dotted paths that it sets. */
  readonly overrideSecrets?:
    | { readonly patch: JsonObject; readonly fields: readonly string[] }
    | undefined;
}
