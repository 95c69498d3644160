import { PatchbayError } from "../../diagnostics";
import {
  formatOwner,
  type ObservedDeployment,
  type ObservedWorkspace,
} from "../../model";
import { formatInventoryId, type InventoryKind } from "../../plan";
import type { ProviderContext } from "../provider-context";

import {
  deploymentDataSchema,
  deploymentsDataSchema,
  workspaceDataSchema,
  workspacesDataSchema,
} from "../schema/data-sources";
import { recordOfSchema } from "../schema/schema-type";
import { knownTextOf, textOf } from "../state/record";
import { type CtyRecord, recordOf, type Schema } from "../wire";
import { compare } from "./connections";
import type { DataSource } from "./data-source";
import { ownerOf } from "./owner-of";

/** patchbay_workspace */
export const workspaceDataSource = oneOf({
  kind: "workspace",
  schema: workspaceDataSchema,
});

/** patchbay_deployment */
export const deploymentDataSource = oneOf({
  kind: "deployment",
  schema: deploymentDataSchema,
});

/** patchbay_workspaces */
export const workspacesDataSource: DataSource = {
  typeName: "patchbay_workspaces",
  schema: workspacesDataSchema,
  async read(config, context) {
    const workspaces = (await places("workspace", config, context)).map(
      summary("workspace"),
    );
    return recordOfSchema(workspacesDataSchema, { ...config, workspaces });
  },
};

/** patchbay_deployments */
export const deploymentsDataSource: DataSource = {
  typeName: "patchbay_deployments",
  schema: deploymentsDataSchema,
  async read(config, context) {
    const workspace = textOf(config, "workspace");
    const deployments = (await places("deployment", config, context))
      .filter(
        (place) => workspace === undefined || workspaceOf(place) === workspace,
      )
      .map(summary("deployment"));
    return recordOfSchema(deploymentsDataSchema, { ...config, deployments });
  },
};

type Place = ObservedWorkspace | ObservedDeployment;

function oneOf({
  kind,
  schema,
}: {
  readonly kind: InventoryKind;
  readonly schema: Schema;
}): DataSource {
  return {
    typeName: `patchbay_${kind}`,
    schema,
    async read(config, context) {
      const name = knownTextOf(config, "name");
      const found = (await places(kind, config, context)).find(
        (place) => place.name === name,
      );
      if (found === undefined) {
        throw new PatchbayError({
          code: "not_found",
          path: ["name"],
          detail: `There is no ${kind} ${JSON.stringify(name)} in ${formatOwner(ownerOf(config, context))}. The data source patchbay_${kind}s lists what there is.`,
        });
      }
      return recordOfSchema(schema, {
        ...config,
        ...Object.fromEntries(Object.entries(summary(kind)(found))),
      });
    },
  };
}

async function places(
  kind: InventoryKind,
  config: CtyRecord,
  context: ProviderContext,
): Promise<readonly Place[]> {
  const { snapshot } = context.require();
  const owner = ownerOf(config, context);
  const all: readonly Place[] =
    kind === "workspace"
      ? await snapshot.workspaces.list(owner)
      : await snapshot.deployments.list(owner);
  return [...all].sort((left, right) => compare(left.name, right.name));
}

function summary(kind: InventoryKind): (place: Place) => CtyRecord {
  return (place) =>
    recordOf([
      ["id", formatInventoryId(kind, place)],
      ["name", place.name],
      ...(kind === "deployment"
        ? ([["workspace", workspaceOf(place) ?? null]] as const)
        : []),
      ["platform_id", place.platformId],
    ]);
}

function workspaceOf(place: Place): string | undefined {
  return "workspace" in place ? place.workspace : undefined;
}
