import { makeInventory, removeInventory } from "../../apply";
import { KNOWN_AFTER_APPLY, needed } from "../../model";
import {
  checkInventory,
  type DeclaredInventory,
  formatInventoryId,
  type InventoryBefore,
  type InventoryKind,
  parseInventoryId,
  planInventory,
  refreshedInventory,
} from "../../plan";
import type { ProviderContext } from "../provider-context";
import { deploymentSchema, workspaceSchema } from "../schema/inventory";
import { recordOfSchema } from "../schema/schema-type";
import {
  knownTextOf,
  settled,
  textIn,
  textOf,
  textToCty,
} from "../state/record";
import { type CtyRecord, type Schema, UNKNOWN } from "../wire";
import { declaredOwner } from "./declared-owner";
import { planAnswer } from "./plan-answer";
import type { Resource } from "./resource";

/** patchbay_workspace */
export const workspaceResource = inventoryResource(
  "workspace",
  workspaceSchema,
);

/** patchbay_deployment */
export const deploymentResource = inventoryResource(
  "deployment",
  deploymentSchema,
);

function inventoryResource(kind: InventoryKind, schema: Schema): Resource {
  return {
    typeName: `patchbay_${kind}`,
    kind,
    schema,

    validate: (config, context) =>
      checkInventory(declaredInventory(kind, config, context)),

    async read({ state, remembered }, context) {
      const { workspaces, deployments } = context.require().snapshot;
      const key = needed(parseInventoryId(kind, knownTextOf(state, "id")));
      const part = kind === "workspace" ? workspaces : deployments;
      const stored = await part.tryFind(key);
      if (stored === undefined) return { state: null, remembered: {} };
      const now = refreshedInventory(kind, stored);
      return {
        state: recordOfSchema(schema, {
          id: textToCty(now.id),
          name: textToCty(now.name),
          owner: textToCty(now.owner),
          workspace: textToCty(now.workspace),
          platform_id: textToCty(now.platformId),
        }),
        remembered,
      };
    },

    plan(request, context) {
      const { prior, config } = request;
      const planned = planInventory({
        declared: declaredInventory(kind, config, context),
        before: prior === null ? undefined : inventoryBefore(kind, prior),
        rules: context.rules,
      });
      const record = recordOfSchema(schema, {
        ...config,
        id: textToCty(planned.id),
        owner: textToCty(planned.owner),
        platform_id: prior === null ? UNKNOWN : (prior["platform_id"] ?? null),
      });
      return planAnswer(planned, record, request, context);
    },

    async make({ prior, planned, config, remembered, ...step }, context) {
      if (prior !== null)
        throw new Error(`every argument of a ${kind} replaces it`);
      const { platformId } = await makeInventory(
        declaredInventory(kind, config, context),
        context.placeOf(step),
      );
      return {
        state: settled(planned, { platform_id: platformId }),
        remembered,
      };
    },

    async delete({ prior, ...step }, context) {
      await removeInventory(
        inventoryBefore(kind, prior),
        context.placeOf(step),
      );
    },

    import(id) {
      return recordOfSchema(schema, {
        id: formatInventoryId(kind, needed(parseInventoryId(kind, id))),
      });
    },
  };
}

function declaredInventory(
  kind: InventoryKind,
  config: CtyRecord,
  context: ProviderContext,
): DeclaredInventory {
  return {
    kind,
    owner: declaredOwner(config, context),
    name: textOf(config, "name") ?? KNOWN_AFTER_APPLY,
    workspace: textOf(config, "workspace"),
  };
}

function inventoryBefore(
  kind: InventoryKind,
  state: CtyRecord,
): InventoryBefore {
  return {
    kind,
    id: textIn(state, "id"),
    owner: textIn(state, "owner"),
    name: textIn(state, "name"),
    platformId: textIn(state, "platform_id"),
    workspace: textIn(state, "workspace"),
  };
}
