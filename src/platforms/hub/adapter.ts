import type { HubApi } from "../../hub";
import type { Platform } from "../../model";
import { type AccountOf, accountOf } from "./account";
import { attachmentsOf } from "./attachments";
import { hubIdentity } from "./capabilities";
import { connectionsOf } from "./connections";
import { inventoryManagementOf, inventoryOf } from "./inventory";
import { linksOf } from "./links";
import { usageOf } from "./usage";

export interface HubAdapterOptions {
  readonly api: HubApi;
  /** Whose the workspaces and deployments are that own a connection. */
  readonly organization: string | undefined;
  /** Frees what `api` holds. */
  readonly close: () => Promise<void>;
  /** See `Platform`. @default it is always there */
  readonly missing?: NonNullable<Platform["missing"]>;
}

/** The port over any hub, in this process or on a server. */
export function createHubAdapter({
  api,
  organization,
  close,
  missing,
}: HubAdapterOptions): Platform {
  const account: AccountOf = (owner) => accountOf(owner, organization);
  return {
    ...hubIdentity,
    connections: connectionsOf(api, account),
    attachments: attachmentsOf(api, account),
    links: linksOf(api, account),
    usage: usageOf(api, account),
    inventory: inventoryOf(api, account),
    inventoryManagement: inventoryManagementOf(api, account),
    close,
    ...(missing === undefined ? {} : { missing }),
  };
}
