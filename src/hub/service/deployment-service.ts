import { formatOwner } from "../../model";
import type {
  DeploymentOperations,
  NamedInAccount,
  Page,
  PageOptions,
} from "../hub-api";
import type {
  NamedDeploymentRow,
  Rows,
  VisibleConnectionRow,
} from "../store/store";
import { changeDeployment } from "./change-deployment";
import { type HubContext, reading, writing } from "./context";
import {
  effectiveConnection,
  effectiveConnectionWithSecrets,
} from "./effective";
import { alreadyExists, requireName, requireUnused } from "./failures";
import { once } from "./idempotency";
import { listInAccount } from "./list-in-account";
import {
  ensureAccount,
  requireAccount,
  requireDeployment,
  requireWorkspace,
  tryDeployment,
} from "./lookup";
import { observedDeployment } from "./observed";
import { pageOf } from "./paging";

export function deploymentService(context: HubContext): DeploymentOperations {
  return {
    list: (options) =>
      listInAccount(context, {
        options,
        list: (rows, { accountId }, slice) =>
          rows.deployments.list(accountId, slice),
        keysOf: (row) => [row.name],
        toItem: (row) => observedDeployment(options.account, row),
      }),
    tryFind: (options) =>
      reading(context, options, async (rows) => {
        const row = await tryDeployment(rows, options);
        return row && observedDeployment(options.account, row);
      }),
    create: (options) =>
      writing(context, options, (rows) =>
        once(context, rows, {
          operation: "deployment",
          options,
          request: { name: options.name, workspace: options.workspace },
          create: () => createDeployment(context, rows, options),
        }),
      ),
    change: (options) =>
      writing(context, options, (rows) => changeDeployment(rows, options)),
    delete: (options) =>
      writing(context, options, async (rows) => {
        const row = await tryDeployment(rows, options);
        if (row === undefined) return;
        requireUnused(
          `deployment ${row.name} of ${formatOwner(options.account)}`,
          await rows.deployments.uses(row.id),
        );
        await rows.deployments.remove(row.id);
      }),
    effectiveConnections: (options) =>
      reading(context, options, (rows) =>
        visiblePage(rows, options, (visible) =>
          effectiveConnection(context, visible),
        ),
      ),
    effectiveConnectionsWithSecrets: (options) =>
      reading(context, options, (rows) =>
        visiblePage(rows, options, (visible) =>
          effectiveConnectionWithSecrets(context, visible),
        ),
      ),
  };
}

async function createDeployment(
  context: HubContext,
  rows: Rows,
  options: NamedInAccount & { readonly workspace: string },
) {
  const { name } = options;
  requireName(name, ["name"]);
  const account = await ensureAccount(context, rows, options.account);
  const workspace = await requireWorkspace(rows, account, {
    name: options.workspace,
    path: ["workspace"],
  });
  if (await rows.deployments.find(account.id, name)) {
    throw alreadyExists(`deployment ${name} of ${formatOwner(account)}`, [
      "name",
    ]);
  }
  const row = {
    id: `dep_${context.ids()}`,
    account_id: account.id,
    workspace_id: workspace.id,
    name,
  };
  await rows.deployments.insert(row);
  const named: NamedDeploymentRow = { ...row, workspace_name: workspace.name };
  return observedDeployment(options.account, named);
}

async function visiblePage<Item>(
  rows: Rows,
  options: NamedInAccount & PageOptions,
  toItem: (visible: VisibleConnectionRow) => Item,
): Promise<Page<Item>> {
  const account = await requireAccount(rows, options.account);
  const deployment = await requireDeployment(rows, account, {
    name: options.name,
    path: ["deployment"],
  });
  return pageOf({
    options,
    list: (slice) => rows.connections.listVisible(deployment, slice),
    keysOf: ({ connection }) => [
      connection.owner_kind,
      connection.owner_name,
      connection.name,
    ],
    toItem,
  });
}
