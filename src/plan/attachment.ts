import type { Diagnostic } from "../diagnostics";
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
import { childId, childReplacing, type KeyArguments } from "./child";
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
  readonly rules: Rules | undefined;
}): PlannedAttachment {
  const { declared, before, parent, rules } = options;
  const { connection, workspace } = declared;
  const after: KeyArguments = { connection_id: connection, workspace };
  const then = before && {
    connection_id: before.connection,
    workspace: before.workspace,
  };
  const replacing = childReplacing(then, after, parent);
  return {
    kind: "attachment",
    id: childId(connection, "workspace", workspace),
    action: actionOf({ before, replacing, changed: false }),
    before,
    declared,
    fields: changedFields(givenFields(then ?? {}), after),
    replacing,
    diagnostics: [
      ...connectionIdFaults(declared),
      ...(rules === undefined ? [] : requireFeature(rules, "attachments", [])),
    ],
  };
}

/** The attachment as it is now: its key is all that there is. */
export function refreshedAttachment(
  stored: ObservedAttachment,
): AttachmentBefore {
  return {
    kind: "attachment",
    id: formatAttachmentKey(stored),
    connection: formatConnectionKey(stored.connection),
    workspace: stored.workspace,
    platformId: stored.platformId,
  };
}
