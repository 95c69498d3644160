import {
  formatConnectionKey,
  formatLinkKey,
  hasFeature,
  type Platform,
} from "../../model";
import type { Declarations } from "./declarations";
import type { ExistingObjects } from "./existing-objects";
import { refusals } from "./refusals";
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
  return [
    ...(variables.length > 0
      ? [
          `Secrets cannot be read, so the code refers to ${count(variables.length, "variable")} for them. Set each (TF_VAR_…) to the secret as it is now: the first apply sends them, and the plan shows secrets_revision = 0 -> 1. To leave secrets as they are, import with --without-secrets.`,
        ]
      : []),
    ...(withSecrets && untold.length > 0
      ? [
          `${platform.title} does not tell which secrets are set, so ${
            untold.length === connections.length
              ? "the code refers to none"
              : `the code of these connections refers to none: ${untold.map(formatConnectionKey).join(", ")}`
          }. Those that are there stay. Declare the ones to be managed from here: the next apply sends them.`,
        ]
      : []),
    ...(withSecrets ? ambiguousSecrets(existing) : []),
    ...keys
      .filter((key, index) => keys.indexOf(key) !== index)
      .map(
        (key) =>
          `More than one connection is called ${key}. Terraform tells them apart by name: rename all but one on the platform, and import again.`,
      ),
    ...refusals({ platform, existing, declarations }),
    ...(untoldLinks.length > 0
      ? [
          `${platform.title} does not tell which secrets a deployment overrides. Those of these links stay as they are: ${untoldLinks.map(formatLinkKey).join(", ")}.`,
        ]
      : []),
  ];
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

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
