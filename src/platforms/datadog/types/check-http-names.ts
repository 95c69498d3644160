import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../../../diagnostics";
import { fieldOf, isObject, type JsonObject } from "../../../model";
import { hasMainToken, mainHeader, type ShownHttpParts } from "./http-parts";
import { isSecretValue } from "./http-references";

/** Where a connection's secrets are sent, by name. */
export interface SecretNames {
  /** Whether they are there already and not declared now, so that no declaration shows them. */
  readonly kept: boolean;
  /** The header of the field `token`; undefined where there is no token. */
  readonly tokenHeader: string | undefined;
  readonly headers: readonly string[];
  readonly parameters: readonly string[];
}

/** Those of secrets that are declared. */
export function secretNames(
  config: JsonObject,
  secrets: JsonObject,
): SecretNames {
  const hasToken = fieldOf(secrets, "token") !== undefined;
  return {
    kept: false,
    tokenHeader: hasToken ? mainHeader(config)[0] : undefined,
    headers: namesIn(secrets, "secret_headers"),
    parameters: namesIn(secrets, "secret_url_parameters"),
  };
}

/** Those of secrets that are there and stay. */
export function keptNames(
  config: JsonObject,
  shown: ShownHttpParts,
): SecretNames {
  const secretOf = (
    kind: "Header" | "Parameter",
    values: ReadonlyMap<string, string>,
  ) =>
    [...values].flatMap(([name, value]) =>
      isSecretValue(kind, name, value) ? [name] : [],
    );
  return {
    kept: true,
    tokenHeader: hasMainToken(shown) ? mainHeader(config)[0] : undefined,
    headers: secretOf("Header", shown.headers),
    parameters: secretOf("Parameter", shown.parameters),
  };
}

/** A header or parameter that is declared in more than one way: Datadog keeps one value for each name. */
export function checkNames(
  config: JsonObject,
  { kept, tokenHeader, headers, parameters }: SecretNames,
): readonly Diagnostic[] {
  const isTokenHeader = (name: string) =>
    tokenHeader !== undefined && sameHeader(name, tokenHeader);
  const twice = (path: DiagnosticPath, what: string, other: string) => [
    errorDiagnostic({
      code: "conflicting_arguments",
      path,
      detail: `${what} is given twice: here and ${other}. Datadog keeps one value for each name. Remove one of the two.${kept ? " A secret that is not declared any more stays until the secrets are sent again, for example by changing secrets_version." : ""}`,
    }),
  ];
  const header = (name: string) => `The header ${JSON.stringify(name)}`;
  const ofToken = "by the secret token, which is sent in it (see token_header)";
  return [
    ...namesIn(config, "headers").flatMap((name) => {
      const path = ["config", "headers", name];
      if (isTokenHeader(name)) return twice(path, header(name), ofToken);
      return headers.some((secret) => sameHeader(name, secret))
        ? twice(path, header(name), "in secret_headers")
        : [];
    }),
    ...headers.filter(isTokenHeader).flatMap((name) => {
      const path = ["secrets", "secret_headers", name];
      return twice(path, header(name), ofToken);
    }),
    ...namesIn(config, "url_parameters").flatMap((name) =>
      parameters.includes(name)
        ? twice(
            ["config", "url_parameters", name],
            `The parameter ${JSON.stringify(name)}`,
            "in secret_url_parameters",
          )
        : [],
    ),
  ];
}

/** Names of headers are the same in every case of letters. */
function sameHeader(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function namesIn(object: JsonObject, field: string): readonly string[] {
  const value = fieldOf(object, field);
  return isObject(value) ? Object.keys(value) : [];
}
