import { isObject, leafPaths, type Value } from "../model";
import type { SecretsBefore } from "./before";
import type { FieldChange } from "./field-change";
import type { PlannedSecrets } from "./secrets";

/** The secrets that are sent or taken away, by name; the argument as a whole where no name is known. */
export function secretChanges(
  argument: string,
  declared: Value,
  before: SecretsBefore | undefined,
  { send }: PlannedSecrets,
): readonly FieldChange[] {
  if (send === false) return [];
  const names = isObject(declared)
    ? leafPaths(declared)
    : (before?.fields ?? []);
  return names.length === 0
    ? [{ kind: "secret", path: [argument] }]
    : names.map((name) => ({
        kind: "secret",
        path: [argument, ...name.split(".")],
      }));
}
