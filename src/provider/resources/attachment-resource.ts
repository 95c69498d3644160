import { makeAttachment, removeAttachment } from "../../apply";
import {
  formatAttachmentKey,
  KNOWN_AFTER_APPLY,
  parseAttachmentKey,
  needed,
} from "../../model";
import {
  type AttachmentBefore,
  checkAttachment,
  type DeclaredAttachment,
  planAttachment,
  refreshedAttachment,
} from "../../plan";
import { attachmentSchema } from "../schema/places";
import { recordOfSchema } from "../schema/schema-type";
import {
  knownTextOf,
  settled,
  textIn,
  textOf,
  textToCty,
} from "../state/record";
import { type CtyRecord, UNKNOWN } from "../wire";
import { plannedParent } from "./parent";
import { planAnswer } from "./plan-answer";
import type { Resource } from "./resource";

/** patchbay_workspace_attachment */
export const attachmentResource: Resource = {
  typeName: "patchbay_workspace_attachment",
  kind: "attachment",
  schema: attachmentSchema,

  validate: (config) => checkAttachment(declaredAttachment(config)),

  async read({ state, remembered }, context) {
    const key = needed(parseAttachmentKey(knownTextOf(state, "id")));
    const stored = await context.require().snapshot.attachments.tryFind(key);
    if (stored === undefined) return { state: null, remembered: {} };
    const now = refreshedAttachment(stored);
    return {
      state: recordOfSchema(attachmentSchema, {
        id: textToCty(now.id),
        connection_id: textToCty(now.connection),
        workspace: textToCty(now.workspace),
        platform_id: textToCty(now.platformId),
      }),
      remembered,
    };
  },

  plan(request, context) {
    const { prior, config } = request;
    const declared = declaredAttachment(config);
    const planned = planAttachment({
      declared,
      before: prior === null ? undefined : attachmentBefore(prior),
      parent: plannedParent(declared.connection, context),
      rules: context.rules,
    });
    const isMadeAnew = planned.replacing.some(
      ([name]) => name === "platform_id",
    );
    const record = recordOfSchema(attachmentSchema, {
      ...config,
      id: textToCty(planned.id),
      platform_id:
        prior === null || isMadeAnew ? UNKNOWN : (prior["platform_id"] ?? null),
    });
    return planAnswer(planned, record, request, context);
  },

  async make({ prior, planned, config, remembered, ...step }, context) {
    if (prior !== null)
      throw new Error("every argument of an attachment replaces it");
    const observed = await makeAttachment(
      declaredAttachment(config),
      context.placeOf(step),
    );
    return {
      state: settled(planned, { platform_id: observed.platformId }),
      remembered,
    };
  },

  async delete({ prior, ...step }, context) {
    await removeAttachment(attachmentBefore(prior), context.placeOf(step));
  },

  import(id) {
    return recordOfSchema(attachmentSchema, {
      id: formatAttachmentKey(needed(parseAttachmentKey(id))),
    });
  },
};

function declaredAttachment(config: CtyRecord): DeclaredAttachment {
  return {
    kind: "attachment",
    connection: textOf(config, "connection_id") ?? KNOWN_AFTER_APPLY,
    workspace: textOf(config, "workspace") ?? KNOWN_AFTER_APPLY,
  };
}

function attachmentBefore(state: CtyRecord): AttachmentBefore {
  return {
    kind: "attachment",
    id: textIn(state, "id"),
    connection: textIn(state, "connection_id"),
    workspace: textIn(state, "workspace"),
    platformId: textIn(state, "platform_id"),
  };
}
