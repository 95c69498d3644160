import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  fieldOf,
  isObject,
  isSpellingOf,
  type JsonObject,
  objectOf,
} from "../../../model";
import { steampipeFaults } from "./native";
import type { PipesType } from "./pipes-type";

/** What a type of the catalogue has no field for: arguments of the plugin, under the plugin's names. */
export type FreeField = "extra" | "secret_extra";

export function freeFieldsOf(fields: JsonObject, name: FreeField): JsonObject {
  const free = fieldOf(fields, name);
  return isObject(free) ? free : objectOf([]);
}

/** What cannot be kept beside the type's own fields; `at` is the argument. */
export function freeFieldFaults(
  { fields }: PipesType,
  given: JsonObject,
  at: readonly [argument: string, name: FreeField],
): readonly Diagnostic[] {
  const free = freeFieldsOf(given, at[1]);
  const taken = Object.keys(free).flatMap((key) => {
    const owner = Object.entries(fields).find(([, name]) =>
      isSpellingOf(name, key),
    )?.[0];
    return owner === undefined
      ? []
      : [
          errorDiagnostic({
            code: "unsupported",
            path: [...at, key],
            detail: `${JSON.stringify(key)} of ${at[1]} is the field ${owner}. Use ${owner}.`,
          }),
        ];
  });
  return [...taken, ...steampipeFaults(free, at)];
}
