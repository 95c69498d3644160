import {
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
  parseConnectionKey,
} from "../../model";
import type { PlannedConnection } from "../planned-objects";
import type { ProviderContext } from "../provider-context";
import { textOf } from "../state/record";
import type { CtyRecord } from "../wire";

/** What attachments and links have in common: they belong to a connection. */

/** `organization/acme/warehouse@workspace/analytics`, as soon as both parts are known. */
export function childId(
  config: CtyRecord,
  place: "workspace" | "deployment",
): string | KnownAfterApply {
  const connection = textOf(config, "connection_id");
  const name = textOf(config, place);
  return typeof connection === "string" && typeof name === "string"
    ? `${connection}@${place}/${name}`
    : KNOWN_AFTER_APPLY;
}

/** The connection as it will be after this plan, where this configuration manages it. */
export function planParent(
  config: CtyRecord,
  context: ProviderContext,
): PlannedConnection | undefined {
  const id = textOf(config, "connection_id");
  return typeof id === "string" ? context.planned.connection(id) : undefined;
}

/** The connection as it will be, or else as it is; undefined where it is neither planned, nor there, nor to be asked for. */
export async function findParent(
  config: CtyRecord,
  context: ProviderContext,
): Promise<(PlannedConnection & { readonly planned: boolean }) | undefined> {
  const planned = planParent(config, context);
  if (planned !== undefined) return { ...planned, planned: true };
  const id = textOf(config, "connection_id");
  const key = typeof id === "string" ? parseConnectionKey(id) : undefined;
  if (key?.ok !== true || context.snapshot === undefined) return undefined;
  const observed = await context.snapshot.connections.tryFind(key.value);
  return observed === undefined
    ? undefined
    : {
        type: observed.type,
        config: observed.config,
        madeAnew: false,
        planned: false,
      };
}
