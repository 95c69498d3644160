import {
  type Diagnostic,
  type DiagnosticCode,
  type DiagnosticPath,
  didYouMean,
  errorDiagnostic,
} from "../../../diagnostics";
import { fieldOf, type JsonObject } from "../../../model";
import { credentialsOf, textOf } from "./attributes";
import type { Credentials, Integration } from "./integrations";
import { checkTags } from "./tags";
import type { DeclaredFields } from "./type-translation";

/** Everything that Datadog would not take of a native type's fields. */
export function checkNativeFields(
  integration: Integration,
  { config, secrets }: DeclaredFields,
): readonly Diagnostic[] {
  const kindFaults = checkKind(integration, config);
  const kind = declaredKind(integration, config);
  if (kind === undefined) return kindFaults;
  const title = titleOf(integration, kind);
  return [
    ...kindFaults,
    ...checkTags(config),
    ...checkConfig(title, kind, config),
    ...(secrets === undefined ? [] : checkSecrets(title, kind, secrets)),
  ];
}

/** What only a new connection can change. Plans replace by themselves; this is for those that did not know. */
export function checkNativeChange(
  integration: Integration,
  { config }: DeclaredFields,
  current: JsonObject,
): readonly Diagnostic[] {
  const kind = declaredKind(integration, config);
  if (kind === undefined) return [];
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

/** The kind of credentials that the fields are for; undefined where none of several is named. */
function declaredKind(
  { credentials }: Integration,
  config: JsonObject,
): Credentials | undefined {
  return credentials.length === 1
    ? credentials[0]
    : credentials.find(
        ({ type }) => type === fieldOf(config, "credentials_type"),
      );
}

/** As messages call what has the fields. */
function titleOf({ type, credentials }: Integration, kind: Credentials) {
  return credentials.length === 1
    ? `datadog:${type}`
    : `datadog:${type} with ${kind.type}`;
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
            `datadog:${type} has one kind of credentials, ${names[0]}, which need not be named. Remove credentials_type.`,
          ),
        ];
  }
  if (given === undefined) {
    return [
      fault(
        "missing_field",
        path,
        `datadog:${type} has several kinds of credentials. Name one as credentials_type: ${names.join(", ")}.`,
      ),
    ];
  }
  if (typeof given === "string" && names.includes(given)) return [];
  return [
    fault(
      "invalid_field",
      path,
      `${JSON.stringify(given)} is not a kind of credentials of datadog:${type}.${didYouMean(String(given), names)} There are: ${names.join(", ")}.`,
    ),
  ];
}

function checkConfig(
  title: string,
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
          `${field} of ${title} is secret. Give it in secrets_wo (or secrets), not in config.`,
        ),
      );
    } else if (kind.given.includes(field)) {
      faults.push(
        fault(
          "unknown_field",
          path,
          `${field} of ${title} is chosen by Datadog and cannot be given. Remove it; the connection's status_message shows it.`,
        ),
      );
    } else if (!known.includes(field)) {
      const all = [...known, ...kind.secrets, "tags"];
      faults.push(
        fault(
          "unknown_field",
          path,
          `${title} has no field ${JSON.stringify(field)}.${didYouMean(field, all)} Its plain fields: ${[...known, "tags"].join(", ")}.`,
        ),
      );
    } else if (typeof value !== "string" || value === "") {
      faults.push(
        fault(
          "invalid_field",
          path,
          value === ""
            ? `${field} of ${title} is empty. ${kind.plain.includes(field) ? "It has to be given." : "Leave it out, or write null."}`
            : `${field} of ${title} is not a text. Write it in quotes.`,
        ),
      );
    } else if (field === "account_id" && !/^\d{12}$/.test(value)) {
      faults.push(
        fault(
          "invalid_field",
          path,
          `${field} of ${title} is not the number of an AWS account: 12 digits, in quotes.`,
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
          `${title} needs ${field} in config.`,
        ),
      ),
  ];
}

/** All of them must be there: Datadog can replace a secret, but not remove one. */
function checkSecrets(
  title: string,
  kind: Credentials,
  secrets: JsonObject,
): readonly Diagnostic[] {
  const plain = [...kind.plain, ...kind.optional];
  const faults: Diagnostic[] = [];
  for (const [field, value] of Object.entries(secrets)) {
    const path = ["secrets", field];
    if (plain.includes(field) || field === "tags") {
      faults.push(
        fault(
          "plain_field_in_secrets",
          path,
          `${field} of ${title} is not secret. Give it in config.`,
        ),
      );
    } else if (!kind.secrets.includes(field)) {
      faults.push(
        fault(
          "unknown_field",
          path,
          `${title} has no secret ${JSON.stringify(field)}.${didYouMean(field, kind.secrets)} ${kind.secrets.length === 0 ? "It has none." : `Its secrets: ${kind.secrets.join(", ")}.`}`,
        ),
      );
    } else if (typeof value !== "string" || value === "") {
      faults.push(
        fault(
          "invalid_field",
          path,
          `The secret ${field} of ${title} is not a text, or is empty.`,
        ),
      );
    }
  }
  return [
    ...faults,
    ...kind.secrets
      .filter((field) => fieldOf(secrets, field) === undefined)
      .map((field) =>
        fault(
          "missing_field",
          ["secrets", field],
          `${title} cannot be without the secret ${field}. Give it in secrets_wo, or in secrets.`,
        ),
      ),
  ];
}

function fault(
  code: DiagnosticCode,
  path: DiagnosticPath,
  detail: string,
): Diagnostic {
  return errorDiagnostic({ code, path, detail });
}
