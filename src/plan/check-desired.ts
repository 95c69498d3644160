import { type Diagnostic, errorDiagnostic, under } from "../diagnostics";
import { checkConnectionType, checkFields, checkOverrides } from "../catalog";
import {
  checkName,
  type Connection,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  type PlatformIdentity,
  requireFeature,
  requireOwner,
  requireType,
} from "../model";
import type { DesiredModel } from "./models";

export interface CheckDesiredOptions {
  readonly desired: DesiredModel;
  readonly platform: PlatformIdentity & { readonly name: string };
}

/** All faults of the declaration, each with a path that begins with the object's id. */
export function checkDesired({
  desired,
  platform,
}: CheckDesiredOptions): readonly Diagnostic[] {
  const connections = new Map(
    desired.connections.map((connection) => [
      formatConnectionKey(connection),
      connection,
    ]),
  );
  return [
    ...duplicates(desired.connections.map(formatConnectionKey)),
    ...duplicates(desired.attachments.map(formatAttachmentKey)),
    ...duplicates(desired.links.map(formatLinkKey)),
    ...desired.connections.flatMap((connection) =>
      checkConnection(connection, platform).map((fault) =>
        under([formatConnectionKey(connection)], fault),
      ),
    ),
    ...desired.attachments.flatMap((attachment) =>
      [
        ...requireFeature(platform, "attachments", []),
        ...checkName(attachment.workspace, ["workspace"]),
      ].map((fault) => under([formatAttachmentKey(attachment)], fault)),
    ),
    ...desired.links.flatMap((link) => {
      const parent = connections.get(formatConnectionKey(link.connection));
      return [
        ...requireFeature(platform, "links", []),
        ...(Object.keys(link.overrides).length > 0
          ? requireFeature(platform, "overrides", ["overrides"])
          : []),
        ...(Object.keys(link.overrideSecrets?.reveal() ?? {}).length > 0
          ? requireFeature(platform, "override_secrets", ["override_secrets"])
          : []),
        ...checkName(link.deployment, ["deployment"]),
        ...(parent === undefined
          ? []
          : checkOverrides({
              type: parent.type,
              config: parent.config,
              overrides: link.overrides,
              overrideSecrets: link.overrideSecrets?.reveal(),
              overrideSecretsPath: "override_secrets",
            })),
      ].map((fault) => under([formatLinkKey(link)], fault));
    }),
  ];
}

function checkConnection(
  connection: Connection,
  platform: PlatformIdentity & { readonly name: string },
): readonly Diagnostic[] {
  const typeFaults = checkConnectionType(connection.type, ["type"]);
  return [
    ...checkName(connection.name, ["name"]),
    ...typeFaults,
    ...requireOwner(platform, connection.owner, ["owner"]),
    ...(typeFaults.length === 0
      ? requireType(platform, connection.type, ["type"])
      : []),
    ...(connection.description === undefined
      ? []
      : requireFeature(platform, "description", ["description"])),
    ...(connection.autoLink === true
      ? requireFeature(platform, "auto_link", ["auto_link"])
      : []),
    ...(connection.access === undefined
      ? []
      : requireFeature(platform, "access", ["access"])),
    ...(typeFaults.length === 0
      ? checkFields({
          type: connection.type,
          config: connection.config,
          secrets: connection.secrets?.reveal(),
          secretsPath: "secrets",
          secretsComplete: connection.secrets !== undefined,
        })
      : []),
  ];
}

function duplicates(ids: readonly string[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  const twice = new Set(ids.filter((id) => seen.size === seen.add(id).size));
  return [...twice].map((id) =>
    errorDiagnostic({
      code: "duplicate_name",
      path: [id],
      detail: `${id} is declared more than once. Keep one declaration.`,
    }),
  );
}
