/** The stand-in of Turbot Pipes. One configuration holds plain and secret fields there; the worlds' secret ones are named here. */
import type { JsonObject, JsonValue } from "../../../src/model";
import { loadContract } from "../../standins/kit";
import {
  PIPES_DOCUMENT,
  pipesContractOptions,
  startPipesStandin,
} from "../../standins/pipes";
import { openAt } from "../../standins/pipes/open-with-standin";
import { flatten, meaningOf } from "../meaning";
import { prefixed, storedFields, type StoredThing } from "../store-view";
import type { Ground } from "./ground";

const secretNames = ["password", "private_key", "secret_key", "access_key"];
const snowflakeNames: Readonly<Record<string, string>> = { user: "login" };

export async function openPipesGround(): Promise<Ground> {
  const standin = await startPipesStandin({
    contract: loadContract(PIPES_DOCUMENT, pipesContractOptions),
  });
  const { world } = standin;
  const handleOf = (id: string) =>
    [...world.organizations, ...world.users, ...world.workspaces].find(
      (one) => one.id === id,
    )!.handle;
  const folderOf = (id: string | undefined): string | undefined => {
    const folder = world.folders.find((one) => one.id === id);
    if (folder === undefined) return undefined;
    const around = folderOf(folder.folderId);
    return around === undefined ? folder.title : `${around}/${folder.title}`;
  };
  return {
    name: "pipes",
    platform: openAt(standin.url),
    reset: () => {
      world.connections.length = 0;
      world.permissions.length = 0;
      world.schemas.length = 0;
      standin.clearRequests();
      return Promise.resolve();
    },
    view: () => {
      const view = new Map<string, StoredThing>();
      for (const one of world.connections) {
        const owner =
          one.workspaceId !== undefined
            ? `workspace/${handleOf(one.workspaceId)}`
            : one.identityId !== undefined
              ? `organization/${handleOf(one.identityId)}`
              : "tenant";
        const key = `${owner}/${one.handle}`;
        const { type, config, secrets } = translated(one);
        const use = world.permissions
          .filter(
            ({ connectionId, workspaceId }) =>
              connectionId === one.id && workspaceId === undefined,
          )
          .map(({ tenantId, identityId }) =>
            tenantId !== undefined
              ? "tenant"
              : `${identityId!.startsWith("u_") ? "user" : "org"}/${handleOf(identityId!)}`,
          );
        view.set(`connection ${key}`, {
          id: one.id,
          fields: storedFields([
            ["type", type],
            ["parent", folderOf(one.folderId)],
            ["access.use", use],
            ...prefixed("config", meaningOf(type, config)),
            ...prefixed("secrets", flatten(secrets)),
          ]),
        });
        for (const schema of world.schemas)
          if (schema.connectionId === one.id)
            view.set(
              `attachment ${key}@workspace/${handleOf(schema.workspaceId)}`,
              { id: schema.id, fields: new Map() },
            );
      }
      return view;
    },
    changesSent: () =>
      standin.requests().filter(({ method }) => method !== "GET").length,
    close: () => standin.close(),
  };
}

function translated({
  plugin,
  config,
}: {
  readonly plugin: string;
  readonly config: Readonly<Record<string, unknown>>;
}) {
  const isSnowflake = plugin === "snowflake";
  const name = (field: string) =>
    (isSnowflake ? snowflakeNames[field] : undefined) ?? field;
  const entries = Object.entries(config as JsonObject)
    .filter(([, value]) => value !== null)
    .map(([field, value]): [string, JsonValue] => [name(field), value]);
  const isSecret = ([field]: readonly [string, JsonValue]) =>
    secretNames.includes(field);
  return {
    type: isSnowflake ? "snowflake" : `pipes:${plugin}`,
    config: Object.fromEntries(entries.filter((entry) => !isSecret(entry))),
    secrets: Object.fromEntries(entries.filter(isSecret)),
  };
}
