import { spelledAs } from "../../catalog";
import { isObject, type ObservedConnection, type Value } from "../../model";
import type { PlannedConnection } from "../planned";

/**
 * The plain fields that the platform has filled in by itself, as dotted names:
 * what stands in its answer to our create or update beside what was sent. Once
 * it is the platform's own, a field stays so until it is declared. What comes
 * later is drift.
 */
export function platformFields(
  { type, config, before, memory }: PlannedConnection,
  answered: ObservedConnection,
): readonly string[] {
  if (type !== answered.type || !isObject(config)) return [];
  // Of another type these names would mean other fields.
  const noted = before?.type === type ? (memory.platformFields ?? []) : [];
  // A default that the type's schema tells is no addition.
  const added = spelledAs(type, answered.config, config);
  return [
    ...new Set([
      ...noted.filter((path) => !isDeclared(config, path)),
      ...beside(config, added, ""),
    ]),
  ].sort();
}

/** Whether a plain field of that dotted name is given. */
export function isDeclared(fields: Value, name: string): boolean {
  return valuesNamed(fields, name).some((value) => value !== null);
}

/** The same of one that may be null, which among overrides is "without". */
export function isNamed(fields: Value, name: string): boolean {
  return valuesNamed(fields, name).length > 0;
}

/** What a dotted name can mean: names may hold dots themselves, as Kafka's properties do. */
function valuesNamed(fields: Value, name: string): readonly Value[] {
  if (!isObject(fields)) return [];
  return Object.entries(fields).flatMap(([field, part]): readonly Value[] => {
    if (field === name) return [part];
    return name.startsWith(`${field}.`)
      ? valuesNamed(part, name.slice(field.length + 1))
      : [];
  });
}

function beside(
  declared: Value,
  answered: Value,
  prefix: string,
): readonly string[] {
  if (!isObject(declared) || !isObject(answered)) return [];
  return Object.entries(answered).flatMap(([field, part]) => {
    const there = Object.hasOwn(declared, field) ? declared[field]! : null;
    return there === null
      ? [prefix + field]
      : beside(there, part, `${prefix}${field}.`);
  });
}
