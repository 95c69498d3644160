import { type DiagnosticPath, errorDiagnostic } from "../diagnostics";
import { type Checked, invalid, valid } from "./checked";
import { formatOwner, type Owner, parseOwner } from "./owner";
import { escapeName, readName } from "./name";

/**
 * Natural keys. They name an object in code, are known before it exists, and
 * are the Terraform ids and import ids at the same time. The names in them are
 * escaped (see `escapeName`).
 */

/** `organization/acme/warehouse` */
export interface ConnectionKey {
  readonly owner: Owner;
  readonly name: string;
}

/** `organization/acme/warehouse@workspace/analytics` */
export interface AttachmentKey {
  readonly connection: ConnectionKey;
  readonly workspace: string;
}

/** `organization/acme/warehouse@deployment/prod` */
export interface LinkKey {
  readonly connection: ConnectionKey;
  readonly deployment: string;
}

export function formatConnectionKey(key: ConnectionKey): string {
  return `${formatOwner(key.owner)}/${escapeName(key.name)}`;
}

export function formatAttachmentKey(key: AttachmentKey): string {
  return `${formatConnectionKey(key.connection)}@workspace/${escapeName(key.workspace)}`;
}

export function formatLinkKey(key: LinkKey): string {
  return `${formatConnectionKey(key.connection)}@deployment/${escapeName(key.deployment)}`;
}

export function parseConnectionKey(
  text: string,
  path: DiagnosticPath = ["id"],
): Checked<ConnectionKey> {
  const slash = text.lastIndexOf("/");
  if (slash <= 0)
    return invalidKey(
      text,
      "a connection",
      "organization/acme/warehouse",
      path,
    );
  const owner = parseOwner(text.slice(0, slash), path);
  if (!owner.ok) return owner;
  const name = readName(text.slice(slash + 1), path);
  return name.ok ? valid({ owner: owner.value, name: name.value }) : name;
}

export function parseAttachmentKey(
  text: string,
  path: DiagnosticPath = ["id"],
): Checked<AttachmentKey> {
  const parsed = parsePlaceKey(text, path, {
    separator: "@workspace/",
    what: "a workspace attachment",
    example: "organization/acme/warehouse@workspace/analytics",
  });
  if (!parsed.ok) return parsed;
  const { connection, name } = parsed.value;
  return valid({ connection, workspace: name });
}

export function parseLinkKey(
  text: string,
  path: DiagnosticPath = ["id"],
): Checked<LinkKey> {
  const parsed = parsePlaceKey(text, path, {
    separator: "@deployment/",
    what: "a deployment link",
    example: "organization/acme/warehouse@deployment/prod",
  });
  if (!parsed.ok) return parsed;
  const { connection, name } = parsed.value;
  return valid({ connection, deployment: name });
}

/** A connection's key, a separator, and the name of a place. */
function parsePlaceKey(
  text: string,
  path: DiagnosticPath,
  form: {
    readonly separator: string;
    readonly what: string;
    readonly example: string;
  },
): Checked<{ readonly connection: ConnectionKey; readonly name: string }> {
  const parts = splitKey(text, form.separator);
  if (!parts) return invalidKey(text, form.what, form.example, path);
  const connection = parseConnectionKey(parts.connection, path);
  if (!connection.ok) return connection;
  const name = readName(parts.name, path);
  return name.ok
    ? valid({ connection: connection.value, name: name.value })
    : name;
}

function splitKey(
  text: string,
  separator: string,
): { connection: string; name: string } | undefined {
  const at = text.indexOf(separator);
  if (at <= 0) return undefined;
  return {
    connection: text.slice(0, at),
    name: text.slice(at + separator.length),
  };
}

function invalidKey(
  text: string,
  what: string,
  example: string,
  path: DiagnosticPath,
): Checked<never> {
  return invalid(
    errorDiagnostic({
      code: "invalid_id",
      path,
      detail: `${JSON.stringify(text)} is not the id of ${what}. An id looks like "${example}".`,
    }),
  );
}
