import { type DiagnosticPath, errorDiagnostic } from "../../diagnostics";
import {
  checkName,
  type Checked,
  formatOwner,
  invalid,
  type Owner,
  parseOwner,
  valid,
} from "../../model";

/** Ids of workspaces and deployments: `organization/acme/workspace/analytics`. */
export type PlaceKind = "workspace" | "deployment";

export function formatPlaceId(
  kind: PlaceKind,
  place: { readonly owner: Owner; readonly name: string },
): string {
  return `${formatOwner(place.owner)}/${kind}/${place.name}`;
}

export function parsePlaceId(
  kind: PlaceKind,
  text: string,
  path: DiagnosticPath = ["id"],
): Checked<{ readonly owner: Owner; readonly name: string }> {
  const separator = `/${kind}/`;
  // The last one: an owner may be called "workspace" itself, a name holds no slash.
  const at = text.lastIndexOf(separator);
  if (at <= 0) {
    return invalid(
      errorDiagnostic({
        code: "invalid_id",
        path,
        detail: `${JSON.stringify(text)} is not the id of a ${kind}. An id looks like "organization/acme/${kind}/${kind === "workspace" ? "analytics" : "prod"}".`,
      }),
    );
  }
  const owner = parseOwner(text.slice(0, at), path);
  if (!owner.ok) return owner;
  const name = text.slice(at + separator.length);
  const faults = checkName(name, path);
  return faults.length > 0
    ? invalid(...faults)
    : valid({ owner: owner.value, name });
}
