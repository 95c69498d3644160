/** The real hub, in this process. Its store is read with SQL, past everything that it consists of. */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HubApi, openEmbeddedHub } from "../../../src/hub";
import { sealerOf } from "../../../src/hub/sealing/sealer";
import { loadSqlite } from "../../../src/hub/store/load-sqlite";
import type { Tables } from "../../../src/hub/store/tables";
import type { JsonObject, JsonValue } from "../../../src/model";
import { createHubAdapter } from "../../../src/platforms/hub/adapter";
import { flatten, meaningOf, meaningOfOverrides } from "../meaning";
import {
  prefixed,
  storedFields,
  type StoredThing,
  type StoreView,
} from "../store-view";
import { type Ground, ORGANIZATION, SPARE_DEPLOYMENTS } from "./ground";

type Row<Name extends keyof Tables> = Tables[Name];

export async function openHubGround(): Promise<Ground> {
  const workingDirectory = await mkdtemp(join(tmpdir(), "patchbay-oracle-"));
  const hub = await openEmbeddedHub({ workingDirectory, environment: {} });
  const key = readFileSync(join(hub.directory, "hub.key"), "utf8").trim();
  const sealer = sealerOf(Buffer.from(key, "base64"));
  const Sqlite = loadSqlite(undefined);
  const database = new Sqlite(join(hub.directory, "hub.db"), { timeout: 5000 });
  const rows = <Name extends keyof Tables>(table: Name): readonly Row<Name>[] =>
    database
      .prepare(`select * from "${table}"`)
      .all([]) as readonly Row<Name>[];
  const secretsOf = (row: Pick<Row<"link">, "id" | "sealed_secrets">) =>
    row.sealed_secrets === null
      ? {}
      : sealer.unseal(row.id, row.sealed_secrets);

  await makePlaces(hub.api);
  const always = {
    workspace: rows("workspace").map(({ id }) => id),
    deployment: rows("deployment").map(({ id }) => id),
  };

  return {
    name: "hub",
    platform: createHubAdapter({
      api: hub.api,
      organization: ORGANIZATION,
      close: () => Promise.resolve(),
    }),

    reset: () => {
      database.exec(
        [
          "begin",
          ...["idempotency", "link", "attachment", "connection"].map(
            (table) => `delete from "${table}"`,
          ),
          ...(["deployment", "workspace"] as const).map(
            (table) =>
              `delete from "${table}" where id not in (${always[table].map((id) => `'${id}'`).join(", ")})`,
          ),
          "commit",
        ].join(";\n"),
      );
      return Promise.resolve();
    },

    view: () => {
      const view = new Map<string, StoredThing>();
      const accounts = new Map(rows("account").map((row) => [row.id, row]));
      const accountOf = (id: string) => {
        const { kind, name } = accounts.get(id)!;
        return `${kind}/${name}`;
      };
      const workspaces = new Map(rows("workspace").map((row) => [row.id, row]));
      const deployments = new Map(
        rows("deployment").map((row) => [row.id, row]),
      );
      for (const { id, account_id, name } of workspaces.values())
        view.set(`workspace ${accountOf(account_id)}/workspace/${name}`, {
          id,
          fields: new Map(),
        });
      for (const one of deployments.values())
        view.set(
          `deployment ${accountOf(one.account_id)}/deployment/${one.name}`,
          {
            id: one.id,
            fields: new Map([
              ["workspace", workspaces.get(one.workspace_id)!.name],
            ]),
          },
        );
      const keys = new Map<string, string>();
      const types = new Map<string, string>();
      for (const row of rows("connection")) {
        const key = `${row.owner_kind}/${row.owner_name}/${row.name}`;
        keys.set(row.id, key);
        types.set(row.id, row.type);
        const config = JSON.parse(row.config_json) as JsonObject;
        const access = JSON.parse(row.access_json ?? "{}") as JsonObject;
        view.set(`connection ${key}`, {
          id: row.id,
          fields: storedFields([
            ["type", row.type],
            ["description", row.description ?? undefined],
            ["auto_link", row.auto_link === 1],
            [
              "auto_link_except",
              JSON.parse(row.auto_link_except_json) as JsonValue,
            ],
            ...prefixed("config", meaningOf(row.type, config)),
            ...prefixed("secrets", flatten(secretsOf(row))),
            ...prefixed("access", flatten(access)),
          ]),
        });
      }
      for (const { id, connection_id, workspace_id } of rows("attachment"))
        view.set(
          `attachment ${keys.get(connection_id)}@workspace/${workspaces.get(workspace_id)!.name}`,
          { id, fields: new Map() },
        );
      for (const row of rows("link")) {
        const overrides = JSON.parse(row.overrides_json) as JsonObject;
        const type = types.get(row.connection_id)!;
        view.set(
          `link ${keys.get(row.connection_id)}@deployment/${deployments.get(row.deployment_id)!.name}`,
          {
            id: row.id,
            fields: storedFields([
              ...prefixed("overrides", meaningOfOverrides(type, overrides)),
              ...prefixed("override_secrets", flatten(secretsOf(row))),
            ]),
          },
        );
      }
      return view satisfies StoreView;
    },

    changesSent: () => {
      const [row] = database.prepare("pragma data_version").all([]) as [
        { readonly data_version: number },
      ];
      return row.data_version;
    },

    close: async () => {
      database.close();
      await hub.close();
      await rm(workingDirectory, { recursive: true });
    },
  };
}

/** What every world has. */
async function makePlaces(api: HubApi): Promise<void> {
  const account = { kind: "organization", name: ORGANIZATION } as const;
  const spare = Array.from(
    { length: SPARE_DEPLOYMENTS },
    (_, index) => `d${index}`,
  );
  for (const name of ["analytics", "science"])
    await api.workspaces.create({ account, name });
  for (const name of ["prod", "staging", ...spare])
    await api.deployments.create({ account, name, workspace: "analytics" });
  await api.deployments.create({ account, name: "lab", workspace: "science" });
}
