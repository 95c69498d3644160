/**
 * Between the catalogue's fields and those of Pipes' plugins: one file for each
 * type of the catalogue that a plugin can hold truthfully, and native types,
 * whose fields pass as they are. No calls, and nothing but fields.
 */
import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import { isSecretField, secretFieldsOfType } from "../../../catalog";
import {
  type Connection,
  type JsonObject,
  type JsonValue,
  mergePatch,
  objectOf,
  parseConnectionTypeName,
} from "../../../model";
import { NATIVE_PREFIX, nativeFaults } from "./native";
import type { PipesFields, PipesType } from "./pipes-type";
import { snowflake } from "./snowflake";
export type { PipesFields } from "./pipes-type";
export { secretNames } from "./secret-names";

const translated: readonly PipesType[] = [snowflake];

/** What is sent: the plugin, and its fields. */
export interface PipesSettings extends PipesFields {
  readonly plugin: string;
}

/** A type and its plain fields as the catalogue has them. */
export interface CatalogueFields {
  readonly type: string;
  readonly config: JsonObject;
}

/** What the plugin cannot hold of the type and its fields, or would show otherwise: `unsupported`, `secret_in_config`. */
export function typeFaults({
  type,
  config,
  secrets,
}: Pick<Connection, "type" | "config" | "secrets">): readonly Diagnostic[] {
  const name = parseConnectionTypeName(type);
  if (name.kind === "native")
    return [
      ...nativeFaults(config),
      ...catalogueFaults(type, name.name, config),
    ];
  const known = tryFindType(type);
  if (known === undefined) {
    return [
      errorDiagnostic({
        code: "unsupported",
        path: ["type"],
        detail: `Turbot Pipes has no connections of type ${JSON.stringify(type)}. Use one of its plugins as "pipes:PLUGIN".`,
      }),
    ];
  }
  return [
    ...fieldFaults(known, config, "config"),
    ...fieldFaults(known, secrets?.reveal() ?? objectOf([]), "secrets"),
  ];
}

/** What is sent for a connection whose type and fields have no faults. */
export function toPipes(connection: Connection): PipesSettings {
  const { type, config } = connection;
  const secrets = connection.secrets?.reveal() ?? objectOf<JsonValue>([]);
  const name = parseConnectionTypeName(type);
  if (name.kind === "native") return { plugin: name.name, config, secrets };
  const { plugin, fields } = tryFindType(type)!;
  return {
    plugin,
    config: renamed(config, fields),
    secrets: renamed(secrets, fields),
  };
}

/** Plain and secret fields side by side, as Pipes has them. */
export function configOf({ config, secrets }: PipesFields): JsonObject {
  return mergePatch(config, secrets) as JsonObject;
}

/**
 * The plugin's secret fields that shall not be there (any more): of a type of the
 * catalogue all that are not given, of a native type those that the caller
 * remembers. Pipes does not tell which it has, and may merge what it is given.
 */
export function removedSecrets(
  { type, config, secrets }: Connection,
  remembered: readonly string[],
): readonly string[] {
  if (secrets === undefined) return [];
  const given = secrets.reveal();
  const known = tryFindType(type);
  const names =
    known === undefined
      ? remembered.map((path) => path.split(".")[0]!)
      : secretFieldsOfType(type).filter((field) =>
          Object.hasOwn(known.fields, field),
        );
  return [...new Set(names)]
    .filter(
      (field) => !Object.hasOwn(given, field) && !Object.hasOwn(config, field),
    )
    .map((field) => known?.fields[field] ?? field);
}

/** The plugin without its publisher where that is Turbot: `turbot/aws` and `aws` are the same. */
export function shortPlugin(plugin: string): string {
  return plugin.replace(/^turbot\//, "");
}

/** A plugin's plain fields in the catalogue's form where all of them have one there, else as native type. */
export function fromPipes(plugin: string, config: JsonObject): CatalogueFields {
  const known = translated.find((one) => one.plugin === plugin);
  const names = known === undefined ? undefined : plainNames(known);
  if (
    known === undefined ||
    names === undefined ||
    !Object.keys(config).every((field) => Object.hasOwn(names, field))
  )
    return { type: `${NATIVE_PREFIX}${plugin}`, config };
  return { type: known.type, config: renamed(config, names) };
}

function tryFindType(type: string): PipesType | undefined {
  return translated.find((one) => one.type === type);
}

/** The catalogue's names of the plugin's plain fields. */
function plainNames({
  type,
  fields,
}: PipesType): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([field]) => !isSecretField(type, [field]))
      .map(([field, name]) => [name, field]),
  );
}

function renamed(
  fields: JsonObject,
  names: Readonly<Record<string, string>>,
): JsonObject {
  return objectOf(
    Object.entries(fields).map(([field, value]) => [names[field]!, value]),
  );
}

function fieldFaults(
  { fields, otherFields }: PipesType,
  given: JsonObject,
  place: string,
): readonly Diagnostic[] {
  return Object.keys(given)
    .filter((field) => !Object.hasOwn(fields, field))
    .map((field) =>
      errorDiagnostic({
        code: "unsupported",
        path: [place, field],
        detail: `Turbot Pipes has no place for the field ${JSON.stringify(field)}. ${otherFields}`,
      }),
    );
}

/** Reading it back would give another type, so a plan would never be empty. */
function catalogueFaults(
  type: string,
  plugin: string,
  config: JsonObject,
): readonly Diagnostic[] {
  const shown = fromPipes(shortPlugin(plugin), config).type;
  if (shown === type) return [];
  const known = tryFindType(shown);
  const detail =
    known === undefined
      ? `Turbot Pipes shows this plugin without its publisher: write type = ${JSON.stringify(shown)} instead of ${JSON.stringify(type)}.`
      : `The catalogue has a type for this: write type = ${JSON.stringify(shown)} instead of ${JSON.stringify(type)}, with the catalogue's names of the fields${renamesOf(known)}.`;
  return [errorDiagnostic({ code: "unsupported", path: ["type"], detail })];
}

/** ` ("login" for "user")` */
function renamesOf({ fields }: PipesType): string {
  const renames = Object.entries(fields)
    .filter(([field, name]) => field !== name)
    .map(
      ([field, name]) => `${JSON.stringify(field)} for ${JSON.stringify(name)}`,
    );
  return renames.length === 0 ? "" : ` (${renames.join(", ")})`;
}
