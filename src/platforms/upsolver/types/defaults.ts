import { spelledAs, tryFindConnectionType } from "../../../catalog";
import { fieldOf, type JsonObject, objectOf } from "../../../model";
import type { CatalogueTypeName } from "../options/catalogue-types";

/** The configuration without the fields that say what holds without them. */
export function withoutDefaults(type: string, config: JsonObject): JsonObject {
  return spelledAs(type, config, objectOf([])) as JsonObject;
}

/** What the catalogue says that holds where the field is not given. */
export function defaultOf(
  type: CatalogueTypeName,
  field: string,
): string | number | boolean | undefined {
  const fields = tryFindConnectionType(type)?.schema.properties;
  return fields && fieldOf(fields, field)?.default;
}
