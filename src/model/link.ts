import type { Secret } from "../diagnostics";
import type { Creation } from "./creation";
import type { LinkKey } from "./key";
import type { JsonObject } from "./value";

/** A connection made available in a deployment, as declared. */
export interface Link extends LinkKey {
  /** A JSON Merge Patch over the connection's config; null removes a field. Empty: nothing differs. */
  readonly overrides: JsonObject;
  /** A JSON Merge Patch over the connection's secrets. Undefined leaves what is there as it is. */
  readonly overrideSecrets?: Secret<JsonObject> | undefined;
}

/** A link as the platform shows it now. */
export interface ObservedLink extends LinkKey, Creation {
  /** The platform's own id. */
  readonly platformId: string;
  readonly overrides: JsonObject;
  /** Dotted paths of the overridden secrets, sorted. Undefined where the platform does not tell. */
  readonly overrideSecretFields?: readonly string[] | undefined;
  /** Differs as soon as somebody changed an overridden secret. Undefined where the platform does not tell. */
  readonly overrideSecretsVersion?: number | undefined;
  /** What is stored, in the platform's own form: for its rule `shownLink` alone. Undefined where it has none. */
  readonly stored?: Secret<unknown> | undefined;
  readonly concurrencyToken?: string | undefined;
}
