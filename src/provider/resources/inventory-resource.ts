import { makeInventory, removeInventory } from "../../apply";
import { KNOWN_AFTER_APPLY, needed, escapeName } from "../../model";
import {
  checkInventory,
  type DeclaredInventory,
  formatInventoryId,
  type Identity,
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
import { findPlace } from "./used-in";

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
      const before = inventoryBefore(kind, state);
      const stored = await part.tryFindRenamed(key, before.platformId);
      if (stored === undefined) return { state: null, remembered: {} };
      const now = refreshedInventory(kind, stored);
      const workspace = await workspaceOf(now, context);
      return {
        state: recordOfSchema(schema, {
          id: textToCty(now.id),
          name: textToCty(now.name),
          owner: textToCty(now.owner),
          workspace: textToCty(now.workspace),
          platform_id: textToCty(now.platformId),
          workspace_platform_id: textToCty(
            workspace?.platformId ?? before.workspacePlatformId,
          ),
        }),
        remembered,
      };
    },

    async plan(request, context) {
      const { prior, config } = request;
      const declared = declaredInventory(kind, config, context);
      const planned = planInventory({
        declared,
        before: prior === null ? undefined : inventoryBefore(kind, prior),
        workspacePlatformId: await workspaceIdentity(declared, context),
        rules: context.rules,
      });
      const record = recordOfSchema(schema, {
        ...config,
        id: textToCty(planned.id),
        owner: textToCty(planned.owner),
        platform_id: prior === null ? UNKNOWN : (prior["platform_id"] ?? null),
        workspace_platform_id: textToCty(planned.workspacePlatformId),
      });
      return planAnswer(planned, record, request, context);
    },

    async make({ prior, planned, config, remembered, ...step }, context) {
      const declared = declaredInventory(kind, config, context);
      const { platformId } = await makeInventory(
        {
          declared,
          before: prior === null ? undefined : inventoryBefore(kind, prior),
        },
        context.placeOf(step),
      );
      const workspace = await workspaceOf(declared, context);
      return {
        state: settled(planned, {
          platform_id: platformId,
          workspace_platform_id: textToCty(workspace?.platformId),
        }),
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
    workspacePlatformId: textIn(state, "workspace_platform_id"),
  };
}

/** The own id of the workspace that a deployment is declared in, as the plan will have it or as it is. */
async function workspaceIdentity(
  declared: DeclaredInventory,
  context: ProviderContext,
): Promise<Identity> {
  const id = workspaceId(declared);
  if (id === undefined) return undefined;
  return (
    context.planned.identity("workspace", id) ??
    (await findPlace({ kind: "workspace", id }, context))?.platformId
  );
}

async function workspaceOf(
  deployment: Parameters<typeof workspaceId>[0],
  context: ProviderContext,
) {
  const id = workspaceId(deployment);
  return id === undefined
    ? undefined
    : await findPlace({ kind: "workspace", id }, context);
}

function workspaceId({
  owner,
  workspace,
}: Pick<DeclaredInventory, "owner" | "workspace">): string | undefined {
  return typeof owner === "string" && typeof workspace === "string"
    ? `${owner}/workspace/${escapeName(workspace)}`
    : undefined;
}
