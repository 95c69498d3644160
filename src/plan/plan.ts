import {
  type Diagnostic,
  errorDiagnostic,
  hasErrors,
  under,
} from "../diagnostics";
import {
  checkConnectionType,
  checkFields,
  checkOverrides,
  normalizeFields,
} from "../catalog";
import {
  type Attachment,
  type Connection,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  hasFeature,
  type JsonObject,
  leafPaths,
  type Link,
  type ObservedAttachment,
  type ObservedConnection,
  type ObservedLink,
  objectOf,
  type PlatformIdentity,
  requireFeature,
  requireOwner,
  requireType,
  type Value,
} from "../model";
import type { Action, Change, ChangeOf } from "./change";
import { changedFields, type FieldChange } from "./field-change";
import { replacingPaths } from "./replacement";

/** Everything that is declared. */
export interface DesiredModel {
  readonly connections: readonly Connection[];
  readonly attachments: readonly Attachment[];
  readonly links: readonly Link[];
}

/** Everything that the platform shows. */
export interface ObservedModel {
  readonly connections: readonly ObservedConnection[];
  readonly attachments: readonly ObservedAttachment[];
  readonly links: readonly ObservedLink[];
}

export interface PlanOptions {
  readonly desired: DesiredModel;
  readonly observed: ObservedModel;
  readonly platform: PlatformIdentity & { readonly name: string };
  /** Ids of connections and links whose declared secrets differ from those last sent. @default those whose set of fields differs */
  readonly changedSecrets?: ReadonlySet<string>;
  /** Delete what is there but not declared. @default false */
  readonly prune?: boolean;
}

