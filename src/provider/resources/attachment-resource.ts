import { attachmentsOf, createAttachment } from "../../apply";
import { type Diagnostic, errorDiagnostic } from "../../diagnostics";
import {
  type AttachmentKey,
  checkName,
  formatAttachmentKey,
  formatConnectionKey,
  parseAttachmentKey,
  parseConnectionKey,
  requireFeature,
} from "../../model";
import { attachmentSchema } from "../schema/places";
import { recordOfSchema } from "../schema/schema-type";
import {
  faultsOf,
  knownTextOf,
  need,
  settled,
  textOf,
  textToCty,
} from "../state/record";
import { type CtyRecord, UNKNOWN } from "../wire";
import { childId, planParent } from "./parent-connection";
import type { Resource } from "./resource";

/** patchbay_workspace_attachment */
export const attachmentResource: Resource = {
  typeName: "patchbay_workspace_attachment",
  schema: attachmentSchema,

  validate(config) {
    const workspace = textOf(config, "workspace");
    return [
      ...faultsOf(textOf(config, "connection_id"), parseConnectionKey, [
        "connection_id",
      ]),
      ...(typeof workspace === "string"
        ? checkName(workspace, ["workspace"])
        : []),
    ];
  },

  async read({ state, remembered }, context) {
    const key = keyOf(state);
    const observed = await context.require().snapshot.attachments.tryFind(key);
    if (observed === undefined) return { state: null, remembered: {} };
    return {
      state: recordOfSchema(attachmentSchema, {
        id: formatAttachmentKey(observed),
        connection_id: formatConnectionKey(observed.connection),
        workspace: observed.workspace,
        platform_id: observed.platformId,
      }),
      remembered,
    };
  },

  plan({ prior, config, secondCall }, context) {
    const id = childId(config, "workspace");
    const parent = planParent(config, context);
    const replaced = prior !== null && parent?.madeAnew === true;
    const planned = recordOfSchema(attachmentSchema, {
      ...config,
      id: textToCty(id),
      platform_id:
        prior === null || replaced ? UNKNOWN : (prior["platform_id"] ?? null),
    });
    const identity = context.platformIdentity;
    const diagnostics: Diagnostic[] = [
      ...(identity === undefined
        ? []
        : requireFeature(identity, "attachments", [])),
    ];
    if (typeof id === "string" && !secondCall) {
      const twice = context.planned.claim(id, "patchbay_workspace_attachment");
      if (twice !== undefined) diagnostics.push(attachedTwice(id));
    }
    return Promise.resolve({
      planned,
      requiresReplace: [
        ["connection_id"],
        ["workspace"],
        ...(replaced ? [["platform_id"]] : []),
      ],
      diagnostics,
    });
  },

  async create({ planned, remembered, signal }, context) {
    const { platform, snapshot } = context.require();
    const key = keyOf(planned);
    const observed = await createAttachment(platform, key, { signal });
    snapshot.attachments.replace(key, observed);
    return {
      state: settled(planned, { platform_id: observed.platformId }),
      remembered,
    };
  },

  update() {
    throw new Error("every argument of an attachment replaces it");
  },

  async delete({ prior, signal }, context) {
    const { platform, snapshot } = context.require();
    const key = keyOf(prior);
    await attachmentsOf(platform).delete(key, { signal });
    snapshot.attachments.replace(key, undefined);
  },

  import(id) {
    return recordOfSchema(attachmentSchema, {
      id: formatAttachmentKey(need(parseAttachmentKey(id))),
    });
  },
};

function keyOf(record: CtyRecord): AttachmentKey {
  return need(parseAttachmentKey(knownTextOf(record, "id")));
}

function attachedTwice(id: string): Diagnostic {
  return errorDiagnostic({
    code: "duplicate_name",
    path: ["workspace"],
    detail: `${id} is declared twice in this configuration: here and as another patchbay_workspace_attachment. Remove one of the two.`,
  });
}
