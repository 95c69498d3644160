import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import type { JsonObject } from "../../../model";

/**
 * What a connection of a Steampipe file has beside its plugin's own arguments.
 * Steampipe keeps these names to itself, so no plugin has an argument of them.
 */
const steampipes: Readonly<Record<string, string>> = {
  type: "It makes an aggregator of connections, which Patchbay does not manage. Remove it, and make the aggregator in Turbot Pipes itself.",
  connections:
    "It lists the connections of an aggregator, which Patchbay does not manage. Remove it, and make the aggregator in Turbot Pipes itself.",
  plugin: 'The plugin is the connection\'s type: type = "pipes:PLUGIN".',
  import_schema:
    "Turbot Pipes decides itself which schemas it imports. Remove it.",
  options: "Turbot Pipes has no options of a connection. Remove it.",
};

/** What of a Steampipe file's settings stands among the plugin's arguments; `at` is where they were given. */
export function steampipeFaults(
  given: JsonObject,
  at: readonly string[],
): readonly Diagnostic[] {
  return Object.keys(given)
    .filter((field) => Object.hasOwn(steampipes, field))
    .map((field) =>
      errorDiagnostic({
        code: "unsupported",
        path: [...at, field],
        detail: `${JSON.stringify(field)} is a setting of Steampipe and no argument of a plugin. ${steampipes[field]}`,
      }),
    );
}
