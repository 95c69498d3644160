import type { Checked } from "./checked";
import type { JsonObject } from "./value";

/**
 * How the state of another provider's resource becomes ours, without asking or
 * changing the platform: what `moved { from = pipes_connection.x, to =
 * patchbay_connection.x }` runs.
 */
export interface StateMove {
  /** The end of the provider's source address, whatever registry it came from: `turbot/pipes`. */
  readonly sourceProvider: string;
  /** `pipes_connection` */
  readonly sourceType: string;
  /** `patchbay_connection` */
  readonly targetType: string;
  /**
   * The attributes of the target that the source's state gives, `id` among them.
   * What is left out is null until the next refresh reads it.
   */
  convert(source: JsonObject): Checked<JsonObject>;
}
