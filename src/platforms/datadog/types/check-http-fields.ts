import {
  type Diagnostic,
  type DiagnosticCode,
  type DiagnosticPath,
  errorDiagnostic,
} from "../../../diagnostics";
import {
  fieldOf,
  isObject,
  type JsonObject,
  type JsonValue,
} from "../../../model";
import { hasMainToken, shownParts } from "./http-parts";
import { isReserved, referencesIn } from "./http-references";
import type { DeclaredFields } from "./type-translation";

/** What of the catalogue's `http` Datadog cannot hold, or would not show again as declared. */
export function checkHttpFields(
  { config, secrets }: DeclaredFields,
  current: JsonObject | undefined,
): readonly Diagnostic[] {
  return [
    ...checkBasicAuthentication(config, secrets),
    ...checkSpelledDefaults(config),
    ...checkReservedNames(config, secrets),
    ...checkMovedToken(config, secrets, current),
  ];
}

function checkBasicAuthentication(
  config: JsonObject,
  secrets: JsonObject | undefined,
): readonly Diagnostic[] {
  const faults: Diagnostic[] = [];
  const given = (["login", "password"] as const).filter(
    (field) =>
      fieldOf(field === "login" ? config : (secrets ?? {}), field) !==
      undefined,
  );
  if (given.length > 0) {
    faults.push(
      fault(
        "unsupported",
        [given[0] === "login" ? "config" : "secrets", given[0]!],
        'Datadog\'s public API has HTTP connections with tokens only, not with basic authentication (login and password). Use token or secret_headers; a basic login can be sent as a secret header Authorization whose value begins with "Basic ".',
      ),
    );
  }
  if (fieldOf(config, "verify_tls") !== undefined) {
    faults.push(
      fault(
        "unsupported",
        ["config", "verify_tls"],
        "Datadog has no setting for the verification of certificates. Remove verify_tls.",
      ),
    );
  }
  return faults;
}

/** Datadog keeps no trace of whether a default was written out, so that the next plan would want to add it again. */
function checkSpelledDefaults(config: JsonObject): readonly Diagnostic[] {
  const faults: Diagnostic[] = [];
  for (const [field, standard] of [
    ["token_header", "Authorization"],
    ["token_prefix", "Bearer"],
  ] as const) {
    if (fieldOf(config, field) === standard) {
      faults.push(
        fault(
          "unsupported",
          ["config", field],
          `"${standard}" is what ${field} is without being said, and Datadog does not keep that it was said. Remove ${field}.`,
        ),
      );
    }
  }
  for (const field of ["headers", "url_parameters"]) {
    const value = fieldOf(config, field);
    if (isObject(value) && Object.keys(value).length === 0) {
      faults.push(
        fault(
          "unsupported",
          ["config", field],
          `Datadog does not keep an empty ${field}. Leave it out.`,
        ),
      );
    }
  }
  return faults;
}

function checkReservedNames(
  config: JsonObject,
  secrets: JsonObject | undefined,
): readonly Diagnostic[] {
  const faults: Diagnostic[] = [];
  for (const [name] of entriesOf(secrets, "tokens")) {
    if (isReserved(name)) {
      faults.push(
        fault(
          "invalid_field",
          ["secrets", "tokens", name],
          'Names of tokens that begin with "patchbay" are for the tokens behind token, secret_headers and secret_url_parameters. Choose another name.',
        ),
      );
    }
  }
  for (const field of ["headers", "url_parameters"]) {
    for (const [name, value] of entriesOf(config, field)) {
      if (typeof value === "string" && referencesIn(value).some(isReserved)) {
        faults.push(
          fault(
            "invalid_field",
            ["config", field, name],
            'The value refers to a token whose name begins with "patchbay". Declare the header or parameter in secret_headers or secret_url_parameters, or refer to a token of your own in tokens.',
          ),
        );
      }
    }
  }
  return faults;
}

/** A token's header can be moved without the token, but not made. */
function checkMovedToken(
  config: JsonObject,
  secrets: JsonObject | undefined,
  current: JsonObject | undefined,
): readonly Diagnostic[] {
  if (secrets !== undefined || current === undefined) return [];
  if (hasMainToken(shownParts(current))) return [];
  return ["token_header", "token_prefix"]
    .filter((field) => fieldOf(config, field) !== undefined)
    .map((field) =>
      fault(
        "missing_field",
        ["secrets", "token"],
        `${field} says how the token is sent, but Datadog shows no token of ours on this connection. Give the token again, for example by changing secrets_version.`,
      ),
    );
}

function entriesOf(
  object: JsonObject | undefined,
  field: string,
): readonly [string, JsonValue][] {
  const value = object === undefined ? undefined : fieldOf(object, field);
  return isObject(value) ? Object.entries(value) : [];
}

function fault(
  code: DiagnosticCode,
  path: DiagnosticPath,
  detail: string,
): Diagnostic {
  return errorDiagnostic({ code, path, detail });
}
