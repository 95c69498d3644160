import { PatchbayError } from "../../diagnostics";
import { formatOwner, type Owner } from "../../model";
import type { Place } from "./client";

/**
 * Tenant things have no prefix (the host and the token tell the tenant);
 * a workspace does not say whose it is, so it belongs to the provider's
 * organization. Rejects with `missing_argument` where there is none.
 */
export function placesOf(organization: string | undefined) {
  const organizationOf = (owner: Owner): string => {
    if (owner.kind === "organization") return owner.name;
    if (organization !== undefined) return organization;
    throw new PatchbayError({
      code: "missing_argument",
      path: ["organization"],
      detail: `The owner ${formatOwner(owner)} does not say in which organization the workspace is. Set the provider's "organization" argument:\n\n  organization = "acme"`,
    });
  };
  const workspace = (owner: Owner, name: string): Place => ({
    pathTemplate: "/org/{organization}/workspace/{workspace}",
    pathParameters: { organization: organizationOf(owner), workspace: name },
  });
  return {
    organizationOf,
    /** A workspace of the owner's organization. */
    workspace,
    /** All workspaces of the owner's organization. */
    workspaces: (owner: Owner): Place => ({
      pathTemplate: "/org/{organization}/workspace",
      pathParameters: { organization: organizationOf(owner) },
    }),
    of: (owner: Owner): Place => {
      switch (owner.kind) {
        case "tenant":
          return { pathTemplate: "", pathParameters: {} };
        case "organization":
          return {
            pathTemplate: "/org/{organization}",
            pathParameters: { organization: owner.name },
          };
        case "workspace":
          return workspace(owner, owner.name);
        case "user":
        case "deployment":
          throw new PatchbayError({
            code: "unsupported",
            path: ["owner"],
            detail: `On Turbot Pipes, ${formatOwner(owner)} cannot own a connection. Owners there are the tenant, organizations and workspaces.`,
          });
      }
    },
  };
}
export type Places = ReturnType<typeof placesOf>;

/** What lies below a place: `below(place, "/connection/{connection}", { connection })`. */
export function below(
  place: Place,
  pathTemplate: string,
  pathParameters: Readonly<Record<string, string>> = {},
): Place {
  return {
    pathTemplate: place.pathTemplate + pathTemplate,
    pathParameters: { ...place.pathParameters, ...pathParameters },
  };
}
