import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
} from "../../diagnostics";
import {
  type Connection,
  type JsonObject,
  leafPaths,
  objectOf,
  type Owner,
} from "../../model";
import { accessFaults } from "./access-argument";
import { folderFaults } from "./folder-argument";
import { newHandleFaults } from "./handle";
import type { Places } from "./places";
import { isMasked } from "./masked";
import { pathInPlugin, typeFaults } from "./types";

/** Everything about a declaration that Pipes cannot hold, or would not show again as declared. Asks nobody. */
export function checkConnection(
  connection: Connection,
  places: Places,
): readonly Diagnostic[] {
  const { name, config, secrets, parent, access, owner } = connection;
  return [
    ...ownerFaults(owner, places),
    ...newHandleFaults(name),
    ...typeFaults(connection),
    ...maskedFaults(config),
    ...twiceFaults(config, secrets?.reveal() ?? objectOf([]), connection.type),
    ...(parent === undefined ? [] : folderFaults(parent)),
    ...(access === undefined ? [] : accessFaults(access, owner)),
  ];
}

/** Rejects with all of that at once. */
export function requireHeld(connection: Connection, places: Places): void {
  const faults = checkConnection(connection, places);
  if (faults.length > 0) throw new PatchbayError(faults);
}

/** An owner that has no place in Pipes, or a workspace of nobody knows whom. */
function ownerFaults(owner: Owner, places: Places): readonly Diagnostic[] {
  try {
    places.of(owner);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof PatchbayError)) throw thrown;
    return thrown.diagnostics.map((fault) => ({ ...fault, path: ["owner"] }));
  }
}

/** Read back, such a text would be taken for a hidden secret and left out. */
function maskedFaults(config: JsonObject): readonly Diagnostic[] {
  return Object.entries(config).flatMap(([field, value]) =>
    typeof value === "string" && isMasked(value)
      ? [
          errorDiagnostic({
            code: "unsupported",
            path: ["config", field],
            detail: `The value of ${JSON.stringify(field)} looks like what Turbot Pipes may show in place of a secret, so it could not be told from one when it is read back. Move it from config to secrets or secrets_wo.`,
          }),
        ]
      : [],
  );
}

/** Plain and secret fields become one configuration, where the secret ones win. */
function twiceFaults(
  config: JsonObject,
  secrets: JsonObject,
  type: string,
): readonly Diagnostic[] {
  const inPlugin = (path: string) => pathInPlugin(type, path).join(".");
  const secret = leafPaths(secrets).map(inPlugin);
  const isTaken = (path: string) =>
    path !== "" &&
    secret.some(
      (other) =>
        other === path ||
        other.startsWith(`${path}.`) ||
        path.startsWith(`${other}.`),
    );
  return leafPaths(config)
    .filter((path) => isTaken(inPlugin(path)))
    .map((path) =>
      errorDiagnostic({
        code: "conflicting_arguments",
        path: ["config", ...path.split(".")],
        detail: `The field ${JSON.stringify(path)} stands both in config and among the secrets. Keep it in one of them; what is a secret never goes into config.`,
      }),
    );
}
