import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
  nearestName,
} from "../diagnostics";
import { checkNativeTypeName, parseConnectionTypeName } from "../model";
import type { ConnectionType } from "./connection-type";
import { withFreeFields } from "./free-fields";
import { catalogueTypeFor, nativeTypesFor } from "./other-type-names";
import { generatedConnectionTypes } from "./registry.generated";

const types: readonly ConnectionType[] =
  generatedConnectionTypes.map(withFreeFields);

/** Every type of the catalogue by name, sorted. */
export const connectionTypes: ReadonlyMap<string, ConnectionType> = new Map(
  types.map((type) => [type.name, type]),
);

/** Every type of the catalogue, sorted by name. */
export function listConnectionTypes(): readonly ConnectionType[] {
  return types;
}

/** The catalogue type of that name; undefined for native types too. */
export function tryFindConnectionType(
  name: string,
): ConnectionType | undefined {
  return connectionTypes.get(name);
}

/** Nothing for a type of the catalogue and for every native type that can be one; else the error that lists the types. */
export function checkConnectionType(
  type: string,
  path: DiagnosticPath,
): readonly Diagnostic[] {
  if (connectionTypes.has(type)) return [];
  if (parseConnectionTypeName(type).kind === "native")
    return checkNativeTypeName(type, path);
  const names = [...connectionTypes.keys()];
  const natives = nativeTypesFor(type);
  const nearest =
    natives.length > 0
      ? undefined
      : (catalogueTypeFor(type) ?? nearestType(type, names));
  const advice =
    nearest === undefined
      ? natives.length === 0
        ? ""
        : ` The catalogue does not have it; a platform's own type does: ${natives.map((name) => JSON.stringify(name)).join(" or ")}.`
      : ` Did you mean "${nearest}"?`;
  return [
    errorDiagnostic({
      code: "unknown_type",
      path,
      detail: `There is no connection type ${JSON.stringify(type)}.${advice} The types are: ${names.join(", ")}. A platform's own type is written "PLATFORM:TYPE", for example "pipes:github".`,
    }),
  ];
}

/** Most wrong names are a part of the right one: "postgres", "s3". */
function nearestType(
  type: string,
  names: readonly string[],
): string | undefined {
  const given = type.toLowerCase();
  return (
    nearestName(type, names) ??
    names.find(
      (name) =>
        type.length > 1 && (name.includes(given) || given.includes(name)),
    )
  );
}
