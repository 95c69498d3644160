import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Secret } from "../diagnostics";
import type { Connection, Owner } from "../model";
import {
  type EmbeddedHub,
  openEmbeddedHub,
  type OpenEmbeddedHubOptions,
} from "./embedded-hub";

/** For tests: a hub in a temporary directory, removed with `close`. */
export async function openTemporaryHub(
  options: Partial<OpenEmbeddedHubOptions> = {},
): Promise<EmbeddedHub> {
  const workingDirectory = await makeTemporaryDirectory();
  const hub = await openEmbeddedHub({
    workingDirectory,
    environment: {},
    ...options,
  });
  return {
    ...hub,
    close: async () => {
      await hub.close();
      await rm(workingDirectory, { recursive: true, force: true });
    },
  };
}

/** For tests: an empty directory; the caller removes it. */
export function makeTemporaryDirectory(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "patchbay-hub-"));
}

export const acme = { kind: "organization", name: "acme" } as const;

/** For tests: a valid connection of type postgresql. */
export function postgres(
  name: string,
  change: Partial<Connection> = {},
): Connection {
  const owner: Owner = acme;
  return {
    owner,
    name,
    type: "postgresql",
    config: {
      host: "db.example.com",
      port: 5432,
      database: "sales",
      login: "loader",
    },
    secrets: new Secret({ password: "not-a-real-password" }),
    ...change,
  };
}

/** For tests: workspaces analytics and finance, with deployments prod, staging and books. */
export async function addInventory({ api }: EmbeddedHub): Promise<void> {
  await api.workspaces.create({ account: acme, name: "analytics" });
  await api.workspaces.create({ account: acme, name: "finance" });
  await api.deployments.create({
    account: acme,
    name: "prod",
    workspace: "analytics",
  });
  await api.deployments.create({
    account: acme,
    name: "staging",
    workspace: "analytics",
  });
  await api.deployments.create({
    account: acme,
    name: "books",
    workspace: "finance",
  });
}

/** For tests: everything of a paged listing. */
export async function collect<T>(
  list: (page: { readonly cursor: string | undefined }) => Promise<{
    readonly items: readonly T[];
    readonly nextCursor?: string | undefined;
  }>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}
