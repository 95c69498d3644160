import { parseConnectionTypeName } from "../../../model";

/** Arguments of Turbot's plugins whose lists are sets: no plugin looks at their order. */
const sets: readonly string[] = [
  "configuration_file_paths",
  "custom_resource_tables",
  "ignore_error_codes",
  "ignore_error_messages",
  "manifest_file_paths",
  "metrics",
  "objects",
  "paths",
  "plan_file_paths",
  "regions",
  "source_types",
  "state_file_paths",
];

/** The dotted names of such fields in a connection of the type. */
export function setFields(type: string): readonly string[] {
  return parseConnectionTypeName(type).kind === "native"
    ? sets
    : sets.map((name) => `extra.${name}`);
}
