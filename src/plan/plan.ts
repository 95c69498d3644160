import { type Diagnostic, hasErrors } from "../diagnostics";
import { normalizeFields, spelledAs } from "../catalog";
import {
  type Connection,
  folderText,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  type JsonObject,
  leafPaths,
  meansFolder,
  type ObservedAttachment,
  type ObservedConnection,
  type ObservedLink,
  objectOf,
  type Value,
} from "../model";
import type { Action, Change, ChangeOf } from "./change";
import { checkDesired, type CheckingPlatform } from "./check-desired";
import { changedFields, type FieldChange } from "./field-change";
import type { DesiredModel, ObservedModel } from "./models";
import { normalizeDesired } from "./normalize-desired";
import { replacingPaths } from "./replacement";

export interface PlanOptions {
  readonly desired: DesiredModel;
  readonly observed: ObservedModel;
  readonly platform: CheckingPlatform;
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
  const normalized = {
    ...options,
    desired: normalizeDesired(options.desired, options.observed),
  };
  // A platform checks what it is given then: without nulls, a port as a number.
  const diagnostics = checkDesired(normalized);
  if (hasErrors(diagnostics)) return { changes: [], diagnostics };
  const connections = planConnections(normalized);
  const replaced = new Set(
    connections
      .filter(({ action }) => action === "replace")
      .map(({ id }) => id),
  );
  const changes: Change[] = [
    ...connections,
    ...planAttachments(normalized, replaced),
    ...planLinks(normalized, replaced),
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
          : replacingPaths(shown, declared, platform).map(
              (path) => `${path.join(".")} cannot be changed in place`,
            );
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
  return planKind<"link", ObservedLink>({
    object: "link",
    desired: desired.links,
    observed: observed.links,
    idOf: formatLinkKey,
    prune,
    compare: (declared, shown) => {
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
            objectOf([["overrides", declared.overrides]]),
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
  const { type } = connection;
  const declared = normalizeFields(type, connection.config) as JsonObject;
  const config =
    shown?.type === type
      ? spelledAs(
          type,
          declared,
          normalizeFields(type, shown.config) as JsonObject,
        )
      : declared;
  return objectOf<Value>(
    Object.entries({
      type: connection.type,
      // To a platform, an empty description is none.
      description:
        connection.description === "" ? undefined : connection.description,
      config,
      auto_link: connection.autoLink ?? false,
      auto_link_except: sortedNames(connection.autoLinkExcept ?? []),
      access: accessFields(connection.access ?? shown?.access),
      parent: parentText(connection, shown),
    }).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}

/** The folder, in the platform's words where that is the same one. */
function parentText(
  { parent }: { readonly parent?: string | undefined; readonly name: string },
  shown: ObservedConnection | undefined,
): string | undefined {
  if (shown === undefined) return parent;
  return parent === undefined || meansFolder(parent, shown.folder)
    ? folderText(shown.folder)
    : parent;
}

function accessFields(access: Connection["access"]): Value | undefined {
  if (access === undefined) return undefined;
  return objectOf(
    Object.entries(access)
      .filter(
        (entry): entry is [string, readonly string[]] => entry[1] !== undefined,
      )
      .map(([name, principals]) => [name, sortedNames(principals)]),
  );
}

/** A list that means a set. */
function sortedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
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
