import { checkOverrides } from "../../catalog";
import { PatchbayError } from "../../diagnostics";
import {
  formatAttachmentKey,
  formatConnectionKey,
  type JsonObject,
  type Link,
} from "../../model";
import type { Rows } from "../store/store";
import type { ConnectionRow } from "../store/tables";
import type { HubContext } from "./context";
import type { LinkPlace } from "./link-place";
import { unsealFields } from "./sealed-fields";

/** The connection must be the deployment's own, its workspace's own, or attached to that workspace. */
export async function requireReachable(
  rows: Rows,
  { connection, deployment, link }: LinkPlace & { readonly link: Link },
): Promise<void> {
  if (connection.deployment_id === deployment.id) return;
  if (connection.workspace_id === deployment.workspace_id) return;
  if (await rows.attachments.find(connection.id, deployment.workspace_id))
    return;
  const workspace = deployment.workspace_name;
  const attachment = formatAttachmentKey({
    connection: link.connection,
    workspace,
  });
  throw new PatchbayError({
    code: "attachment_missing",
    path: ["deployment"],
    detail: `The deployment ${deployment.name} runs in the workspace ${workspace}, and the connection ${formatConnectionKey(link.connection)} is not attached to it: the attachment ${attachment} is missing. Declare it (attachTo in code, a patchbay_workspace_attachment in HCL) and let the link depend on it.`,
  });
}

export interface Overrides {
  readonly overrides: JsonObject;
  readonly overrideSecrets: JsonObject | undefined;
}

/** Refuses overrides with everything that they make wrong. */
export function requireValidOverrides(
  context: HubContext,
  connection: ConnectionRow,
  given: Overrides,
): void {
  const diagnostics = checkOverrides({
    type: connection.type,
    config: JSON.parse(connection.config_json) as JsonObject,
    secrets: unsealFields(context, connection.id, connection),
    overrides: given.overrides,
    overrideSecrets: given.overrideSecrets,
    overrideSecretsPath: "override_secrets",
  });
  if (diagnostics.length > 0) throw new PatchbayError(diagnostics);
}
