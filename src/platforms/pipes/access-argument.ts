import { type Diagnostic, errorDiagnostic } from "../../diagnostics";
import { type Access, formatOwner, type Owner } from "../../model";

/** All workspaces of the tenant. */
export const TENANT = "tenant";

const HANDLE = /^[a-z0-9][a-z0-9-]{0,37}[a-z0-9]$/;

/** What of a declared `access` Pipes has no permission for. */
export function accessFaults(
  access: Access,
  owner: Owner,
): readonly Diagnostic[] {
  if (owner.kind === "workspace") {
    return [
      fault(
        [],
        `A connection of ${formatOwner(owner)} is there for this workspace alone, and Turbot Pipes has no permissions for it. Remove access; or let an organization or the tenant own the connection.`,
      ),
    ];
  }
  return [
    ...(["view", "edit"] as const).flatMap((list) =>
      (access[list] ?? []).length === 0
        ? []
        : [
            fault(
              [list],
              `A permission of Turbot Pipes lets workspaces use a connection, and nothing else: who may see or change it follows from the roles of the members, which are managed in Pipes. Remove ${list}; say under use who may use it.`,
            ),
          ],
    ),
    ...(access.use ?? []).flatMap((principal) =>
      principalFaults(principal, owner),
    ),
  ];
}

function principalFaults(
  principal: string,
  owner: Owner,
): readonly Diagnostic[] {
  if (principal === TENANT) return strangerFaults(principal, owner);
  const [kind = "", name = ""] = principal.split(/\/(.*)/s);
  if (kind !== "org" && kind !== "user") {
    return [
      fault(
        ["use"],
        `Turbot Pipes has no permissions for ${JSON.stringify(principal)}: they go to organizations ("org/HANDLE"), users ("user/HANDLE") and the whole tenant ("tenant"). For a single workspace use a patchbay_workspace_attachment.`,
      ),
    ];
  }
  if (HANDLE.test(name)) return strangerFaults(principal, owner);
  return [
    errorDiagnostic({
      code: "invalid_field",
      path: ["access", "use"],
      detail: `${JSON.stringify(principal)} names nobody on Turbot Pipes. After "${kind}/" comes a handle: 2 to 39 lower case letters, digits and hyphens, no hyphen at either end. For example "${kind}/acme".`,
    }),
  ];
}

/** An organization's connections stay in it. */
function strangerFaults(
  principal: string,
  owner: Owner,
): readonly Diagnostic[] {
  if (owner.kind !== "organization" || principal === `org/${owner.name}`)
    return [];
  return [
    fault(
      ["use"],
      `${JSON.stringify(principal)} cannot use a connection of ${formatOwner(owner)}: on Turbot Pipes it stays inside this organization. Write "org/${owner.name}" for all of its workspaces, or a patchbay_workspace_attachment for one of them; let the tenant own the connection (owner = "tenant") to share it with others.`,
    ),
  ];
}

function fault(path: readonly string[], detail: string): Diagnostic {
  return errorDiagnostic({
    code: "unsupported",
    path: ["access", ...path],
    detail,
  });
}
