import { PatchbayError } from "../diagnostics";
import {
  type ConnectionKey,
  type Deployment,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  type Platform,
  type Workspace,
} from "../model";
import { formatInventoryId, type ObjectKind } from "../plan";
import type { Snapshot } from "./snapshot";

/** An object that keeps another one from being removed. */
export interface UsingObject {
  readonly kind: ObjectKind;
  /** The natural key. */
  readonly id: string;
  /** As `formatUsage` words it: `deployment prod (link)`. */
  readonly words: string;
}

interface Where {
  readonly platform: Platform;
  readonly snapshot: Snapshot;
}

/** What uses a connection, from listings that serve all connections of its owner. Where nobody can tell, nothing. */
export async function usesOfConnection(
  key: ConnectionKey,
  { platform, snapshot }: Where,
): Promise<readonly UsingObject[]> {
  const id = formatConnectionKey(key);
  const isMeant = ({ connection }: { readonly connection: ConnectionKey }) =>
    formatConnectionKey(connection) === id;
  return await whereTold(async () => {
    const attachments =
      platform.attachments === undefined
        ? []
        : await snapshot.attachments.list(key.owner);
    const links =
      platform.links === undefined ? [] : await snapshot.links.list(key.owner);
    return [
      ...attachments.filter(isMeant).map((one) => ({
        kind: "attachment" as const,
        id: formatAttachmentKey(one),
        words: `workspace ${one.workspace} (attachment)`,
      })),
      ...links.filter(isMeant).map((one) => ({
        kind: "link" as const,
        id: formatLinkKey(one),
        words: `deployment ${one.deployment} (link)`,
      })),
    ];
  });
}

/** The same of a workspace: the deployments in it, and the organization's connections that are attached to it. */
export async function usesOfWorkspace(
  { owner, name }: Workspace,
  { platform, snapshot }: Where,
): Promise<readonly UsingObject[]> {
  return await whereTold(async () => {
    const deployments = await snapshot.deployments.list(owner);
    const attachments =
      platform.attachments === undefined
        ? []
        : await snapshot.attachments.list(owner);
    return [
      ...deployments
        .filter(({ workspace }) => workspace === name)
        .map((one) => ({
          kind: "deployment" as const,
          id: formatInventoryId("deployment", one),
          words: `deployment ${one.name}`,
        })),
      ...attachments
        .filter(({ workspace }) => workspace === name)
        .map((one) => ({
          kind: "attachment" as const,
          id: formatAttachmentKey(one),
          words: `connection ${formatConnectionKey(one.connection)} (attachment)`,
        })),
    ];
  });
}

/** The same of a deployment: the organization's connections that are linked to it. */
export async function usesOfDeployment(
  { owner, name }: Pick<Deployment, "owner" | "name">,
  { platform, snapshot }: Where,
): Promise<readonly UsingObject[]> {
  if (platform.links === undefined) return [];
  return await whereTold(async () =>
    (await snapshot.links.list(owner))
      .filter(({ deployment }) => deployment === name)
      .map((one) => ({
        kind: "link" as const,
        id: formatLinkKey(one),
        words: `connection ${formatConnectionKey(one.connection)} (link)`,
      })),
  );
}

/** It is asked beside what is planned: a failure of it is no failure of the plan. */
async function whereTold(
  ask: () => Promise<readonly UsingObject[]>,
): Promise<readonly UsingObject[]> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return [];
    throw thrown;
  }
}
