import { readWithAccess } from "../../apply";
import { connectionStringOf } from "../../catalog";
import { errorDiagnostic, PatchbayError } from "../../diagnostics";
import {
  checkName,
  type ConnectionKey,
  formatConnectionKey,
  formatOwner,
  type ObservedConnection,
  parseConnectionKey,
  needed,
} from "../../model";
import { shownFolder } from "../../plan";
import type { ProviderContext } from "../provider-context";
import { computedAttributes } from "../resources/connection/connection-record";
import {
  connectionDataSchema,
  connectionsDataSchema,
} from "../schema/data-sources";
import { recordOfSchema } from "../schema/schema-type";
import { textOf, textToCty } from "../state/record";
import { dynamicOf } from "../state/values";
import { type CtyRecord, recordOf } from "../wire";
import type { DataSource } from "./data-source";
import { ownerOf } from "./owner-of";

/** patchbay_connection */
export const connectionDataSource: DataSource = {
  typeName: "patchbay_connection",
  schema: connectionDataSchema,

  validate(config) {
    const given = (name: string) => (config[name] ?? null) !== null;
    const name = textOf(config, "name");
    // The form of ids and owners is left to reading: a mocked provider makes some up, and never reads.
    const faults = typeof name === "string" ? checkName(name, ["name"]) : [];
    if (given("id") !== given("name")) return faults;
    return [
      ...faults,
      errorDiagnostic({
        code: given("id") ? "conflicting_arguments" : "missing_argument",
        path: [given("id") ? "name" : "id"],
        detail:
          "A connection is looked up either by id or by name (and owner). Give exactly one of the two.",
      }),
    ];
  },

  async read(config, context) {
    const key = connectionKeyOf(config, context);
    const observed = await readWithAccess(
      await findConnection(key, context),
      context.require(),
    );
    const { access } = observed;
    return recordOfSchema(connectionDataSchema, {
      ...computedAttributes(observed),
      id: formatConnectionKey(observed),
      name: observed.name,
      owner: formatOwner(observed.owner),
      type: observed.type,
      description: observed.description ?? null,
      config: dynamicOf(observed.config),
      auto_link: observed.autoLink,
      auto_link_except: observed.autoLinkExcept,
      access:
        access === undefined
          ? null
          : recordOf(
              (["view", "use", "edit"] as const).map((name) => [
                name,
                access[name] ?? null,
              ]),
            ),
      parent: textToCty(shownFolder(observed, context.require().platform)),
      connection_string: textToCty(
        connectionStringOf(observed.type, observed.config),
      ),
    });
  },
};

/** patchbay_connections */
export const connectionsDataSource: DataSource = {
  typeName: "patchbay_connections",
  schema: connectionsDataSchema,

  async read(config, context) {
    const owner = ownerOf(config, context);
    const type = textOf(config, "type");
    const { snapshot } = context.require();
    const all = await snapshot.connections.list(owner);
    const connections = all
      .filter((connection) => type === undefined || connection.type === type)
      .sort(
        (left, right) =>
          compare(left.type, right.type) || compare(left.name, right.name),
      )
      .map((connection): CtyRecord =>
        recordOf([
          ["id", formatConnectionKey(connection)],
          ["name", connection.name],
          ["type", connection.type],
          ["owner", formatOwner(connection.owner)],
          ["status", connection.status],
          [
            "connection_string",
            textToCty(connectionStringOf(connection.type, connection.config)),
          ],
        ]),
      );
    return recordOfSchema(connectionsDataSchema, { ...config, connections });
  },
};

function connectionKeyOf(
  config: CtyRecord,
  context: ProviderContext,
): ConnectionKey {
  const id = textOf(config, "id");
  if (typeof id === "string") return needed(parseConnectionKey(id));
  return {
    owner: ownerOf(config, context),
    name: String(textOf(config, "name") ?? ""),
  };
}

/** The connection; an error where there is none. */
export async function findConnection(
  key: ConnectionKey,
  context: ProviderContext,
): Promise<ObservedConnection> {
  const { platform, snapshot } = context.require();
  const observed = await snapshot.connections.tryFind(key);
  if (observed !== undefined) return observed;
  throw new PatchbayError({
    code: "not_found",
    detail: `There is no connection ${formatConnectionKey(key)} on ${platform.title}. Check owner and name; the data source patchbay_connections lists what there is.`,
  });
}

/** Order by characters, the same on every machine. */
export function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
