import { type DiagnosticPath, PatchbayError } from "../../diagnostics";
import {
  checkName,
  type ConnectionKey,
  formatConnectionKey,
  formatOwner,
  type Owner,
} from "../../model";
import { type Account, isAccount } from "../account";
import type { ConnectionOwner, NamedDeploymentRow, Rows } from "../store/store";
import type { AccountRow, ConnectionRow, WorkspaceRow } from "../store/tables";
import type { HubContext } from "./context";
import { notFound } from "./failures";

/** From names to rows. `try…` gives undefined where there is none, `require…` refuses. */
export function tryAccount(
  rows: Rows,
  { kind, name }: Account,
): Promise<AccountRow | undefined> {
  return rows.accounts.find({ kind, name });
}

/** The account's row, made where it is not there yet. */
export async function ensureAccount(
  context: HubContext,
  rows: Rows,
  account: Account,
): Promise<AccountRow> {
  const found = await tryAccount(rows, account);
  if (found !== undefined) return found;
  const faults = checkName(account.name, ["owner"]);
  if (faults.length > 0) throw new PatchbayError(faults);
  const row: AccountRow = {
    id: `acct_${context.ids()}`,
    kind: account.kind,
    name: account.name,
  };
  await rows.accounts.insert(row);
  return row;
}

export async function requireWorkspace(
  rows: Rows,
  account: AccountRow,
  { name, path }: { readonly name: string; readonly path: DiagnosticPath },
): Promise<WorkspaceRow> {
  const row = await rows.workspaces.find(account.id, name);
  if (row === undefined)
    throw notFound(`workspace ${name} of ${formatOwner(account)}`, path);
  return row;
}

export async function requireDeployment(
  rows: Rows,
  account: AccountRow,
  { name, path }: { readonly name: string; readonly path: DiagnosticPath },
): Promise<NamedDeploymentRow> {
  const row = await rows.deployments.find(account.id, name);
  if (row === undefined)
    throw notFound(`deployment ${name} of ${formatOwner(account)}`, path);
  return row;
}

/** An owner as it is stored. Refuses tenants and other accounts with `invalid_owner`. */
export function storedOwner(account: Account, owner: Owner): ConnectionOwner {
  const belongs =
    owner.kind !== "tenant" &&
    (!isAccount(owner) ||
      (owner.kind === account.kind && owner.name === account.name));
  if (belongs) return { owner_kind: owner.kind, owner_name: owner.name };
  throw new PatchbayError({
    code: "invalid_owner",
    path: ["owner"],
    detail: `${formatOwner(owner)} owns nothing in ${formatOwner(account)}. Owners there are ${formatOwner(account)} itself, its workspaces ("workspace/NAME") and its deployments ("deployment/NAME").`,
  });
}

export async function tryConnection(
  rows: Rows,
  account: Account,
  key: ConnectionKey,
): Promise<ConnectionRow | undefined> {
  const owner = storedOwner(account, key.owner);
  const accountRow = await tryAccount(rows, account);
  if (accountRow === undefined) return undefined;
  return rows.connections.find(accountRow.id, {
    ...owner,
    connection_name: key.name,
  });
}

export async function requireConnection(
  rows: Rows,
  account: Account,
  key: ConnectionKey,
): Promise<ConnectionRow> {
  const row = await tryConnection(rows, account, key);
  if (row === undefined)
    throw notFound(`connection ${formatConnectionKey(key)}`, ["connection_id"]);
  return row;
}
