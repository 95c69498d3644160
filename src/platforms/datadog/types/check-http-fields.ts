import {
  type Diagnostic,
  type DiagnosticCode,
  type DiagnosticPath,
  didYouMean,
  errorDiagnostic,
} from "../../../diagnostics";
import {
  fieldOf,
  isObject,
  type JsonObject,
  type JsonValue,
} from "../../../model";
import { checkNames, keptNames, secretNames } from "./check-http-names";
import {
  DEFAULT_HEADER,
  DEFAULT_PREFIX,
  hasMainToken,
  knownTokenNames,
  shownParts,
} from "./http-parts";
import { isReserved, referencesIn } from "./http-references";
import { checkTags } from "./tags";
import type { CurrentConnection, DeclaredFields } from "./type-translation";

/** What of the catalogue's `http` Datadog cannot hold, or would not show again as declared. */
export function checkHttpFields({
  config,
  secrets,
}: DeclaredFields): readonly Diagnostic[] {
  return [
    ...checkBasicAuthentication(config, secrets),
    ...checkVerification(config),
    ...checkEmptyMaps(config),
    ...checkTags(config),
    ...checkReservedNames(config, secrets),
    ...(secrets === undefined
      ? []
      : [
          ...checkNames(config, secretNames(config, secrets)),
          ...checkReferences(
            config,
            entriesOf(secrets, "tokens").map(([name]) => name),
          ),
        ]),
  ];
}

/** What stands in the way of the fields among what is there and stays. */
export function checkHttpChange(
  { config, secrets }: DeclaredFields,
  current: CurrentConnection,
): readonly Diagnostic[] {
  if (secrets !== undefined) return [];
  const shown = shownParts(current.attributes);
  const { secretFields = [] } = current;
  return [
    ...checkNames(config, keptNames(config, shown)),
    ...(hasMainToken(shown) ? [] : checkMovedToken(config)),
    // Where no secret is remembered, somebody else may have given any.
    ...(secretFields.length === 0
      ? []
      : checkReferences(config, knownTokenNames(current))),
  ];
}

/** `{{ name }}` where there is no token of that name: Datadog would send the braces. */
function checkReferences(
  config: JsonObject,
  tokens: readonly string[],
): readonly Diagnostic[] {
  const own = tokens.filter((name) => !isReserved(name)).sort();
  const texts: (readonly [DiagnosticPath, JsonValue])[] = [
    ...["headers", "url_parameters"].flatMap((field) =>
      entriesOf(config, field).map(
        ([name, value]) => [["config", field, name], value] as const,
      ),
    ),
    ...entriesOf(config, "body").map(
      ([field, value]) => [["config", "body", field], value] as const,
    ),
  ];
  return texts.flatMap(([path, text]) =>
    (typeof text === "string" ? [...new Set(referencesIn(text))] : [])
      .filter((name) => !isReserved(name) && !own.includes(name))
      .map((name) =>
        fault(
          "invalid_field",
          path,
          `The value refers to {{ ${name} }}, and there is no token of this name.${didYouMean(name, own)} ${own.length === 0 ? "No tokens are declared: give it as tokens among the secrets." : `The tokens that there are: ${own.join(", ")}.`}`,
        ),
      ),
  );
}

function checkBasicAuthentication(
  config: JsonObject,
  secrets: JsonObject | undefined,
): readonly Diagnostic[] {
  const path =
    fieldOf(config, "login") !== undefined
      ? ["config", "login"]
      : fieldOf(secrets ?? {}, "password") !== undefined
        ? ["secrets", "password"]
        : undefined;
  if (path === undefined) return [];
  return [
    fault(
      "unsupported",
      path,
      'Datadog\'s public API has HTTP connections with tokens only, not with basic authentication (login and password). Use token or secret_headers; a basic login can be sent as a secret header Authorization whose value begins with "Basic ".',
    ),
  ];
}

function checkVerification(config: JsonObject): readonly Diagnostic[] {
  if (fieldOf(config, "verify_tls") !== false) return [];
  return [
    fault(
      "unsupported",
      ["config", "verify_tls"],
      "Datadog has no setting that turns the verification of certificates off. Remove verify_tls, and give the server a certificate that can be verified.",
    ),
  ];
}

/** Datadog shows no trace of them, so that the next plan would want to add them again. */
function checkEmptyMaps(config: JsonObject): readonly Diagnostic[] {
  return ["headers", "url_parameters"].flatMap((field) => {
    const value = fieldOf(config, field);
    if (!isObject(value) || Object.keys(value).length > 0) return [];
    return [
      fault(
        "unsupported",
        ["config", field],
        `${field} is empty, which Datadog does not tell apart from none, so that every later plan would want to add it again. Leave ${field} out, or write null: length(MAP) > 0 ? MAP : null`,
      ),
    ];
  });
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
function checkMovedToken(config: JsonObject): readonly Diagnostic[] {
  const moved = [
    ["token_header", DEFAULT_HEADER] as const,
    ["token_prefix", DEFAULT_PREFIX] as const,
  ].filter(([field, standard]) => {
    const value = fieldOf(config, field);
    return value !== undefined && value !== standard;
  });
  return moved.map(([field]) =>
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
