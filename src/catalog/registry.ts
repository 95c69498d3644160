import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
  nearestName,
} from "../diagnostics";
import { checkNativeTypeName, parseConnectionTypeName } from "../model";
import type { ConnectionType } from "./connection-type";
import { withFreeFields } from "./free-fields";
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
  // Most wrong names are a part of the right one: "postgres", "s3".
  const nearest =
    nearestName(type, names) ??
    names.find(
      (name) =>
        type.length > 1 &&
        (name.includes(type.toLowerCase()) ||
          type.toLowerCase().includes(name)),
    );
  return [
    errorDiagnostic({
      code: "unknown_type",
      path,
      detail: `There is no connection type ${JSON.stringify(type)}.${nearest === undefined ? "" : ` Did you mean "${nearest}"?`} The types are: ${names.join(", ")}. A platform's own type is written "PLATFORM:TYPE", for example "pipes:github".`,
    }),
  ];
}
