import { makeAttachment, removeAttachment } from "../../apply";
import {
  type AttachmentKey,
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
import type { ProviderContext } from "../provider-context";
import { attachmentSchema } from "../schema/places";
import { recordOfSchema } from "../schema/schema-type";
import {
  knownTextOf,
  settled,
  textIn,
  textOf,
  textToCty,
} from "../state/record";
import { type CtyRecord, type CtyValue, UNKNOWN } from "../wire";
import { findParent } from "./parent";
import { planAnswer } from "./plan-answer";
import type { Resource } from "./resource";
import { findUsedPlace, placeIdentity } from "./used-in";

/** patchbay_workspace_attachment */
export const attachmentResource: Resource = {
  typeName: "patchbay_workspace_attachment",
  kind: "attachment",
  schema: attachmentSchema,

  validate: (config) => checkAttachment(declaredAttachment(config)),

  async read({ state, remembered }, context) {
    const { snapshot } = context.require();
    const key = needed(parseAttachmentKey(knownTextOf(state, "id")));
    const before = attachmentBefore(state);
    const connection = await snapshot.connections.tryFindRenamed(
      key.connection,
      before.connectionPlatformId,
    );
    const workspace = await findUsedPlace(
      "workspace",
      {
        connection: key.connection,
        name: key.workspace,
        platformId: before.workspacePlatformId,
      },
      context,
    );
    const stored = await snapshot.attachments.tryFind({
      connection: connection ?? key.connection,
      workspace: workspace?.name ?? key.workspace,
    });
    if (stored === undefined) return { state: null, remembered: {} };
    const now = refreshedAttachment(stored);
    return {
      state: recordOfSchema(attachmentSchema, {
        id: textToCty(now.id),
        connection_id: textToCty(now.connection),
        workspace: textToCty(now.workspace),
        platform_id: textToCty(now.platformId),
        connection_platform_id: textToCty(
          connection?.platformId ?? before.connectionPlatformId,
        ),
        workspace_platform_id: textToCty(
          workspace?.platformId ?? before.workspacePlatformId,
        ),
      }),
      remembered,
    };
  },

  async plan(request, context) {
    const { prior, config } = request;
    const declared = declaredAttachment(config);
    const planned = planAttachment({
      declared,
      before: prior === null ? undefined : attachmentBefore(prior),
      parent: await findParent(declared.connection, context),
      workspacePlatformId: await placeIdentity(
        "workspace",
        { connection: declared.connection, name: declared.workspace },
        context,
      ),
      rules: context.rules,
    });
    const record = recordOfSchema(attachmentSchema, {
      ...config,
      id: textToCty(planned.id),
      platform_id: prior === null ? UNKNOWN : (prior["platform_id"] ?? null),
      connection_platform_id: textToCty(planned.connectionPlatformId),
      workspace_platform_id: textToCty(planned.workspacePlatformId),
    });
    return planAnswer(planned, record, request, context);
  },

  async make({ prior, planned, config, remembered, ...step }, context) {
    // It joins the same two as before, which are called otherwise.
    if (prior !== null) return { state: planned, remembered };
    const observed = await makeAttachment(
      declaredAttachment(config),
      context.placeOf(step),
    );
    return {
      state: settled(planned, {
        platform_id: observed.platformId,
        ...(await identitiesOf(observed, context)),
      }),
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

/** What it joins, now that both are there. */
async function identitiesOf(
  { connection, workspace }: AttachmentKey,
  context: ProviderContext,
): Promise<Readonly<Record<string, CtyValue>>> {
  const { snapshot } = context.require();
  const [parent, place] = await Promise.all([
    snapshot.connections.tryFind(connection),
    findUsedPlace(
      "workspace",
      { connection, name: workspace, platformId: undefined },
      context,
    ),
  ]);
  return {
    connection_platform_id: textToCty(parent?.platformId),
    workspace_platform_id: textToCty(place?.platformId),
  };
}

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
    connectionPlatformId: textIn(state, "connection_platform_id"),
    workspacePlatformId: textIn(state, "workspace_platform_id"),
  };
}
