import { type Diagnostic, formatDiagnostic } from "../../diagnostics";
import {
  type Connection,
  type ConnectionKey,
  formatConnectionKey,
  formatOwner,
  KNOWN_AFTER_APPLY,
  namedAccess,
  type ObservedConnection,
  objectOf,
  type Platform,
  type Value,
} from "../../model";
import { checkDesired } from "../../plan/check-desired";
import { validateConnection } from "../../provider/resources/connection/connection-validate";
import { connectionSchema } from "../../provider/schema/connection";
import { recordOfSchema } from "../../provider/schema/schema-type";
import { dynamicOf, fromValue } from "../../provider/state/values";
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
 * each. Asked in the order in which Terraform asks: the provider's validation,
 * then the rules of the catalogue and of the platform. No value of a secret is
 * known here, so none is looked at.
 */
export function refusals(options: RefusalsOptions): readonly string[] {
  const { existing, declarations } = options;
  return existing.connections.flatMap((connection, index) => [
    ...new Set([
      ...validationFaults(connection, declarations.connections[index]!),
      ...platformFaults(connection, options),
    ]),
  ]);
}

function validationFaults(
  connection: ObservedConnection,
  { secrets }: DeclaredConnection,
): readonly string[] {
  const { name, type, owner, description, config } = connection;
  const access = namedAccess(connection.access);
  const record = recordOfSchema(connectionSchema, {
    name,
    type,
    owner: formatOwner(owner),
    description: description ?? null,
    parent: declaredParent(connection) ?? null,
    config: dynamicOf(config),
    secrets_wo:
      secrets === undefined ? null : dynamicOf(withoutValues(secrets)),
    access:
      access === undefined
        ? null
        : fromValue({ view: null, use: null, edit: null, ...access }),
  });
  return told(formatConnectionKey(connection), validateConnection(record));
}

/** Of a connection, its attachments and its links. */
function platformFaults(
  connection: ObservedConnection,
  { platform, existing }: RefusalsOptions,
): readonly string[] {
  const key = formatConnectionKey(connection);
  const isOfIt = (part: { readonly connection: ConnectionKey }) =>
    formatConnectionKey(part.connection) === key;
  const faults = checkDesired({
    platform,
    desired: {
      connections: [asDeclared(connection)],
      attachments: existing.attachments.filter(isOfIt),
      links: existing.links.filter(isOfIt),
    },
  });
  return faults.flatMap(({ path: [id, ...path], ...fault }) =>
    told(String(id), [{ ...fault, path }]),
  );
}

function asDeclared(connection: ObservedConnection): Connection {
  const { owner, name, type, description, config, autoLink, autoLinkExcept } =
    connection;
  return {
    owner,
    name,
    type,
    description: description === "" ? undefined : description,
    config,
    secrets: undefined,
    autoLink,
    autoLinkExcept: autoLink ? autoLinkExcept : undefined,
    access: namedAccess(connection.access),
    parent: declaredParent(connection),
  };
}

function told(id: string, faults: readonly Diagnostic[]): readonly string[] {
  return faults
    .filter(({ severity }) => severity === "error")
    .map(
      (fault) =>
        `${id} cannot be declared as it is, and a plan will refuse the code. ${formatDiagnostic(fault)}`,
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