export interface Plan {
  /** By id; empty when there are errors. */
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compares what is declared with what is there. Pure: the same input gives the
 * same plan. Carrying out the changes makes the platform show what is declared,
 * and planning again then gives nothing.
 */
export function planChanges(options: PlanOptions): Plan {
  const diagnostics = checkDesired(options);
  if (hasErrors(diagnostics)) return { changes: [], diagnostics };
  const connections = planConnections(options);
  const replaced = new Set(
    connections
      .filter(({ action }) => action === "replace")
      .map(({ id }) => id),
  );
  const changes: Change[] = [
    ...connections,
    ...planAttachments(options, replaced),
    ...planLinks(options, replaced),
  ];
  return { changes, diagnostics };
}

function planConnections({
  desired,
  observed,
  platform,
  changedSecrets,
  prune,
}: PlanOptions): ChangeOf<"connection">[] {
  return planKind<"connection", ObservedConnection>({
    object: "connection",
    desired: desired.connections,
    observed: observed.connections,
    idOf: formatConnectionKey,
    prune,
    compare: (declared, shown) => {
      const wanted = connectionFields(declared, shown);
      const fields =
        shown === undefined
          ? [
              ...changedFields(objectOf([]), wanted),
              ...secretChanges(declared.secrets?.reveal(), ["secrets"]),
            ]
          : [
              ...changedFields(connectionFields(shown, shown), wanted),
              ...(secretsDiffer(
                formatConnectionKey(declared),
                declared.secrets?.reveal(),
                shown.secretFields,
                changedSecrets,
              )
                ? secretChanges(declared.secrets?.reveal(), ["secrets"])
                : []),
            ];
      const replacedBecause =
        shown === undefined
          ? []
          : replacingPaths(
              shown,
              {
                ...declared,
                config: normalizeFields(declared.type, declared.config),
              },
              platform,
            ).map((path) => `${path.join(".")} cannot be changed in place`);
      return {
        fields,
        replacedBecause,
        concurrencyToken: shown?.concurrencyToken,
      };
    },
  });
}

function planAttachments(
  { desired, observed, prune }: PlanOptions,
  replaced: ReadonlySet<string>,
): ChangeOf<"attachment">[] {
  return planKind<"attachment", ObservedAttachment>({
    object: "attachment",
    desired: desired.attachments,
    observed: observed.attachments,
    idOf: formatAttachmentKey,
    prune,
    compare: (declared, shown) => ({
      fields:
        shown === undefined
          ? changedFields(
              objectOf([]),
              objectOf([["workspace", declared.workspace]]),
            )
          : [],
      replacedBecause: parentReplaced(declared.connection, shown, replaced),
      concurrencyToken: undefined,
    }),
  });
}

function planLinks(
  { desired, observed, changedSecrets, prune }: PlanOptions,
  replaced: ReadonlySet<string>,
): ChangeOf<"link">[] {
  const types = new Map(
    desired.connections.map((connection) => [
      formatConnectionKey(connection),
      connection.type,
    ]),
  );
  return planKind<"link", ObservedLink>({
    object: "link",
    desired: desired.links,
    observed: observed.links,
    idOf: formatLinkKey,
    prune,
    compare: (declared, shown) => {
      const type = types.get(formatConnectionKey(declared.connection));
      const overrides =
        type === undefined
          ? declared.overrides
          : normalizeFields(type, declared.overrides, { keepNulls: true });
      const secrets = declared.overrideSecrets?.reveal();
      const differ =
        shown === undefined ||
        secretsDiffer(
          formatLinkKey(declared),
          secrets,
          shown.overrideSecretFields,
          changedSecrets,
        );
      return {
        fields: [
          ...changedFields(
            shown === undefined
              ? objectOf([])
              : objectOf([["overrides", shown.overrides]]),
            objectOf([["overrides", overrides]]),
          ),
          ...(differ ? secretChanges(secrets, ["override_secrets"]) : []),
        ],
        replacedBecause: parentReplaced(declared.connection, shown, replaced),
        concurrencyToken: shown?.concurrencyToken,
      };
    },
  });
}

function parentReplaced(
  connection: Parameters<typeof formatConnectionKey>[0],
  shown: unknown,
  replaced: ReadonlySet<string>,
): string[] {
  return shown !== undefined && replaced.has(formatConnectionKey(connection))
    ? ["its connection is replaced"]
    : [];
}

interface KindOptions<Kind extends Change["object"], Shown> {
  readonly object: Kind;
  readonly desired: readonly NonNullable<ChangeOf<Kind>["desired"]>[];
  readonly observed: readonly Shown[];
  readonly idOf: (
    object: NonNullable<ChangeOf<Kind>["desired"]> | Shown,
  ) => string;
  readonly prune: boolean | undefined;
  readonly compare: (
    declared: NonNullable<ChangeOf<Kind>["desired"]>,
    shown: Shown | undefined,
  ) => Pick<ChangeOf<Kind>, "fields" | "replacedBecause" | "concurrencyToken">;
}

function planKind<Kind extends Change["object"], Shown extends object>({
  object,
  desired,
  observed,
  idOf,
  prune,
  compare,
}: KindOptions<Kind, Shown>): ChangeOf<Kind>[] {
  const shownById = new Map(observed.map((shown) => [idOf(shown), shown]));
  const changes: ChangeOf<Kind>[] = [];
  for (const declared of desired) {
    const id = idOf(declared);
    const shown = shownById.get(id);
    shownById.delete(id);
    const difference = compare(declared, shown);
    const action = actionOf(shown !== undefined, difference);
    if (action !== undefined)
      changes.push({ object, id, action, desired: declared, ...difference });
  }
  if (prune === true) {
    for (const [id, shown] of shownById) {
      changes.push({
        object,
        id,
        action: "delete",
        desired: undefined,
        fields: [],
        replacedBecause: [],
        concurrencyToken: tokenOf(shown),
      });
    }
  }
  return changes.sort((left, right) => (left.id < right.id ? -1 : 1));
}

function tokenOf(shown: {
  readonly concurrencyToken?: string | undefined;
}): string | undefined {
  return shown.concurrencyToken;
}

function actionOf(
  exists: boolean,
  {
    fields,
    replacedBecause,
  }: Pick<ChangeOf<"link">, "fields" | "replacedBecause">,
): Action | undefined {
  if (!exists) return "create";
  if (replacedBecause.length > 0) return "replace";
  return fields.length > 0 ? "update" : undefined;
}

/** The comparable fields. What is not declared and left to the platform is taken as it is there. */
function connectionFields(
  connection: Connection | ObservedConnection,
  shown: ObservedConnection | undefined,
): Value {
  const config = normalizeFields(connection.type, connection.config);
  return objectOf<Value>(
    Object.entries({
      type: connection.type,
      description: connection.description,
      config,
      auto_link: connection.autoLink ?? false,
      auto_link_except: [...(connection.autoLinkExcept ?? [])].sort(),
      access: accessFields(connection.access ?? shown?.access),
    }).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}

function accessFields(access: Connection["access"]): Value | undefined {
  if (access === undefined) return undefined;
  return objectOf(
    Object.entries(access)
      .filter(
        (entry): entry is [string, readonly string[]] => entry[1] !== undefined,
      )
      .map(([name, principals]) => [name, [...principals].sort()]),
  );
}

function secretsDiffer(
  id: string,
  declared: JsonObject | undefined,
  shownFields: readonly string[] | undefined,
  changedSecrets: ReadonlySet<string> | undefined,
): boolean {
  if (declared === undefined) return false;
  const sameFields =
    shownFields === undefined ||
    leafPaths(declared).join("\n") === shownFields.join("\n");
  return !sameFields || changedSecrets?.has(id) === true;
}

function secretChanges(
  secrets: JsonObject | undefined,
  path: readonly string[],
): readonly FieldChange[] {
  if (secrets === undefined) return [];
  const fields = leafPaths(secrets);
  return fields.length === 0
    ? [{ kind: "secret", path }]
    : fields.map((field) => ({
        kind: "secret",
        path: [...path, ...field.split(".")],
      }));
}

/** All faults of the declaration, each with a path that begins with the object's id. */
function checkDesired({
  desired,
  platform,
}: PlanOptions): readonly Diagnostic[] {
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
      requireFeature(platform, "attachments", [
        formatAttachmentKey(attachment),
      ]),
    ),
    ...desired.links.flatMap((link) => {
      const parent = connections.get(formatConnectionKey(link.connection));
      return [
        ...requireFeature(platform, "links", []),
        ...(Object.keys(link.overrides).length > 0
          ? requireFeature(platform, "overrides", ["overrides"])
          : []),
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
    ...typeFaults,
    ...requireOwner(platform, connection.owner, ["owner"]),
    ...(typeFaults.length === 0
      ? requireType(platform, connection.type, ["type"])
      : []),
    ...(connection.description === undefined
      ? []
      : requireFeature(platform, "description", ["description"])),
    ...(connection.autoLink === true && !hasFeature(platform, "auto_link")
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
