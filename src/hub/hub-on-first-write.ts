import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import {
  databaseFileOf,
  openEmbeddedHub,
  type EmbeddedHub,
  openHubInMemory,
  type OpenEmbeddedHubOptions,
} from "./embedded-hub";
import type { HubApi } from "./hub-api";

/** An embedded hub that may not have been made yet. */
export interface HubOnFirstWrite extends Omit<EmbeddedHub, "api"> {
  readonly api: HubApi;
  /** Whether it is there by now, made by whomever. */
  isThere(): boolean;
}

type Operation = {
  [Part in keyof HubApi]: keyof HubApi[Part];
}[keyof HubApi];

/** What asks only; everything else makes the hub. */
const readings: ReadonlySet<PropertyKey> = new Set<Operation>([
  "list",
  "tryFind",
  "usage",
  "effectiveConnections",
  "effectiveConnectionsWithSecrets",
]);

/**
 * Opens the hub in a directory like `openEmbeddedHub`, except that where there is
 * none it is made by the first write: who only looks, as a plan does, leaves no
 * files and sees an empty hub.
 */
export async function openHubOnFirstWrite(
  options: OpenEmbeddedHubOptions,
): Promise<HubOnFirstWrite> {
  const databaseFile = databaseFileOf(options);
  const isThere = () => existsSync(databaseFile.path);
  let opened: Promise<EmbeddedHub> | undefined;
  const open = () => {
    opened ??= openEmbeddedHub(options).catch((thrown: unknown) => {
      opened = undefined;
      throw thrown;
    });
    return opened;
  };
  if (isThere()) await open();
  let empty: Promise<EmbeddedHub> | undefined;
  const hubFor = async (operation: PropertyKey) => {
    const isRead = readings.has(operation);
    if (opened === undefined && isRead && !isThere())
      return (empty ??= openHubInMemory(options, randomBytes(32)));
    return open();
  };
  return {
    api: forwarded(hubFor),
    directory: databaseFile.directory,
    isThere: () => opened !== undefined || isThere(),
    close: async () => {
      // What failed to open was told to who asked for it.
      const hubs = await Promise.allSettled([opened, empty]);
      for (const hub of hubs)
        if (hub.status === "fulfilled") await hub.value?.close();
    },
  };
}

const parts: readonly (keyof HubApi)[] = [
  "accounts",
  "workspaces",
  "deployments",
  "connections",
  "attachments",
  "links",
  "tokens",
];

/** A hub whose every operation is carried out by the hub for it. */
function forwarded(
  hubFor: (operation: PropertyKey) => Promise<EmbeddedHub>,
): HubApi {
  const operationsOf = (part: keyof HubApi) =>
    new Proxy(Object.create(null) as object, {
      get:
        (_, operation) =>
        async (...given: readonly unknown[]) => {
          const { api } = await hubFor(operation);
          const operations = api[part] as unknown as Readonly<
            Record<
              PropertyKey,
              (...given: readonly unknown[]) => Promise<unknown>
            >
          >;
          return operations[operation]!(...given);
        },
    });
  return Object.fromEntries(
    parts.map((part) => [part, operationsOf(part)]),
  ) as unknown as HubApi;
}
