import type { JsonObject } from "../../../model";

/** A connection's fields as Pipes has them, the secret ones apart. */
export interface PipesFields {
  readonly config: JsonObject;
  readonly secrets: JsonObject;
}

/** How a type of the catalogue is held by a plugin of Pipes. */
export interface PipesType {
  /** In the catalogue. */
  readonly type: string;
  /** In Pipes, without its publisher. */
  readonly plugin: string;
  /** The catalogue's fields that the plugin has, each with its name there. Others are refused. */
  readonly fields: Readonly<Record<string, string>>;
  /** Why the others are not there, and what to do, as sentences. */
  readonly otherFields: string;
}
