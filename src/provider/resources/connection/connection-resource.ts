import { parseConnectionKey, formatConnectionKey } from "../../../model";
import { connectionSchema } from "../../schema/connection";
import { recordOfSchema } from "../../schema/schema-type";
import { knownTextOf, need } from "../../state/record";
import type { Resource } from "../resource";
import { planConnection, protectionFaults } from "./connection-plan";
import { connectionState } from "./connection-state";
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
    const key = need(parseConnectionKey(knownTextOf(state, "id")));
    const observed = await context.require().snapshot.connections.tryFind(key);
    if (observed === undefined) return { state: null, remembered: {} };
    const { concurrencyToken } = observed;
    return {
      state: connectionState(observed, state, remembered),
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

  import(id) {
    return recordOfSchema(connectionSchema, {
      id: formatConnectionKey(need(parseConnectionKey(id))),
    });
  },
};
