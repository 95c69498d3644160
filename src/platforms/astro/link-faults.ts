import { type Diagnostic, errorDiagnostic } from "../../diagnostics";
import {
  type Connection,
  type ConnectionKey,
  formatConnectionKey,
  type Link,
} from "../../model";
import { viewOfWrittenConnection } from "./types/airflow-fields";
import { encodeOverrides, tryTypeNamed } from "./types/translation";

/** Everything that no deployment of Astro can see differently of such a connection. Asks nobody. */
export function linkFaults(
  link: Link,
  parent: Pick<Connection, "type" | "config">,
): readonly Diagnostic[] {
  const type = tryTypeNamed(parent.type);
  // What is wrong with the connection is told there.
  if (type === undefined) return ownerFaults(link.connection);
  const { patch } = type.encode({ config: parent.config, secrets: undefined });
  const encoded = encodeOverrides(type, {
    config: link.overrides,
    secrets: link.overrideSecrets?.reveal(),
    parent: viewOfWrittenConnection(patch),
    parentIsStored: false,
  });
  return [
    ...ownerFaults(link.connection),
    ...(encoded.ok ? [] : encoded.diagnostics),
  ];
}

/** Connections of a deployment cannot be linked. */
export function ownerFaults(key: ConnectionKey): readonly Diagnostic[] {
  if (key.owner.kind === "workspace") return [];
  return [
    errorDiagnostic({
      code: "unsupported",
      path: ["connection_id"],
      detail: `On Astro, only connections of a workspace can be linked; ${formatConnectionKey(key)} is not one. Let the workspace own it, or give the deployment a connection of its own.`,
    }),
  ];
}
