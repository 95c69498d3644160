import { checkFields } from "../../catalog";
import { formatDiagnostic } from "../../diagnostics";
import {
  formatConnectionKey,
  formatLinkKey,
  hasFeature,
  type JsonObject,
  KNOWN_AFTER_APPLY,
  type ObservedConnection,
  objectOf,
  type Platform,
  type Value,
} from "../../model";
import { type CodeValue, isCodeObject } from "./code-value";
import type { Declarations } from "./declarations";
import type { ExistingObjects } from "./existing-objects";
import { secretReferences } from "./secret-references";

export interface NotesOptions {
  readonly platform: Platform;
  readonly existing: ExistingObjects;
  readonly declarations: Declarations;
  readonly withSecrets: boolean;
}

/** What the code cannot say, or what a plan of it will show beside the imports: one sentence or two each. */
export function importNotes({
  platform,
  existing,
  declarations,
  withSecrets,
}: NotesOptions): readonly string[] {
  const { connections, links } = existing;
  const { variables } = declarations;
  const keys = connections.map(formatConnectionKey);
  const untold = connections.filter(
    ({ secretFields }) => secretFields === undefined,
  );
  const untoldLinks =
    withSecrets && hasFeature(platform, "override_secrets")
      ? links.filter(
          ({ overrideSecretFields }) => overrideSecretFields === undefined,
        )
      : [];
  const withAccess = connections.filter(hasAccess);
  return [
    ...(variables.length > 0
      ? [
          `Secrets cannot be read, so the code refers to ${count(variables.length, "variable")} for them. Set each (TF_VAR_…) to the secret as it is now: the first apply sends them, and the plan shows secrets_revision = 0 -> 1. To leave secrets as they are, import with --without-secrets.`,
        ]
      : []),
    ...(withSecrets && untold.length > 0
      ? [
          `${platform.title} does not tell which secrets are set. These connections have no reference to any, and keep those that are there: ${keysOf(untold)}.`,
        ]
      : []),
    ...(withSecrets ? ambiguousSecrets(existing) : []),
    ...(withAccess.length > 0
      ? [
          `Access lists are not part of the code and stay as they are. These connections have some: ${keysOf(withAccess)}.`,
        ]
      : []),
    ...connections
      .filter(
        ({ autoLink, autoLinkExcept }) =>
          !autoLink && autoLinkExcept.length > 0,
      )
      .map(
        (connection) =>
          `${formatConnectionKey(connection)} leaves out deployments from an auto-link that is off, which no configuration can say. The plan shows auto_link_except -> null; it has no effect.`,
      ),
    ...keys
      .filter((key, index) => keys.indexOf(key) !== index)
      .map(
        (key) =>
          `More than one connection is called ${key}. Terraform tells them apart by name: rename all but one on the platform, and import again.`,
      ),
    ...declarations.connections.flatMap(({ key, type, config, secrets }) =>
      checkFields({
        type,
        config: config as JsonObject,
        secrets: secrets === undefined ? undefined : withoutValues(secrets),
        secretsPath: "secrets_wo",
        secretsComplete: secrets !== undefined,
      }).map(
        (fault) =>
          `${key} is not as its type prescribes, and a plan will refuse it. ${formatDiagnostic(fault)}`,
      ),
    ),
    ...(untoldLinks.length > 0
      ? [
          `${platform.title} does not tell which secrets a deployment overrides. Those of these links stay as they are: ${untoldLinks.map(formatLinkKey).join(", ")}.`,
        ]
      : []),
  ];
}

function hasAccess({ access }: ObservedConnection): boolean {
  return [access?.view, access?.use, access?.edit].some(
    (principals) => principals !== undefined && principals.length > 0,
  );
}

function ambiguousSecrets({ connections }: ExistingObjects): readonly string[] {
  return connections.flatMap((connection) =>
    secretReferences(
      connection.type,
      connection.secretFields ?? [],
      (path) => path,
    ).ambiguous.map(
      (path) =>
        `Whether the secret ${JSON.stringify(path)} of ${formatConnectionKey(connection)} is one field or lies in an object is not shown. The code says the latter.`,
    ),
  );
}

/** Which fields are given, none with its value. */
function withoutValues(value: CodeValue): Value {
  return isCodeObject(value)
    ? objectOf(
        Object.entries(value).map(([field, part]) => [
          field,
          withoutValues(part),
        ]),
      )
    : KNOWN_AFTER_APPLY;
}

function keysOf(connections: readonly ObservedConnection[]): string {
  return connections.map(formatConnectionKey).join(", ");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
