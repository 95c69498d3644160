import { KNOWN_AFTER_APPLY, parseConnectionKey } from "../../model";
import { observedParent, type OrLater, type Parent } from "../../plan";
import type { ProviderContext } from "../provider-context";

/** The connections that attachments and links belong to. */

/** The connection that a resource belongs to, as it will be, where it was planned in this walk. */
export function plannedParent(
  connection: OrLater<string>,
  { planned }: ProviderContext,
): Parent {
  const parent =
    connection === KNOWN_AFTER_APPLY ? undefined : planned.parent(connection);
  return parent ?? { kind: "not_known" };
}

/** The same, or else as it is. */
export async function findParent(
  connection: OrLater<string>,
  context: ProviderContext,
): Promise<Parent> {
  const parent = plannedParent(connection, context);
  if (parent.kind === "planned" || connection === KNOWN_AFTER_APPLY)
    return parent;
  const key = parseConnectionKey(connection);
  if (!key.ok || context.snapshot === undefined) return parent;
  return observedParent(await context.snapshot.connections.tryFind(key.value));
}
