import { PatchbayError } from "../../diagnostics";
import { type Account, isAccount } from "../../hub";
import { formatOwner, type Owner } from "../../model";

/**
 * The account in which an owner's things are. Organizations and users are their
 * own; a workspace or a deployment does not say whose it is, so it belongs to
 * the provider's organization. Rejects with `missing_argument` where there is none.
 */
export function accountOf(
  owner: Owner,
  organization: string | undefined,
): Account {
  if (isAccount(owner)) return owner;
  if (owner.kind === "tenant") {
    throw new PatchbayError({
      code: "unsupported",
      path: ["owner"],
      detail:
        'The hub has no tenant. Owners there are organizations ("organization/acme"), users ("user/jane"), workspaces and deployments.',
    });
  }
  if (organization !== undefined)
    return { kind: "organization", name: organization };
  throw new PatchbayError({
    code: "missing_argument",
    path: ["organization"],
    detail: `The owner ${formatOwner(owner)} does not say whose ${owner.kind} it is. Set the provider's "organization" argument:\n\n  organization = "acme"`,
  });
}

/** The same for an adapter, which knows its organization. */
export type AccountOf = (owner: Owner) => Account;
