import { isSecretField, secretFieldsOfType } from "../../../catalog";
import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  type Connection,
  type JsonObject,
  type JsonValue,
  mergePatch,
  objectOf,
  parseConnectionTypeName,
} from "../../../model";
import { freeFieldFaults, freeFieldsOf, type FreeField } from "./free-fields";
import { steampipeFaults } from "./native";
import type { PipesFields, PipesType } from "./pipes-type";
import { pluginNameFaults, shortPlugin } from "./plugin-name";
import { snowflake } from "./snowflake";

/** The types of the catalogue that a plugin holds. */
export const translated: readonly PipesType[] = [snowflake];

/** What is sent: the plugin, and its fields. */
export interface PipesSettings extends PipesFields {
  readonly plugin: string;
}

/** What the plugin cannot hold of the type and its fields. */
export function typeFaults({
  type,
  config,
  secrets: given,
}: Pick<Connection, "type" | "config" | "secrets">): readonly Diagnostic[] {
  const name = parseConnectionTypeName(type);
  const secrets = given?.reveal() ?? objectOf<JsonValue>([]);
  if (name.kind === "native")
    return [
      ...pluginNameFaults(name.name),
      ...steampipeFaults(config, ["config"]),
      ...steampipeFaults(secrets, ["secrets"]),
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
    ...fieldFaults(known, config, ["config", "extra"]),
    ...fieldFaults(known, secrets, ["secrets", "secret_extra"]),
  ];
}

/** What is sent for a connection whose type and fields have no faults. */
export function toPipes({
  type,
  config,
  secrets: given,
}: Pick<Connection, "type" | "config" | "secrets">): PipesSettings {
  const secrets = given?.reveal() ?? objectOf<JsonValue>([]);
  const name = parseConnectionTypeName(type);
  if (name.kind === "native") return { plugin: name.name, config, secrets };
  const known = tryFindType(type)!;
  return {
    plugin: known.plugin,
    config: inPlugin(known, config, "extra"),
    secrets: inPlugin(known, secrets, "secret_extra"),
  };
}

/** Plain and secret fields side by side, as Pipes has them. */
export function configOf({ config, secrets }: PipesFields): JsonObject {
  return mergePatch(config, secrets) as JsonObject;
}

/** The plugin that holds connections of a type; undefined where none does. */
export function pluginOf(type: string): string | undefined {
  const name = parseConnectionTypeName(type);
  if (name.kind === "catalogue") return tryFindType(type)?.plugin;
  return name.platform === "pipes" && name.name !== ""
    ? shortPlugin(name.name)
    : undefined;
}

/** The plugin's argument, and the path in it, that a dotted name of the type's fields means. */
export function pathInPlugin(type: string, name: string): readonly string[] {
  const known = tryFindType(type);
  const [field = "", ...rest] = name.split(".");
  if (known === undefined) return [field, ...rest];
  if (field === "extra" || field === "secret_extra") return rest;
  return Object.hasOwn(known.fields, field)
    ? [known.fields[field]!, ...rest]
    : [];
}

/**
 * The plugin's secret arguments that shall not be there (any more): those of a
 * type of the catalogue that are not given, those that the caller remembers of
 * the type that it was, and those that are shown masked. Pipes need not tell
 * which it has, and may merge what it is given.
 */
export function removedSecrets(
  connection: Connection,
  remembered: { readonly type: string; readonly names: readonly string[] },
  masked: readonly (readonly string[])[],
): readonly string[] {
  if (connection.secrets === undefined) return [];
  const { config, secrets } = toPipes(connection);
  const arguments_ = [
    ...secretFieldsOfType(connection.type).map((name) =>
      pathInPlugin(connection.type, name),
    ),
    ...remembered.names.map((name) => pathInPlugin(remembered.type, name)),
    ...masked,
  ].flatMap(([first]) => first ?? []);
  return [...new Set(arguments_)].filter(
    (name) => !Object.hasOwn(secrets, name) && !Object.hasOwn(config, name),
  );
}

/** The catalogue's name of an argument of the plugin, and whether it is a secret; undefined where the type has no field for it. */
export function fieldOfArgument(
  { type, fields }: PipesType,
  argument: string,
): { readonly name: string; readonly isSecret: boolean } | undefined {
  const name = Object.keys(fields).find((field) => fields[field] === argument);
  return name === undefined
    ? undefined
    : { name, isSecret: isSecretField(type, [name]) };
}

export function tryFindType(type: string): PipesType | undefined {
  return translated.find((one) => one.type === type);
}

function inPlugin(
  { fields }: PipesType,
  given: JsonObject,
  free: FreeField,
): JsonObject {
  return objectOf<JsonValue>([
    ...Object.entries(freeFieldsOf(given, free)),
    ...Object.entries(given)
      .filter(([field]) => field !== free)
      .map(([field, value]): [string, JsonValue] => [fields[field]!, value]),
  ]);
}

function fieldFaults(
  type: PipesType,
  given: JsonObject,
  at: readonly [argument: string, name: FreeField],
): readonly Diagnostic[] {
  const [argument, free] = at;
  const missing = Object.keys(given)
    .filter((field) => field !== free && !Object.hasOwn(type.fields, field))
    .map((field) =>
      errorDiagnostic({
        code: "unsupported",
        path: [argument, field],
        detail: `Turbot Pipes has no place for the field ${JSON.stringify(field)}. ${type.otherFields}`,
      }),
    );
  return [...missing, ...freeFieldFaults(type, given, at)];
}
