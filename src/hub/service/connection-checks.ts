import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
} from "../../diagnostics";
import { checkConnectionType, checkFields } from "../../catalog";
import {
  checkName,
  type Connection,
  type JsonObject,
  parseConnectionTypeName,
} from "../../model";
import type { ConnectionRow } from "../store/tables";

/** The hub's name among the platforms, as in native types: `hub:anything`. */
const PLATFORM = "hub";

export interface CheckedConnection {
  readonly connection: Connection;
  /** All secrets that it will have. */
  readonly secrets: JsonObject;
}

/** Refuses a connection with everything that is wrong with it. */
export function requireValid({ connection, secrets }: CheckedConnection): void {
  const diagnostics = [
    ...checkName(connection.name, ["name"]),
    ...typeFaults(connection.type),
    ...checkFields({
      type: connection.type,
      config: connection.config,
      secrets,
      secretsPath: "secrets",
      secretsComplete: true,
    }),
  ];
  if (diagnostics.length > 0) throw new PatchbayError(diagnostics);
}

function typeFaults(type: string): readonly Diagnostic[] {
  const parsed = parseConnectionTypeName(type);
  if (parsed.kind === "catalogue") return checkConnectionType(type, ["type"]);
  if (parsed.platform === PLATFORM) return [];
  return [
    errorDiagnostic({
      code: "unsupported",
      path: ["type"],
      detail: `${JSON.stringify(type)} is a native type of the platform ${JSON.stringify(parsed.platform)}, and this is the hub. Native types here begin with "${PLATFORM}:".`,
    }),
  ];
}

/** Refuses what an update cannot change. */
export function requireSameIdentity(
  row: ConnectionRow,
  connection: Connection,
): void {
  const { owner, type } = connection;
  const diagnostics: Diagnostic[] = [];
  if (type !== row.type) {
    diagnostics.push(
      errorDiagnostic({
        code: "unsupported",
        path: ["type"],
        detail: `The type of a connection cannot change: this one is of type ${JSON.stringify(row.type)}. Delete it and create it again.`,
      }),
    );
  }
  if (owner.kind !== row.owner_kind || owner.name !== row.owner_name) {
    diagnostics.push(
      errorDiagnostic({
        code: "invalid_owner",
        path: ["owner"],
        detail: `The owner of a connection cannot change: this one belongs to ${row.owner_kind}/${row.owner_name}. Delete it and create it again.`,
      }),
    );
  }
  if (diagnostics.length > 0) throw new PatchbayError(diagnostics);
}
