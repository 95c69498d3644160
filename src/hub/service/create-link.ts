import {
  formatLinkKey,
  type ObservedLink,
  overriddenFields,
} from "../../model";
import type { LinkOperations } from "../hub-api";
import type { Rows } from "../store/store";
import type { LinkRow } from "../store/tables";
import type { HubContext } from "./context";
import { alreadyExists } from "./failures";
import { requireReachable, requireValidOverrides } from "./link-checks";
import { named } from "./link-place";
import { ensureAccount, requireConnection, requireDeployment } from "./lookup";
import { normalizedLink } from "./normalized-connection";
import { observedLink } from "./observed";
import { noSealedFields, sealFields } from "./sealed-fields";

/** The rules of `LinkOperations.create`. */
export async function createLink(
  context: HubContext,
  rows: Rows,
  { account, link: declared }: Parameters<LinkOperations["create"]>[0],
): Promise<ObservedLink> {
  const accountRow = await ensureAccount(context, rows, account);
  const connection = await requireConnection(
    rows,
    account,
    declared.connection,
  );
  const deployment = await requireDeployment(rows, accountRow, {
    name: declared.deployment,
    path: ["deployment"],
  });
  const link = normalizedLink(connection.type, declared);
  await requireReachable(rows, { connection, deployment, link });
  if (await rows.links.find(connection.id, deployment.id)) {
    throw alreadyExists(`link ${formatLinkKey(link)}`, []);
  }
  const overrideSecrets = link.overrideSecrets?.reveal();
  requireValidOverrides(context, connection, {
    overrides: link.overrides,
    overrideSecrets,
  });
  const id = `link_${context.ids()}`;
  const row: LinkRow = {
    id,
    account_id: accountRow.id,
    connection_id: connection.id,
    deployment_id: deployment.id,
    overrides_json: JSON.stringify(link.overrides),
    ...sealFields(context, {
      id,
      before: noSealedFields,
      secrets: link.overrideSecrets,
      fieldsOf: overriddenFields,
    }),
    version: 1,
  };
  await rows.links.insert(row);
  return observedLink(named(row, { connection, deployment }));
}
