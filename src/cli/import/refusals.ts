import { type Diagnostic, formatDiagnostic, Secret } from "../../diagnostics";
import {
  formatConnectionKey,
  formatOwner,
  KNOWN_AFTER_APPLY,
  namedAccess,
  type ObservedConnection,
  objectOf,
  type Platform,
  type Value,
} from "../../model";
import { type Declared, planSet, rulesOf } from "../../plan";
import { resourceTypes } from "../../provider/resource-types";
import { type CodeValue, isCodeObject } from "./code-value";
import type { DeclaredConnection, Declarations } from "./declarations";
import { declaredParent } from "./declare";
import type { ExistingObjects } from "./existing-objects";

export interface RefusalsOptions {
  readonly platform: Platform;
  readonly existing: ExistingObjects;
  readonly declarations: Declarations;
}

/**
 * What a plan will refuse of what exists, though it exists: a sentence or two
 * each, told by planning the code that is written. No value of a secret is known
 * here, so none is looked at.
 */
export function refusals(options: RefusalsOptions): readonly string[] {
  const { platform, existing, declarations } = options;
  const { diagnostics } = planSet(
    [
      ...existing.connections.map((connection, index) =>
        declaredAsIs(connection, declarations.connections[index]!),
      ),
      ...existing.attachments.map(({ connection, workspace }): Declared => ({
        kind: "attachment",
        connection: formatConnectionKey(connection),
        workspace,
      })),
      ...existing.links.map(
        ({ connection, deployment, overrides }): Declared => ({
          kind: "link",
          connection: formatConnectionKey(connection),
          deployment,
          overrides,
          secrets: {
            value: new Secret<Value>(null),
            argument: "override_secrets_wo",
            version: undefined,
          },
        }),
      ),
    ],
    { ...existing, workspaces: [], deployments: [] },
    rulesOf(platform),
    { titles: resourceTypes },
  );
  const sentences = existing.connections.flatMap((connection, index) => {
    const key = formatConnectionKey(connection);
    // Of one that is declared already, no code is written.
    const isWritten = declarations.connections[index]?.isManaged !== true;
    return diagnostics
      .filter(
        ({ path: [id] }) =>
          (isWritten && id === key) || `${id}`.startsWith(`${key}@`),
      )
      .flatMap(({ path: [id, ...path], ...fault }) =>
        told(String(id), { ...fault, path }),
      );
  });
  // Where names are not unique, two connections have one key.
  return [...new Set(sentences)];
}

function declaredAsIs(
  connection: ObservedConnection,
  { secrets }: DeclaredConnection,
): Declared {
  const { owner, name, type, description, config, autoLink, autoLinkExcept } =
    connection;
  const access = namedAccess(connection.access);
  return {
    kind: "connection",
    owner: formatOwner(owner),
    name,
    type,
    description: description === "" ? undefined : description,
    config,
    secrets: {
      value: new Secret(secrets === undefined ? null : withoutValues(secrets)),
      argument: "secrets_wo",
      version: undefined,
    },
    autoLink,
    autoLinkExcept,
    access: access && { view: access.view, use: access.use, edit: access.edit },
    parent: declaredParent(connection),
    verify: undefined,
    deletionProtection: undefined,
  };
}

function told(id: string, fault: Diagnostic): readonly string[] {
  return fault.severity === "error"
    ? [
        `${id} cannot be declared as it is, and a plan will refuse the code. ${formatDiagnostic(fault)}`,
      ]
    : [];
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
