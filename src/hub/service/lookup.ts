import { type DiagnosticPath, PatchbayError } from "../../diagnostics";
import {
  type ConnectionKey,
  formatConnectionKey,
  formatOwner,
  type Owner,
} from "../../model";
import { type Account, isAccount } from "../account";
import type { NamedInAccount } from "../hub-api";
import type {
  ConnectionName,
  ConnectionOwner,
  NamedDeploymentRow,
  Rows,
} from "../store/store";
import type { AccountRow, ConnectionRow, WorkspaceRow } from "../store/tables";
import type { HubContext } from "./context";
import { notFound, requireName } from "./failures";

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
  requireName(account.name, ["owner"]);
  const row: AccountRow = {
    id: `acct_${context.ids()}`,
    kind: account.kind,
    name: account.name,
  };
  await rows.accounts.insert(row);
  return row;
}

export async function requireAccount(
  rows: Rows,
  account: Account,
): Promise<AccountRow> {
  const row = await tryAccount(rows, account);
  if (row === undefined) throw notFound(`account ${formatOwner(account)}`);
  return row;
}

export async function tryWorkspace(
  rows: Rows,
  { account, name }: NamedInAccount,
): Promise<WorkspaceRow | undefined> {
  const accountRow = await tryAccount(rows, account);
  return accountRow && rows.workspaces.find(accountRow.id, name);
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

export async function tryDeployment(
  rows: Rows,
  { account, name }: NamedInAccount,
): Promise<NamedDeploymentRow | undefined> {
  const accountRow = await tryAccount(rows, account);
  return accountRow && rows.deployments.find(accountRow.id, name);
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

/** How the rows of attachments and links name their connection. */
export function connectionNameOf({
  owner_kind,
  owner_name,
  name,
}: ConnectionRow): ConnectionName {
  return { owner_kind, owner_name, connection_name: name };
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
