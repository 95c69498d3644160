/**
 * Between the catalogue's fields and those of Pipes' plugins: one file for each
 * type of the catalogue that a plugin can hold truthfully, and native types,
 * whose fields pass as they are. No calls, and nothing but fields.
 */
import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
} from "../../../diagnostics";
import { isSecretField, secretFieldsOfType } from "../../../catalog";
import {
  type Connection,
  type JsonObject,
  type JsonValue,
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

/** Rejects with `unsupported` or `secret_in_config` what the plugin cannot hold, all of it at once. */
export function toPipes(connection: Connection): PipesSettings {
  const { type, config } = connection;
  const secrets = connection.secrets?.reveal() ?? objectOf<JsonValue>([]);
  const name = parseConnectionTypeName(type);
  if (name.kind === "native") {
    refuse([
      ...nativeFaults(config),
      ...catalogueFaults(type, name.name, config),
    ]);
    return { plugin: name.name, config, secrets };
  }
  const known = translated.find((one) => one.type === type);
  if (known === undefined) {
    throw new PatchbayError({
      code: "unsupported",
      path: ["type"],
      detail: `Turbot Pipes has no connections of type ${JSON.stringify(type)}. Use one of its plugins as "pipes:PLUGIN".`,
    });
  }
  refuse([
    ...fieldFaults(known, config, "config"),
    ...fieldFaults(known, secrets, "secrets"),
  ]);
  return {
    plugin: known.plugin,
    config: renamed(config, known.fields),
    secrets: renamed(secrets, known.fields),
  };
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
  const known = translated.find((one) => one.type === type);
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

/** Reading it back would give the catalogue's type, so a plan would never be empty. */
function catalogueFaults(
  type: string,
  plugin: string,
  config: JsonObject,
): readonly Diagnostic[] {
  const known = fromPipes(plugin, config).type;
  if (known === type) return [];
  return [
    errorDiagnostic({
      code: "unsupported",
      path: ["type"],
      detail: `The catalogue has a type for this: write type = ${JSON.stringify(known)} instead of ${JSON.stringify(type)}, with the catalogue's names of the fields.`,
    }),
  ];
}

function refuse(faults: readonly Diagnostic[]): void {
  if (faults.length > 0) throw new PatchbayError(faults);
}
