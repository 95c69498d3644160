import {
  formatConnectionKey,
  type ObservedConnection,
  parseConnectionKey,
} from "../../../model";
import { connectionSchema } from "../../schema/connection";
import { recordOfSchema } from "../../schema/schema-type";
import type { ProviderContext } from "../../provider-context";
import { knownTextOf, need, textOf } from "../../state/record";
import type { CtyRecord } from "../../wire";
import type { Resource } from "../resource";
import { withAccess } from "../access-list";
import { accessOf } from "./connection-arguments";
import { planConnection, protectionFaults } from "./connection-plan";
import { connectionState, isImport, platformIdOf } from "./connection-state";
import { validateConnection } from "./connection-validate";
import {
  createPlannedConnection,
  deleteConnection,
  updatePlannedConnection,
} from "./connection-write";

/** patchbay_connection */
export const connectionResource: Resource = {
  typeName: "patchbay_connection",
  schema: connectionSchema,
  validate: validateConnection,

  async read({ state, remembered }, context) {
    const observed = await findObserved(state, context);
    if (observed === undefined) return { state: null, remembered: {} };
    const { concurrencyToken } = observed;
    const shown =
      accessOf(state) !== undefined || isImport(state)
        ? await withAccess(observed, context)
        : observed;
    return {
      state: connectionState(shown, state, remembered),
      remembered: {
        ...remembered,
        ...(concurrencyToken === undefined ? {} : { concurrencyToken }),
      },
    };
  },

  plan(request, context) {
    return Promise.resolve(planConnection(request, context));
  },

  planDelete: protectionFaults,
  create: createPlannedConnection,
  update: updatePlannedConnection,
  delete: deleteConnection,

  import(id, context) {
    const byPlatformId =
      context.platform?.connections.tryFindByPlatformId !== undefined;
    return recordOfSchema(
      connectionSchema,
      byPlatformId
        ? { platform_id: id }
        : { id: formatConnectionKey(need(parseConnectionKey(id))) },
    );
  },
};

/** By its natural key; right after an import by the platform's own id, by that. */
async function findObserved(
  state: CtyRecord,
  context: ProviderContext,
): Promise<ObservedConnection | undefined> {
  const { platform, snapshot } = context.require();
  const platformId = platformIdOf(state);
  if (textOf(state, "id") === undefined && platformId !== undefined) {
    return await platform.connections.tryFindByPlatformId?.(platformId);
  }
  const key = need(parseConnectionKey(knownTextOf(state, "id")));
  return await snapshot.connections.tryFind(key, platformId);
}
