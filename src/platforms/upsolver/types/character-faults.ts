import { type Diagnostic, under } from "../../../diagnostics";
import { isList, isObject, type JsonValue } from "../../../model";
import { characterFaults } from "../sql/quote";
import type { DeclaredFields } from "./type-translation";

/** Characters that no statement should hold, in names and values at any depth. */
export function characterFaultsOf(
  fields: DeclaredFields,
): readonly Diagnostic[] {
  return (["config", "secrets"] as const).flatMap((place) =>
    faultsWithin(fields[place] ?? null).map((fault) => under([place], fault)),
  );
}

function faultsWithin(value: JsonValue): readonly Diagnostic[] {
  if (typeof value === "string") return characterFaults(value, "The value");
  if (isList(value))
    return value.flatMap((item, index) =>
      faultsWithin(item).map((fault) => under([index], fault)),
    );
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => [
    ...characterFaults(name, "The name of a field"),
    ...faultsWithin(part).map((fault) => under([name], fault)),
  ]);
}
