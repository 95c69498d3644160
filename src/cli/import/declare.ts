import {
  folderText,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  formatOwner,
  type JsonObject,
  namedAccess,
  type ObservedConnection,
  type ObservedLink,
  objectOf,
  type Owner,
  type Platform,
} from "../../model";
import { tryFindConnectionType } from "../../catalog";
import { formatInventoryId } from "../../plan";
import type { CodeObject } from "./code-value";
import type {
  DeclaredConnection,
  DeclaredLink,
  Declarations,
  PlaceReference,
  SecretVariable,
} from "./declarations";
import type { ExistingObjects } from "./existing-objects";
import { identifierOf, Names } from "./names";
import type { WrittenSetting } from "./platform-settings";
import { secretReferences } from "./secret-references";

export interface DeclareOptions {
  readonly platform: Platform;
  readonly owner: Owner;
  readonly organization: string | undefined;
  readonly settings: readonly WrittenSetting[];
  readonly existing: ExistingObjects;
  /** Whether a connection is declared elsewhere in the same configuration. */
  readonly isManaged: (connection: ObservedConnection) => boolean;
  /** Whether secrets that are set get a reference. */
  readonly withSecrets: boolean;
}

/** Names that Terraform keeps for itself in modules. */
const reservedVariables = [
  "count",
  "depends_on",
  "for_each",
  "lifecycle",
  "locals",
  "providers",
  "source",
  "version",
];

/** What exists, as it would be declared. */
export function declare(options: DeclareOptions): Declarations {
  const { platform, existing, organization } = options;
  const variables: SecretVariable[] = [];
  const names = new Names(reservedVariables);
  const ownerText = (owner: Owner) =>
    owner.kind === "organization" && owner.name === organization
      ? undefined
      : formatOwner(owner);
  const reference = declaredPlaces(existing);

  /** Secrets with a variable for each; undefined where they are not managed. */
  const references = (of: {
    readonly id: string;
    readonly prefix: readonly string[];
    readonly type: string;
    readonly fields: readonly string[] | undefined;
  }): CodeObject | undefined => {
    const { id, prefix, type, fields } = of;
    if (!options.withSecrets || fields === undefined || fields.length === 0)
      return undefined;
    const before = variables.length;
    const references = secretReferences(type, fields, (field) => {
      const name = names.take(
        identifierOf([...prefix, field].join("_"), "secret"),
      );
      variables.push({ name, of: id, field });
      return name;
    });
    return variables.length > before ? references.fields : undefined;
  };

  const linkOf = (
    link: ObservedLink,
    connection: ObservedConnection,
  ): DeclaredLink => {
    const id = formatLinkKey(link);
    return {
      importId: id,
      deployment: reference.deployment(link.deployment),
      overrides: ordered(connection.type, link.overrides),
      overrideSecrets: references({
        id,
        prefix: [connection.name, link.deployment],
        type: connection.type,
        fields: link.overrideSecretFields,
      }),
      needs: neededWorkspaces(existing, link),
    };
  };

  const connectionOf = (connection: ObservedConnection): DeclaredConnection => {
    const key = formatConnectionKey(connection);
    const isOfIt = (part: {
      readonly connection: typeof connection | object;
    }) => formatConnectionKey(part.connection as ObservedConnection) === key;
    const isManaged = options.isManaged(connection);
    return {
      key,
      isManaged,
      importId: importIdOf(platform, connection),
      name: connection.name,
      type: connection.type,
      owner: ownerText(connection.owner),
      parent: declaredParent(connection),
      description:
        connection.description === "" ? undefined : connection.description,
      config: ordered(connection.type, connection.config),
      secrets: references({
        id: key,
        prefix: [connection.name],
        type: connection.type,
        fields: isManaged ? undefined : connection.secretFields,
      }),
      autoLink: connection.autoLink,
      autoLinkExcept: [...connection.autoLinkExcept]
        .sort()
        .map(reference.deployment),
      access: namedAccess(connection.access),
      attachments: existing.attachments.filter(isOfIt).map((attachment) => ({
        importId: formatAttachmentKey(attachment),
        workspace: reference.workspace(attachment.workspace),
      })),
      links: existing.links
        .filter(isOfIt)
        .map((link) => linkOf(link, connection)),
    };
  };

  return {
    platform: platform.name,
    owner: options.owner,
    organization,
    settings: options.settings,
    workspaces: existing.workspaces.map(({ name, owner }) => ({
      importId: formatInventoryId("workspace", { owner, name }),
      name,
      owner: ownerText(owner),
    })),
    deployments: existing.deployments.map(({ name, owner, workspace }) => ({
      importId: formatInventoryId("deployment", { owner, name }),
      name,
      owner: ownerText(owner),
      workspace: reference.workspace(workspace),
    })),
    connections: existing.connections.map(connectionOf),
    variables,
  };
}

/** Only a connection in a folder says where it is, as an import takes over no more. */
export function declaredParent({
  folder,
}: ObservedConnection): string | undefined {
  return folder === undefined ? undefined : folderText(folder);
}

/** The natural key, or the platform's own id where names are not unique. */
function importIdOf(
  { connections }: Platform,
  connection: ObservedConnection,
): string {
  return connections.tryFindByPlatformId === undefined
    ? formatConnectionKey(connection)
    : connection.platformId;
}

function declaredPlaces({ workspaces, deployments }: ExistingObjects) {
  const referenceIn =
    (places: readonly { readonly name: string }[]) =>
    (name: string): PlaceReference => ({
      name,
      isDeclared: places.some((place) => place.name === name),
    });
  return {
    workspace: referenceIn(workspaces),
    deployment: referenceIn(deployments),
  };
}

/** The attachment to the deployment's workspace; where that is not known, all of the connection. */
function neededWorkspaces(
  { attachments, deployments }: ExistingObjects,
  { connection, deployment }: ObservedLink,
): readonly string[] {
  const key = formatConnectionKey(connection);
  const all = attachments
    .filter((attachment) => formatConnectionKey(attachment.connection) === key)
    .map(({ workspace }) => workspace);
  const workspace = deployments.find(
    ({ name }) => name === deployment,
  )?.workspace;
  if (workspace === undefined) return all;
  return all.includes(workspace) ? [workspace] : [];
}

/** Fields in the order in which the type's schema has them; all others, and those within, by name. */
function ordered(type: string, fields: JsonObject): CodeObject {
  const known = Object.keys(
    tryFindConnectionType(type)?.schema.properties ?? {},
  );
  const place = (field: string) =>
    known.includes(field) ? known.indexOf(field) : known.length;
  const names = Object.keys(fields).sort();
  return objectOf(
    names
      .sort((left, right) => place(left) - place(right))
      .map((name) => [name, sortedFields(fields[name]!)]),
  );
}

function sortedFields(value: CodeObject[string]): CodeObject[string] {
  if (Array.isArray(value))
    return (value as readonly CodeObject[string][]).map(sortedFields);
  if (typeof value !== "object" || value === null) return value;
  const object = value as CodeObject;
  return objectOf(
    Object.keys(object)
      .sort()
      .map((field) => [field, sortedFields(object[field]!)]),
  );
}
