import type { HubApi } from "../../../src/hub";

/** Leaves nothing of what a test made. */
export async function emptyHub(api: HubApi): Promise<void> {
  for (const account of (await api.accounts.list()).items) {
    const options = { account };
    for (const key of (await api.links.list(options)).items) {
      await api.links.delete({ account, key });
    }
    for (const key of (await api.attachments.list(options)).items) {
      await api.attachments.delete({ account, key });
    }
    for (;;) {
      const { items } = await api.connections.list(options);
      if (items.length === 0) break;
      for (const key of items) await api.connections.delete({ account, key });
    }
    for (const { name } of (await api.deployments.list(options)).items) {
      await api.deployments.delete({ account, name });
    }
    for (const { name } of (await api.workspaces.list(options)).items) {
      await api.workspaces.delete({ account, name });
    }
  }
}
