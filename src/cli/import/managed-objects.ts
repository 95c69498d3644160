import { readFileSync } from "node:fs";
import { PatchbayError } from "../../diagnostics";
import {
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  type ObservedConnection,
  type Platform,
} from "../../model";
import { formatInventoryId } from "../../plan";
import { resourceTypes } from "../../provider/resource-types";
import type { ExistingObjects } from "./existing-objects";

/** What a Terraform state holds of ours. */
export interface ManagedObjects {
  /** Natural keys, of all kinds. */
  readonly ids: ReadonlySet<string>;
  /** The platform's own ids of connections. */
  readonly platformIds: ReadonlySet<string>;
}

/** Reads a state file, as Terraform and OpenTofu write it and `terraform state pull` prints it. Rejects with `file_not_readable`. */
export function readManagedObjects(path: string): ManagedObjects {
  const ids = new Set<string>();
  const platformIds = new Set<string>();
  for (const { type, attributes } of instancesIn(path)) {
    const { id, platform_id: platformId } = attributes;
    if (typeof id === "string") ids.add(id);
    if (type === resourceTypes.connection && typeof platformId === "string")
      platformIds.add(platformId);
  }
  return { ids, platformIds };
}

/** What of this is not managed; a connection that is stays only where something belongs to it that is not. */
export function withoutManaged(
  existing: ExistingObjects,
  isManaged: (connection: ObservedConnection) => boolean,
  { ids }: ManagedObjects,
): ExistingObjects {
  const attachments = existing.attachments.filter(
    (one) => !ids.has(formatAttachmentKey(one)),
  );
  const links = existing.links.filter((one) => !ids.has(formatLinkKey(one)));
  const used = new Set(
    [...attachments, ...links].map(({ connection }) =>
      formatConnectionKey(connection),
    ),
  );
  return {
    attachments,
    links,
    connections: existing.connections.filter(
      (one) => !isManaged(one) || used.has(formatConnectionKey(one)),
    ),
    workspaces: existing.workspaces.filter(
      (one) => !ids.has(formatInventoryId("workspace", one)),
    ),
    deployments: existing.deployments.filter(
      (one) => !ids.has(formatInventoryId("deployment", one)),
    ),
  };
}

/** By its natural key, or by the platform's own id where names are not unique. */
export function managedBy(
  { connections }: Platform,
  { ids, platformIds }: ManagedObjects,
): (connection: ObservedConnection) => boolean {
  return connections.tryFindByPlatformId === undefined
    ? (one) => ids.has(formatConnectionKey(one))
    : ({ platformId }) => platformIds.has(platformId);
}

interface Instance {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function instancesIn(path: string): readonly Instance[] {
  const ours = new Set<unknown>(Object.values(resourceTypes));
  const resources = listIn(stateAt(path), "resources");
  if (resources === undefined)
    throw notReadable(path, "it is not a Terraform state");
  return resources
    .filter(
      (resource) =>
        fieldIn(resource, "mode") === "managed" &&
        ours.has(fieldIn(resource, "type")),
    )
    .flatMap((resource) =>
      (listIn(resource, "instances") ?? []).map((instance) => ({
        type: String(fieldIn(resource, "type")),
        attributes: (fieldIn(instance, "attributes") ??
          {}) as Instance["attributes"],
      })),
    );
}

function stateAt(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (thrown) {
    const { code = "unknown error" } = thrown as NodeJS.ErrnoException;
    throw notReadable(path, code);
  }
  // An empty one is what Terraform leaves of a state that never held anything.
  if (text.trim() === "") return { resources: [] };
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw notReadable(path, "it is not JSON");
  }
}

function notReadable(path: string, why: string): PatchbayError {
  return new PatchbayError({
    code: "file_not_readable",
    detail: `The state ${path} cannot be read: ${why}. Where the state is kept elsewhere, write it to a file first: terraform state pull > terraform.tfstate`,
  });
}

function fieldIn(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function listIn(value: unknown, name: string): readonly unknown[] | undefined {
  const list = fieldIn(value, name);
  return Array.isArray(list) ? list : undefined;
}
