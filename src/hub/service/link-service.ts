import { PatchbayError, Secret } from "../../diagnostics";
import { checkOverrides } from "../../catalog";
import {
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  type JsonObject,
  type Link,
  type LinkKey,
  objectOf,
  type ObservedLink,
  overriddenFields,
} from "../../model";
import type { Account } from "../account";
import type { KeyedWrite, LinkOperations } from "../hub-api";
import type { NamedDeploymentRow, NamedLinkRow, Rows } from "../store/store";
import type { ConnectionRow, LinkRow } from "../store/tables";
import { type HubContext, reading, writing } from "./context";
import { alreadyExists, notFound, stale } from "./failures";
import { once } from "./idempotency";
import {
  ensureAccount,
  requireConnection,
  requireDeployment,
  storedOwner,
  tryAccount,
  tryConnection,
} from "./lookup";
import { normalizedLink } from "./normalized-connection";
import { concurrencyTokenOf, observedLink } from "./observed";
import { pageOf } from "./paging";
import { noSealedFields, sealFields, unsealFields } from "./sealed-fields";

/** An update that is made from what is there, secrets included, while nobody else writes. */
export interface LinkAmendment extends KeyedWrite<LinkKey> {
  readonly amend: (current: Link) => Link;
}

/** The operations, and one that needs the secrets and so exists in this process only. */
export interface LinkService extends LinkOperations {
  /** Rejects as `update` does. */
  amend(options: LinkAmendment): Promise<ObservedLink>;
}

export function linkService(context: HubContext): LinkService {
  return {
    list: (options) =>
      reading(context, options, async (rows) => {
        const account = await tryAccount(rows, options.account);
        const owner =
          options.owner && storedOwner(options.account, options.owner);
        return pageOf({
          options,
          list: async (slice) =>
            account
              ? rows.links.list({ accountId: account.id, owner }, slice)
              : [],
          keysOf: (row) => [
            row.owner_kind,
            row.owner_name,
            row.connection_name,
            row.deployment_name,
          ],
          toItem: observedLink,
        });
      }),
    tryFind: (options) =>
      reading(context, options, async (rows) => {
        const found = await tryLink(rows, options.account, options.key);
        return found && observedLink(named(found.row, found));
      }),
    create: (options) =>
      writing(context, options, (rows) => {
        const { overrides, overrideSecrets } = options.link;
        return once(context, rows, {
          operation: "link",
          options,
          request: {
            key: formatLinkKey(options.link),
            overrides,
            overrideSecrets: overrideSecrets?.reveal() ?? null,
          },
          create: () => createLink(context, rows, options),
        });
      }),
    update: (options) => {
      const { link } = options;
      return amendLink(context, {
        ...options,
        key: link,
        amend: (current) => ({
          ...link,
          overrideSecrets: link.overrideSecrets ?? current.overrideSecrets,
        }),
      });
    },
    amend: (options) => amendLink(context, options),
    delete: (options) =>
      writing(context, options, async (rows) => {
        const found = await tryLink(rows, options.account, options.key);
        if (found === undefined) return;
        requireCurrent(found.row, options.key, options.concurrencyToken);
        await rows.links.remove(found.row.id);
      }),
  };
}

function amendLink(
  context: HubContext,
  options: LinkAmendment,
): Promise<ObservedLink> {
  return writing(context, options, async (rows) => {
    const found = await tryLink(rows, options.account, options.key);
    if (found === undefined)
      throw notFound(`link ${formatLinkKey(options.key)}`);
    const { row, connection } = found;
    requireCurrent(row, options.key, options.concurrencyToken);
    const current: Link = {
      ...observedLink(named(row, found)),
      overrideSecrets: new Secret(unsealFields(context, row.id, row)),
    };
    const link = normalizedLink(connection.type, options.amend(current));
    const overrideSecrets =
      link.overrideSecrets ?? new Secret(objectOf<never>([]));
    requireValidOverrides(context, connection, {
      overrides: link.overrides,
      overrideSecrets: overrideSecrets.reveal(),
    });
    const changed: LinkRow = {
      ...row,
      overrides_json: JSON.stringify(link.overrides),
      ...sealFields(context, {
        id: row.id,
        before: row,
        secrets: overrideSecrets,
        fieldsOf: overriddenFields,
      }),
      version: row.version + 1,
    };
    await rows.links.update(changed);
    return observedLink(named(changed, found));
  });
}

async function createLink(
  context: HubContext,
  rows: Rows,
  { account, link: declared }: Parameters<LinkOperations["create"]>[0],
) {
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

interface LinkPlace {
  readonly connection: ConnectionRow;
  readonly deployment: NamedDeploymentRow;
  readonly link: Link;
}

/** The connection must be the deployment's own, its workspace's own, or attached to that workspace. */
async function requireReachable(
  rows: Rows,
  { connection, deployment, link }: LinkPlace,
): Promise<void> {
  if (connection.deployment_id === deployment.id) return;
  if (connection.workspace_id === deployment.workspace_id) return;
  if (await rows.attachments.find(connection.id, deployment.workspace_id))
    return;
  const workspace = deployment.workspace_name;
  const attachment = formatAttachmentKey({
    connection: link.connection,
    workspace,
  });
  throw new PatchbayError({
    code: "attachment_missing",
    path: ["deployment"],
    detail: `The deployment ${deployment.name} runs in the workspace ${workspace}, and the connection ${formatConnectionKey(link.connection)} is not attached to it: the attachment ${attachment} is missing. Declare it (attachTo in code, a patchbay_workspace_attachment in HCL) and let the link depend on it.`,
  });
}

interface Overrides {
  readonly overrides: JsonObject;
  readonly overrideSecrets: JsonObject | undefined;
}

function requireValidOverrides(
  context: HubContext,
  connection: ConnectionRow,
  given: Overrides,
): void {
  const diagnostics = checkOverrides({
    type: connection.type,
    config: JSON.parse(connection.config_json) as JsonObject,
    secrets: unsealFields(context, connection.id, connection),
    overrides: given.overrides,
    overrideSecrets: given.overrideSecrets,
    overrideSecretsPath: "override_secrets",
  });
  if (diagnostics.length > 0) throw new PatchbayError(diagnostics);
}

interface FoundLink extends Omit<LinkPlace, "link"> {
  readonly row: LinkRow;
}

async function tryLink(
  rows: Rows,
  account: Account,
  key: LinkKey,
): Promise<FoundLink | undefined> {
  const connection = await tryConnection(rows, account, key.connection);
  if (connection === undefined) return undefined;
  const deployment = await rows.deployments.find(
    connection.account_id,
    key.deployment,
  );
  const row =
    deployment && (await rows.links.find(connection.id, deployment.id));
  return row && { row, connection, deployment };
}

function named(
  row: LinkRow,
  { connection, deployment }: Omit<LinkPlace, "link">,
): NamedLinkRow {
  return {
    ...row,
    owner_kind: connection.owner_kind,
    owner_name: connection.owner_name,
    connection_name: connection.name,
    deployment_name: deployment.name,
  };
}

function requireCurrent(
  row: LinkRow,
  key: LinkKey,
  concurrencyToken: string | undefined,
): void {
  if (
    concurrencyToken === undefined ||
    concurrencyToken === concurrencyTokenOf(row)
  )
    return;
  throw stale(`link ${formatLinkKey(key)}`);
}
