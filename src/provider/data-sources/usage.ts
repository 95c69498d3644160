import { usageOf } from "../../apply";
import { PatchbayError } from "../../diagnostics";
import {
  type ConnectionKey,
  type ConnectionUsage,
  effective,
  formatConnectionKey,
  parseConnectionKey,
  needed,
} from "../../model";
import type { ProviderContext } from "../provider-context";
import {
  connectionUsageDataSchema,
  effectiveConnectionDataSchema,
} from "../schema/data-sources";
import { recordOfSchema } from "../schema/schema-type";
import { knownTextOf } from "../state/record";
import { dynamicOf } from "../state/values";
import { recordOf } from "../wire";
import { findConnection } from "./connections";
import type { DataSource } from "./data-source";

/** patchbay_connection_usage */
export const connectionUsageDataSource: DataSource = {
  typeName: "patchbay_connection_usage",
  schema: connectionUsageDataSchema,
  async read(config, context) {
    const key = needed(
      parseConnectionKey(knownTextOf(config, "connection_id"), [
        "connection_id",
      ]),
    );
    const usage = await findUsage(key, context);
    return recordOfSchema(connectionUsageDataSchema, {
      ...config,
      workspaces: usage.workspaces.map(({ workspace, through }) =>
        recordOf([
          ["workspace", workspace],
          ["through", through],
        ]),
      ),
      deployments: usage.deployments.map(({ deployment, workspace, through }) =>
        recordOf([
          ["deployment", deployment],
          ["workspace", workspace],
          ["through", through],
        ]),
      ),
    });
  },
};

/** patchbay_effective_connection */
export const effectiveConnectionDataSource: DataSource = {
  typeName: "patchbay_effective_connection",
  schema: effectiveConnectionDataSchema,
  async read(config, context) {
    const key = needed(
      parseConnectionKey(knownTextOf(config, "connection_id"), [
        "connection_id",
      ]),
    );
    const deployment = knownTextOf(config, "deployment");
    const { platform, snapshot } = context.require();
    const connection = await findConnection(key, context);
    const link = await snapshot.links.tryFind({ connection: key, deployment });
    if (
      link === undefined &&
      !(await seesWithoutLink({ key, deployment }, context))
    ) {
      throw new PatchbayError({
        code: "not_found",
        path: ["deployment"],
        detail: `The deployment ${deployment} does not see the connection ${formatConnectionKey(key)} on ${platform.title}: it is not linked. Add a patchbay_deployment_link, or auto_link to the connection.`,
      });
    }
    return recordOfSchema(effectiveConnectionDataSchema, {
      ...config,
      effective: dynamicOf(effective(connection.config, link?.overrides ?? {})),
      secret_fields: [
        ...new Set([
          ...(connection.secretFields ?? []),
          ...(link?.overrideSecretFields ?? []),
        ]),
      ].sort(),
    });
  },
};

/** A deployment sees a connection without a link of its own by owning it or through auto-link. */
async function seesWithoutLink(
  {
    key,
    deployment,
  }: { readonly key: ConnectionKey; readonly deployment: string },
  context: ProviderContext,
): Promise<boolean> {
  if (context.platform?.usage === undefined) return false;
  const usage = await findUsage(key, context);
  return usage.deployments.some((used) => used.deployment === deployment);
}

async function findUsage(
  key: ConnectionKey,
  context: ProviderContext,
): Promise<ConnectionUsage> {
  return await usageOf(context.require().platform).find(key);
}
