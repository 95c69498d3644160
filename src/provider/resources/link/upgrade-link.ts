import {
  isObject,
  overriddenFields,
  splitRemovals,
  formatFieldPath,
} from "../../../model";
import { valueOf } from "../../state/record";
import {
  type CtyRecord,
  Dynamic,
  isRecord,
  recordOf,
  toDynamic,
  type CtyValue,
} from "../../wire";

/**
 * States of schema version 0: a null in `overrides` removed a field, and
 * `overridden_fields` named plain fields and secrets together.
 */
export function upgradeLink(state: CtyRecord, json: Uint8Array): CtyRecord {
  const overrides = valueOf(state, "overrides");
  const plain = isObject(overrides) ? overriddenFields(overrides) : [];
  const removed = isObject(overrides) ? splitRemovals(overrides).removed : [];
  const names = overriddenFieldsOf(json);
  return recordOf(
    Object.entries({
      ...state,
      ...(removed.length === 0
        ? {}
        : {
            overrides: withoutNulls(state["overrides"] ?? null),
            removed_fields: removed.map(formatFieldPath).sort(),
          }),
      ...(names === undefined
        ? {}
        : {
            override_secret_fields: names.filter(
              (name) => !plain.includes(name),
            ),
          }),
    }),
  );
}

function overriddenFieldsOf(json: Uint8Array): readonly string[] | undefined {
  const raw = JSON.parse(Buffer.from(json).toString("utf8")) as {
    readonly overridden_fields?: unknown;
  };
  const names = raw.overridden_fields;
  return Array.isArray(names)
    ? names.filter((name): name is string => typeof name === "string")
    : undefined;
}

/** Of the record itself, so that what stays keeps its spelling. */
function withoutNulls(value: CtyValue): CtyValue {
  if (!(value instanceof Dynamic)) return value;
  const { value: record } = value;
  return isRecord(record) ? toDynamic(recordWithoutNulls(record)) : value;
}

function recordWithoutNulls(record: CtyRecord): CtyRecord {
  return recordOf(
    Object.entries(record).flatMap(([name, part]): [string, CtyValue][] => {
      if (part === null) return [];
      if (!isRecord(part) || Object.keys(part).length === 0)
        return [[name, part]];
      const inner = recordWithoutNulls(part);
      return Object.keys(inner).length === 0 ? [] : [[name, inner]];
    }),
  );
}
