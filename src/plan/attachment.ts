import { type Diagnostic, warningDiagnostic } from "../diagnostics";
import {
  checkName,
  formatAttachmentKey,
  formatConnectionKey,
  type ObservedAttachment,
  parseConnectionKey,
  requireFeature,
} from "../model";
import { actionOf } from "./action-of";
import type { AttachmentBefore } from "./before";
import {
  childId,
  identityAfter,
  type Identity,
  type KeyArguments,
  type Reference,
  replacedBy,
} from "./child";
import type { DeclaredAttachment } from "./declared";
import { changedFields } from "./field-change";
import { givenFields } from "./given-fields";
import { knownOf } from "./known";
import type { Parent, PlannedAttachment } from "./planned";
import type { Rules } from "./rules";

/** Everything wrong with an attachment's arguments by themselves. */
export function checkAttachment(
  declared: DeclaredAttachment,
): readonly Diagnostic[] {
  const workspace = knownOf(declared.workspace);
  return workspace === undefined ? [] : checkName(workspace, ["workspace"]);
}

/**
 * What is wrong with the natural key of the connection that an object belongs
 * to. Found while planning, not in the declaration by itself: under `terraform
 * test` a mocked provider makes ids up, and never plans.
 */
export function connectionIdFaults(
  declared: Pick<DeclaredAttachment, "connection">,
): readonly Diagnostic[] {
  const connection = knownOf(declared.connection);
  if (connection === undefined) return [];
  const parsed = parseConnectionKey(connection, ["connection_id"]);
  return parsed.ok ? [] : parsed.diagnostics;
}

/** What the attachment will be. */
export function planAttachment(options: {
  readonly declared: DeclaredAttachment;
  readonly before: AttachmentBefore | undefined;
  readonly parent: Parent;
  /** The workspace's own id. @default nobody knows it */
  readonly workspacePlatformId?: Identity;
  readonly rules: Rules | undefined;
}): PlannedAttachment {
  const { declared, before, parent, workspacePlatformId, rules } = options;
  const { connection, workspace } = declared;
  const after: KeyArguments = { connection_id: connection, workspace };
  const then = before && {
    connection_id: before.connection,
    workspace: before.workspace,
  };
  const toConnection = connectionReference(before, parent);
  const toWorkspace: Reference = {
    argument: "workspace",
    attribute: "workspace_platform_id",
    before: before?.workspacePlatformId,
    now: workspacePlatformId,
  };
  const replacing = replacedBy(then, after, [toConnection, toWorkspace]);
  const fields = changedFields(givenFields(then ?? {}), after);
  const isNew = before === undefined || replacing.length > 0;
  return {
    kind: "attachment",
    id: childId(connection, "workspace", workspace),
    action: actionOf({ before, replacing, changed: fields.length > 0 }),
    before,
    declared,
    fields,
    replacing,
    connectionPlatformId: identityAfter(toConnection, isNew),
    workspacePlatformId: identityAfter(toWorkspace, isNew),
    diagnostics: [
      ...connectionIdFaults(declared),
      ...(rules === undefined ? [] : requireFeature(rules, "attachments", [])),
      ...namedInTextHint(declared, before, parent),
    ],
  };
}

/** Whoever names the connection in text is planned in any order beside it, maybe before its new name is known. */
export function namedInTextHint(
  { connection }: Pick<DeclaredAttachment, "connection">,
  before: { readonly connection: string | undefined } | undefined,
  parent: Parent,
): readonly Diagnostic[] {
  if (parent.kind !== "absent" || before === undefined) return [];
  if (before.connection === connection) return [];
  return [
    warningDiagnostic({
      code: "not_found",
      path: ["connection_id"],
      detail: `There is no connection ${String(connection)} yet, so this is taken for another connection than ${before.connection ?? "before"}, and replaced. If that one is being renamed, refer to it instead of writing its id as text (connection_id = patchbay_connection.NAME.id): then this follows it in place.`,
    }),
  ];
}

/** The connection that an attachment or a link belongs to. */
export function connectionReference(
  before: { readonly connectionPlatformId: string | undefined } | undefined,
  parent: Parent,
): Reference {
  return {
    argument: "connection_id",
    attribute: "connection_platform_id",
    before: before?.connectionPlatformId,
    now: "platformId" in parent ? parent.platformId : undefined,
  };
}

/** The attachment as it is now: its key is all that there is. What it joins is for the caller to look up. */
export function refreshedAttachment(
  stored: ObservedAttachment,
): AttachmentBefore {
  return {
    kind: "attachment",
    id: formatAttachmentKey(stored),
    connection: formatConnectionKey(stored.connection),
    workspace: stored.workspace,
    platformId: stored.platformId,
    connectionPlatformId: undefined,
    workspacePlatformId: undefined,
  };
}
