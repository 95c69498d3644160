import { PatchbayError } from "../../diagnostics";
import {
  type CallOptions,
  type ConnectionKey,
  type ConnectionUsage,
  formatConnectionKey,
  type UsagePort,
} from "../../model";
import { connectionPlace, tryFindRecord } from "./find-connection";
import type { PipesCalls } from "./client";
import { below, type Places } from "./places";
import { schemaRecordOf } from "./schema-record";
import { listWorkspaceRecords } from "./workspace-record";

/** In which workspaces a connection is. */
export class PipesUsage implements UsagePort {
  readonly #context: { readonly calls: PipesCalls; readonly places: Places };

  constructor(context: {
    readonly calls: PipesCalls;
    readonly places: Places;
  }) {
    this.#context = context;
  }

  async find(
    key: ConnectionKey,
    options: CallOptions = {},
  ): Promise<ConnectionUsage> {
    if ((await tryFindRecord(this.#context, key, options)) === undefined) {
      throw new PatchbayError({
        code: "not_found",
        detail: `There is no connection ${formatConnectionKey(key)} on Turbot Pipes.`,
      });
    }
    return await this.of(key, options);
  }

  /** The same of a connection that is known to be there. */
  async of(
    key: ConnectionKey,
    options: CallOptions = {},
  ): Promise<ConnectionUsage> {
    if (key.owner.kind === "workspace") {
      const { name } = key.owner;
      return {
        workspaces: [{ workspace: name, through: "owner" }],
        deployments: [],
      };
    }
    const { calls, places } = this.#context;
    const place = below(connectionPlace(places, key), "/workspace");
    const ids = await calls.list(
      place,
      (association) => association.text("workspace_id"),
      options,
    );
    if (ids.length === 0) return { workspaces: [], deployments: [] };
    const handles = new Map(
      (await listWorkspaceRecords(this.#context, key.owner, options)).map(
        ({ id, handle }) => [id, handle],
      ),
    );
    // A workspace of another organization has no name that could be looked up here.
    const names = ids.map((id) => handles.get(id) ?? id);
    return {
      workspaces: [...new Set(names)]
        .sort()
        .map((workspace) => ({ workspace, through: "attachment" })),
      deployments: [],
    };
  }

  /** The same without workspaces that have the connection through an attached folder only. */
  async withoutFolders(
    usage: ConnectionUsage,
    connection: ConnectionKey & { readonly id: string },
    options: CallOptions = {},
  ): Promise<ConnectionUsage> {
    const { calls, places } = this.#context;
    const schemas = await Promise.all(
      usage.workspaces.map(({ workspace }) =>
        calls.tryGet(
          below(
            places.workspace(connection.owner, workspace),
            "/schema/{schema}",
            { schema: connection.name },
          ),
          schemaRecordOf,
          options,
        ),
      ),
    );
    const workspaces = usage.workspaces.filter((_, index) => {
      const schema = schemas[index];
      return (
        schema?.state !== "indirect" || schema.connectionId !== connection.id
      );
    });
    return { ...usage, workspaces };
  }
}
