import { type Diagnostic, errorDiagnostic, under } from "../diagnostics";
import { checkConnectionType, checkFields, checkOverrides } from "../catalog";
import {
  checkName,
  type Connection,
  type ConnectionPort,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  type LinkPort,
  type PlatformIdentity,
  requireFeature,
  requireOwner,
  requireType,
} from "../model";
import type { DesiredModel } from "./models";

/** The platform as far as a declaration is checked against it. Without the ports, only against its capabilities. */
export interface CheckingPlatform extends PlatformIdentity {
  readonly name: string;
  readonly connections?: Pick<ConnectionPort, "check">;
  readonly links?: Pick<LinkPort, "check"> | undefined;
}

export interface CheckDesiredOptions {
  readonly desired: DesiredModel;
  readonly platform: CheckingPlatform;
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
      const faults = [
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
      ];
      const all =
        faults.length > 0 || parent === undefined
          ? faults
          : (platform.links?.check?.(link, parent) ?? []);
      return all.map((fault) => under([formatLinkKey(link)], fault));
    }),
  ];
}

function checkConnection(
  connection: Connection,
  platform: CheckingPlatform,
): readonly Diagnostic[] {
  const typeFaults = checkConnectionType(connection.type, ["type"]);
  const faults = [
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
    ...(connection.parent === undefined
      ? []
      : requireFeature(platform, "folders", ["parent"])),
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
  return faults.length > 0
    ? faults
    : (platform.connections?.check?.(connection) ?? []);
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
