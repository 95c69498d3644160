import { PatchbayError } from "../diagnostics";
import {
  type AttachmentPort,
  type InventoryManagementPort,
  type InventoryPort,
  type LinkPort,
  type Platform,
  requireFeature,
  type UsagePort,
} from "../model";
import { type InventoryKind, inventorySupport } from "../plan";

/** The platform's attachments; rejects with `unsupported` where it has none. */
export function attachmentsOf(platform: Platform): AttachmentPort {
  if (platform.attachments !== undefined) return platform.attachments;
  throw new PatchbayError(requireFeature(platform, "attachments", []));
}

/** The platform's links; rejects with `unsupported` where it has none. */
export function linksOf(platform: Platform): LinkPort {
  if (platform.links !== undefined) return platform.links;
  throw new PatchbayError(requireFeature(platform, "links", []));
}

/** The platform's workspaces and deployments; rejects with `unsupported` where they cannot be looked up. */
export function inventoryOf(platform: Platform): InventoryPort {
  if (platform.inventory !== undefined) return platform.inventory;
  throw new PatchbayError(requireFeature(platform, "inventory", []));
}

/** What creates and deletes them; rejects with `unsupported` where nothing does. */
export function inventoryManagementOf(
  platform: Platform,
  kind: InventoryKind,
): InventoryManagementPort {
  if (platform.inventoryManagement !== undefined)
    return platform.inventoryManagement;
  throw new PatchbayError(inventorySupport(kind, platform));
}

/** What tells where a connection is used; rejects with `unsupported` where nothing does. */
export function usageOf(platform: Platform): UsagePort {
  if (platform.usage !== undefined) return platform.usage;
  throw new PatchbayError(requireFeature(platform, "usage", []));
}
