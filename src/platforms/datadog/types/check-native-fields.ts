import {
  type Diagnostic,
  type DiagnosticCode,
  type DiagnosticPath,
  didYouMean,
  errorDiagnostic,
} from "../../../diagnostics";
import { fieldOf, type JsonObject, objectOf } from "../../../model";
import { credentialsOf, textOf } from "./attributes";
import type { Credentials, Integration } from "./integrations";
import { checkTags } from "./tags";
import type { DeclaredFields } from "./type-translation";

export interface CheckNativeFieldsOptions extends DeclaredFields {
  readonly integration: Integration;
  /** What is there now; undefined for a creation. */
  readonly current: JsonObject | undefined;
}

/** Everything that Datadog would not take of a native type's fields, or could not make of what is there. */
export function checkNativeFields(
  options: CheckNativeFieldsOptions,
): readonly Diagnostic[] {
  const { integration, config, current } = options;
  const kindFaults = checkKind(integration, config);
  const kind = integration.credentials.find(
    ({ type }) =>
      integration.credentials.length === 1 ||
      type === fieldOf(config, "credentials_type"),
  );
  if (kind === undefined) return kindFaults;
  return [
    ...kindFaults,
    ...checkTags(config),
    ...checkConfig(integration, kind, config),
    ...checkSecrets(integration, kind, options),
    ...(current === undefined ? [] : checkRemovals(kind, config, current)),
  ];
}

/** One kind needs no naming, and is not named by Datadog's answers either; of several, one must be. */
function checkKind(
  { type, credentials }: Integration,
  config: JsonObject,
): readonly Diagnostic[] {
  const given = fieldOf(config, "credentials_type");
  const path = ["config", "credentials_type"];
  const names = credentials.map((kind) => kind.type);
  if (credentials.length === 1) {
    return given === undefined
      ? []
      : [
          fault(
            "unknown_field",
            path,
            `A ${type} connection has one kind of credentials, ${names[0]}, which need not be named. Remove credentials_type.`,
          ),
        ];
  }
  if (given === undefined) {
    return [
      fault(
        "missing_field",
        path,
        `A ${type} connection has several kinds of credentials. Name one as credentials_type: ${names.join(", ")}.`,
      ),
    ];
  }
  if (typeof given === "string" && names.includes(given)) return [];
  return [
    fault(
      "invalid_field",
      path,
      `${JSON.stringify(given)} is not a kind of credentials of ${type}.${didYouMean(String(given), names)} There are: ${names.join(", ")}.`,
    ),
  ];
}

function checkConfig(
  { type }: Integration,
  kind: Credentials,
  config: JsonObject,
): readonly Diagnostic[] {
  const known = [...kind.plain, ...kind.optional];
  const faults: Diagnostic[] = [];
  for (const [field, value] of Object.entries(config)) {
    const path = ["config", field];
    if (field === "credentials_type" || field === "tags") continue;
    if (kind.secrets.includes(field)) {
      faults.push(
        fault(
          "secret_in_config",
          path,
          `${field} of a ${type} connection is secret. Give it in secrets_wo (or secrets), not in config.`,
        ),
      );
    } else if (kind.given.includes(field)) {
      faults.push(
        fault(
          "unknown_field",
          path,
          `${field} of a ${type} connection is chosen by Datadog and cannot be given. Remove it; the connection's status_message shows it.`,
        ),
      );
    } else if (!known.includes(field)) {
      const all = [...known, ...kind.secrets, "tags"];
      faults.push(
        fault(
          "unknown_field",
          path,
          `A ${type} connection (${kind.type}) has no field ${JSON.stringify(field)}.${didYouMean(field, all)} Its plain fields: ${[...known, "tags"].join(", ")}.`,
        ),
      );
    } else if (typeof value !== "string" || value === "") {
      faults.push(
        fault(
          "invalid_field",
          path,
          `${field} of a ${type} connection is not a text. Write it in quotes, and not empty.`,
        ),
      );
    } else if (field === "account_id" && !/^\d{12}$/.test(value)) {
      faults.push(
        fault(
          "invalid_field",
          path,
          `${JSON.stringify(value)} is not the number of an AWS account: 12 digits, in quotes.`,
        ),
      );
    }
  }
  return [
    ...faults,
    ...kind.plain
      .filter((field) => fieldOf(config, field) === undefined)
      .map((field) =>
        fault(
          "missing_field",
          ["config", field],
          `A ${type} connection (${kind.type}) needs ${field} in config.`,
        ),
      ),
  ];
}

function checkSecrets(
  { type }: Integration,
  kind: Credentials,
  { secrets, current }: CheckNativeFieldsOptions,
): readonly Diagnostic[] {
  if (secrets === undefined && current !== undefined) return [];
  const given = secrets ?? objectOf([]);
  if (
    current !== undefined &&
    Object.keys(given).length === 0 &&
    kind.secrets.length > 0
  ) {
    return [
      fault(
        "unsupported",
        ["secrets"],
        `Datadog has no way to remove the secrets of a ${type} connection (${kind.secrets.join(", ")}), only to replace them. Give them again, or delete the connection.`,
      ),
    ];
  }
  const plain = [...kind.plain, ...kind.optional];
  const faults: Diagnostic[] = [];
  for (const [field, value] of Object.entries(given)) {
    const path = ["secrets", field];
    if (plain.includes(field) || field === "tags") {
      faults.push(
        fault(
          "plain_field_in_secrets",
          path,
          `${field} of a ${type} connection is not secret. Give it in config.`,
        ),
      );
    } else if (!kind.secrets.includes(field)) {
      faults.push(
        fault(
          "unknown_field",
          path,
          `A ${type} connection (${kind.type}) has no secret ${JSON.stringify(field)}.${didYouMean(field, kind.secrets)} ${kind.secrets.length === 0 ? "It has none." : `Its secrets: ${kind.secrets.join(", ")}.`}`,
        ),
      );
    } else if (typeof value !== "string" || value === "") {
      faults.push(
        fault(
          "invalid_field",
          path,
          `The secret ${field} of a ${type} connection is not a text, or is empty.`,
        ),
      );
    }
  }
  return [
    ...faults,
    ...kind.secrets
      .filter((field) => fieldOf(given, field) === undefined)
      .map((field) =>
        fault(
          "missing_field",
          ["secrets", field],
          `A ${type} connection (${kind.type}) needs the secret ${field}. Give it in secrets_wo, or in secrets.`,
        ),
      ),
  ];
}

/** What only a new connection can change. Plans replace by themselves; this is for those that did not know. */
function checkRemovals(
  kind: Credentials,
  config: JsonObject,
  current: JsonObject,
): readonly Diagnostic[] {
  const shown = credentialsOf(current);
  const shownKind = textOf(shown, "type");
  if (shownKind !== kind.type) {
    return [
      fault(
        "unsupported",
        ["config", "credentials_type"],
        `The connection's credentials are of the kind ${shownKind} now, and Datadog does not say whether ${kind.type} can take their place. Replace the connection.`,
      ),
    ];
  }
  return kind.optional
    .filter(
      (field) =>
        (textOf(shown, field) ?? "") !== "" &&
        fieldOf(config, field) === undefined,
    )
    .map((field) =>
      fault(
        "unsupported",
        ["config", field],
        `Datadog has no way to remove ${field} from a connection. Replace the connection.`,
      ),
    );
}

function fault(
  code: DiagnosticCode,
  path: DiagnosticPath,
  detail: string,
): Diagnostic {
  return errorDiagnostic({ code, path, detail });
}
