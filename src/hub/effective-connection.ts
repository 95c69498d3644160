import type { Secret } from "../diagnostics";
import type { ConnectionKey, DeploymentUsage, JsonObject } from "../model";

/** A connection as one deployment sees it: overrides merged in. */
export interface EffectiveConnection {
  readonly connection: ConnectionKey;
  readonly type: string;
  readonly description?: string | undefined;
  readonly config: JsonObject;
  /** Dotted paths of the secrets that are set after the overrides, sorted. */
  readonly secretFields: readonly string[];
  /** Dotted paths in which it differs from the connection itself, those of secrets included, sorted. */
  readonly overriddenFields: readonly string[];
  readonly through: DeploymentUsage["through"];
}

/** The same for the deployment itself. */
export interface EffectiveConnectionWithSecrets extends EffectiveConnection {
  readonly secrets: Secret<JsonObject>;
}
