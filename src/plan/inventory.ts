import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../diagnostics";
import {
  type Checked,
  checkName,
  formatOwner,
  invalid,
  KNOWN_AFTER_APPLY,
  type ObservedDeployment,
  type ObservedWorkspace,
  type Owner,
  parseOwner,
  requireFeature,
  valid,
} from "../model";
import { actionOf } from "./action-of";
import type { InventoryBefore } from "./before";
import { type KeyArguments, replacedArguments } from "./child";
import type { DeclaredInventory, InventoryKind } from "./declared";
import { changedFields } from "./field-change";
import { givenFields } from "./given-fields";
import { knownOf } from "./known";
import { readOwner } from "./owner";
import type { PlannedInventory } from "./planned";
import type { Rules } from "./rules";

/** Workspaces and deployments, as far as both are alike: every argument replaces them. */

/** `organization/acme/workspace/analytics` */
export function formatInventoryId(
  kind: InventoryKind,
  { owner, name }: { readonly owner: Owner; readonly name: string },
): string {
  return `${formatOwner(owner)}/${kind}/${name}`;
}

export function parseInventoryId(
  kind: InventoryKind,
  text: string,
  path: DiagnosticPath = ["id"],
): Checked<{ readonly owner: Owner; readonly name: string }> {
  const separator = `/${kind}/`;
  // The last one: an owner may be called "workspace" itself, a name holds no slash.
  const at = text.lastIndexOf(separator);
  if (at <= 0) {
    return invalid(
      errorDiagnostic({
        code: "invalid_id",
        path,
        detail: `${JSON.stringify(text)} is not the id of a ${kind}. An id looks like "organization/acme/${kind}/${kind === "workspace" ? "analytics" : "prod"}".`,
      }),
    );
  }
  const owner = parseOwner(text.slice(0, at), path);
  if (!owner.ok) return owner;
  const name = text.slice(at + separator.length);
  const faults = checkName(name, path);
  return faults.length > 0
    ? invalid(...faults)
    : valid({ owner: owner.value, name });
}

/** Everything wrong with the arguments by themselves. */
export function checkInventory(
  declared: DeclaredInventory,
): readonly Diagnostic[] {
  return (["name", "workspace"] as const).flatMap((argument) => {
    const name = knownOf(declared[argument]);
    return name === undefined ? [] : checkName(name, [argument]);
  });
}

/** What the workspace or the deployment will be. */
export function planInventory(options: {
  readonly declared: DeclaredInventory;
  /** Undefined: it will be created. */
  readonly before: InventoryBefore | undefined;
  readonly rules: Rules | undefined;
}): PlannedInventory {
  const { declared, before, rules } = options;
  const { kind, name, workspace } = declared;
  const { text: owner, diagnostics: ownerFaults } = readOwner(declared.owner);
  const after: KeyArguments = {
    name,
    owner,
    ...(workspace === undefined ? {} : { workspace }),
  };
  const then = before && {
    name: before.name,
    owner: before.owner,
    workspace: before.workspace,
  };
  const replacing = then === undefined ? [] : replacedArguments(then, after);
  return {
    kind,
    id:
      name === KNOWN_AFTER_APPLY || owner === KNOWN_AFTER_APPLY
        ? KNOWN_AFTER_APPLY
        : `${owner}/${kind}/${name}`,
    action: actionOf({ before, replacing, changed: false }),
    before,
    declared,
    owner,
    fields: changedFields(givenFields(then ?? {}), after),
    replacing,
    diagnostics: [
      ...ownerFaults,
      ...(rules === undefined ? [] : inventorySupport(kind, rules)),
    ],
  };
}

/** Why the platform's workspaces and deployments are not managed here; nothing where they are. */
export function inventorySupport(
  kind: InventoryKind,
  rules: Pick<Rules, "title" | "capabilities">,
): readonly Diagnostic[] {
  return requireFeature(rules, "manage_inventory", []).map((fault) => ({
    ...fault,
    detail: `${fault.detail} To refer to one that exists, use the data source patchbay_${kind}.`,
  }));
}

/** The workspace or the deployment as it is now. */
export function refreshedInventory(
  kind: InventoryKind,
  stored: ObservedWorkspace | ObservedDeployment,
): InventoryBefore {
  return {
    kind,
    id: formatInventoryId(kind, stored),
    owner: formatOwner(stored.owner),
    name: stored.name,
    platformId: stored.platformId,
    ...("workspace" in stored ? { workspace: stored.workspace } : {}),
  };
}
