import type { DiagnosticPath } from "../diagnostics";
import {
  isObject,
  KNOWN_AFTER_APPLY,
  type Value,
  type ValueObject,
} from "../model";
import type { Fault } from "./fault";
import { type FieldSchema, type FieldSet, schemaOfField } from "./field-schema";

/** Whether something is given: a field that is known after apply may turn out to be null. */
type Presence = "given" | "absent" | "known_after_apply";

/**
 * What is missing and what excludes each other, at every depth. Only what is
 * certain: a field that is not known until apply causes no fault, whichever
 * way it turns out.
 */
export function presenceFaults(
  schema: FieldSchema,
  value: Value,
  path: DiagnosticPath = [],
): readonly Fault[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined
      ? []
      : (value as readonly Value[]).flatMap((item, index) =>
          presenceFaults(items, item, [...path, index]),
        );
  }
  if (!isObject(value)) return [];
  const nested = Object.entries(value).flatMap(([field, part]) => {
    const fieldSchema = schemaOfField(schema, field);
    return fieldSchema === undefined
      ? []
      : presenceFaults(fieldSchema, part, [...path, field]);
  });
  const missed = missing(schema, value, path);
  return [...missed, ...alternatives(schema, value, path, missed), ...nested];
}

function missing(
  schema: FieldSchema,
  value: ValueObject,
  path: DiagnosticPath,
): readonly Fault[] {
  const faults = new Map<string, Fault>();
  for (const field of schema.required ?? []) {
    if (presenceOf(field, value) === "absent")
      faults.set(field, { kind: "missing", path: [...path, field] });
  }
  for (const [because, fields] of Object.entries(
    schema.dependentRequired ?? {},
  )) {
    if (presenceOf(because, value) !== "given") continue;
    for (const field of fields) {
      if (faults.has(field) || presenceOf(field, value) !== "absent") continue;
      faults.set(field, { kind: "missing", path: [...path, field], because });
    }
  }
  return [...faults.values()];
}

function alternatives(
  schema: FieldSchema,
  value: ValueObject,
  path: DiagnosticPath,
  missed: readonly Fault[],
): readonly Fault[] {
  const faults: Fault[] = [];
  const isMissed = (field: string) =>
    missed.some((fault) => fault.path.at(-1) === field);
  const given = (sets: readonly FieldSet[]) =>
    sets.filter((set) => presenceOfSet(set, value) === "given");

  for (const sets of [schema.oneOf, schema.anyOf]) {
    if (sets?.every((set) => presenceOfSet(set, value) === "absent") !== true)
      continue;
    // One of the alternatives has been begun: what it lacks is said already.
    if (sets.some((set) => set.required.some(isMissed))) continue;
    faults.push({ kind: "no_alternative", path, sets });
  }
  const chosen = given(schema.oneOf ?? []);
  if (chosen.length > 1) {
    faults.push({
      kind: "conflict",
      path,
      fields: chosen.flatMap((set) => set.required),
    });
  }
  for (const set of given(schema.not?.anyOf ?? [])) {
    faults.push({ kind: "conflict", path, fields: set.required });
  }
  return faults;
}

function presenceOfSet(set: FieldSet, value: ValueObject): Presence {
  const presences = set.required.map((field) => presenceOf(field, value));
  if (presences.includes("absent")) return "absent";
  return presences.includes("known_after_apply")
    ? "known_after_apply"
    : "given";
}

function presenceOf(field: string, value: ValueObject): Presence {
  if (!Object.hasOwn(value, field)) return "absent";
  return value[field] === KNOWN_AFTER_APPLY ? "known_after_apply" : "given";
}
