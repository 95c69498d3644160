import {
  fieldOf,
  isKnown,
  isObject,
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
  objectOf,
  type Value,
} from "../model";
import { isMap } from "./field-schema";
import { equalInMeaning, type MeaningOptions } from "./normalize";
import { tryFindConnectionType } from "./registry";

/** Of a connection, or of what a deployment sees of one, what decides where its secrets go. */
export interface DestinationOf {
  readonly type: string;
  readonly config: Value;
}

/**
 * The plain fields in which secrets go elsewhere afterwards, sorted; known after
 * apply where none surely does and one may. Between types, whose fields have
 * other names, only what both call the same and holds the same counts as kept.
 */
export function changedDestination(
  before: DestinationOf,
  after: DestinationOf,
  options: Pick<MeaningOptions, "sets"> = {},
): readonly string[] | KnownAfterApply {
  if (after.config === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  const fields = [
    ...new Set([...destinationFields(before), ...destinationFields(after)]),
  ].sort();
  const changed = fields.filter(
    (field) =>
      !equalInMeaning(
        after.type,
        only(before.config, field),
        only(after.config, field),
        options,
      ),
  );
  const surely = changed.filter((field) => isKnown(only(after.config, field)));
  return surely.length > 0 || changed.length === 0 ? surely : KNOWN_AFTER_APPLY;
}

/** Of what no schema describes everything counts. */
function destinationFields({ type, config }: DestinationOf): readonly string[] {
  const found = tryFindConnectionType(type);
  if (found === undefined) return isObject(config) ? Object.keys(config) : [];
  const maps = Object.entries(found.schema.properties)
    .filter(([, schema]) => isMap(schema) && schema.writeOnly !== true)
    .map(([field]) => field);
  return [...found.destinationFields, ...maps];
}

function only(config: Value, field: string): Value {
  const value = isObject(config) ? fieldOf(config, field) : undefined;
  return objectOf<Value>(value === undefined ? [] : [[field, value]]);
}
