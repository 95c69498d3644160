import {
  fieldOf,
  type JsonObject,
  type JsonValue,
  objectOf,
} from "../../../model";
import { credentialsOf, itemsOf, part, textOf } from "./attributes";
import {
  isReserved,
  isSecretValue,
  MAIN_TOKEN,
  prefixOf,
  referencesIn,
  referenceTo,
  tokenNameFor,
} from "./http-references";
import type { CurrentConnection, DeclaredFields } from "./type-translation";

/** What Datadog's token authentication consists of, by name. */
export interface HttpParts {
  readonly headers: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, string>;
  /** Undefined: those that are there stay. */
  readonly tokens: ReadonlyMap<string, string> | undefined;
}

/** What is there now, as far as Datadog shows it. */
export interface ShownHttpParts extends Omit<HttpParts, "tokens"> {
  /** Undefined where the answer holds no tokens at all, which says nothing about whether there are any. */
  readonly tokenNames: readonly string[] | undefined;
}

/** The catalogue's defaults of `token_header` and `token_prefix`. */
export const DEFAULT_HEADER = "Authorization";
export const DEFAULT_PREFIX = "Bearer";

/** The parts that declared fields come to. Secrets that are not given keep the headers and parameters that refer to them. */
export function declaredParts(
  { config, secrets }: DeclaredFields,
  shown: ShownHttpParts | undefined,
): HttpParts {
  const headers = new Map(textsOf(config, "headers"));
  const parameters = new Map(textsOf(config, "url_parameters"));
  if (secrets === undefined) {
    for (const [name, value] of shown?.headers ?? []) {
      if (isSecretValue("Header", name, value)) headers.set(name, value);
    }
    for (const [name, value] of shown?.parameters ?? []) {
      if (isSecretValue("Parameter", name, value)) parameters.set(name, value);
    }
    if (hasMainToken(shown)) headers.set(...mainHeader(config));
    return { headers, parameters, tokens: undefined };
  }
  const tokens = new Map(textsOf(secrets, "tokens"));
  const refer = (
    kind: "Header" | "Parameter",
    field: string,
    into: Map<string, string>,
  ) => {
    for (const [name, secret] of textsOf(secrets, field)) {
      tokens.set(tokenNameFor(kind, name), secret);
      into.set(name, referenceTo(tokenNameFor(kind, name)));
    }
  };
  refer("Header", "secret_headers", headers);
  refer("Parameter", "secret_url_parameters", parameters);
  const token = textOf(secrets, "token");
  if (token !== undefined) {
    tokens.set(MAIN_TOKEN, token);
    headers.set(...mainHeader(config));
  }
  return { headers, parameters, tokens };
}

/** The header that the field `token` is sent in: its name and its value. */
export function mainHeader(config: JsonObject): readonly [string, string] {
  const prefix = textOf(config, "token_prefix") ?? DEFAULT_PREFIX;
  const reference = referenceTo(MAIN_TOKEN);
  return [
    textOf(config, "token_header") ?? DEFAULT_HEADER,
    prefix === "" ? reference : `${prefix} ${reference}`,
  ];
}

/** Whether one of the headers is made of the field `token`. */
export function hasMainToken(shown: ShownHttpParts | undefined): boolean {
  return [...(shown?.headers.values() ?? [])].some(
    (value) => prefixOf(value) !== undefined,
  );
}

/** The parts of a connection that exists. */
export function shownParts(attributes: JsonObject): ShownHttpParts {
  const credentials = credentialsOf(attributes);
  return {
    headers: namedValues(itemsOf(credentials, "headers")),
    parameters: namedValues(itemsOf(credentials, "url_parameters")),
    tokenNames: itemsOf(credentials, "tokens")?.flatMap(
      (item) => textOf(item, "name") ?? [],
    ),
  };
}

/**
 * The tokens that are known to be there: those shown or, where none are shown,
 * those that the caller remembers and those that something refers to. One that a
 * caller who remembers some does not remember was never sent, and Datadog may
 * refuse to delete what is not there.
 */
export function knownTokenNames({
  attributes,
  secretFields = [],
}: CurrentConnection): readonly string[] {
  const { headers, parameters, tokenNames } = shownParts(attributes);
  if (tokenNames !== undefined && tokenNames.length > 0) return tokenNames;
  const body = textOf(part(credentialsOf(attributes), "body"), "content") ?? "";
  const referredTo = [...headers.values(), ...parameters.values(), body]
    .flatMap(referencesIn)
    .filter((name) => isReserved(name) || secretFields.length === 0);
  return [...new Set([...referredTo, ...secretFields.flatMap(tokenOf)])];
}

/** The token that a secret's dotted name stands for. */
function tokenOf(secret: string): readonly string[] {
  if (secret === "token") return [MAIN_TOKEN];
  const [field = "", ...rest] = secret.split(".");
  const name = rest.join(".");
  switch (field) {
    case "tokens":
      return [name];
    case "secret_headers":
      return [tokenNameFor("Header", name)];
    case "secret_url_parameters":
      return [tokenNameFor("Parameter", name)];
    default:
      return [];
  }
}

/** The catalogue's plain fields that the parts come to. */
export function configOfParts({
  headers,
  parameters,
}: ShownHttpParts): JsonObject {
  const main = [...headers].find(([, value]) => prefixOf(value) !== undefined);
  const plainHeaders = [...headers].filter(
    ([name, value]) =>
      name !== main?.[0] && !isSecretValue("Header", name, value),
  );
  const plainParameters = [...parameters].filter(
    ([name, value]) => !isSecretValue("Parameter", name, value),
  );
  const prefix = main === undefined ? DEFAULT_PREFIX : prefixOf(main[1])!;
  return objectOf<JsonValue>([
    ...fieldIf(plainHeaders.length > 0, "headers", objectOf(plainHeaders)),
    ...fieldIf(
      plainParameters.length > 0,
      "url_parameters",
      objectOf(plainParameters),
    ),
    ...fieldIf(
      main !== undefined && main[0] !== DEFAULT_HEADER,
      "token_header",
      main?.[0] ?? "",
    ),
    ...fieldIf(prefix !== DEFAULT_PREFIX, "token_prefix", prefix),
  ]);
}

function fieldIf(
  there: boolean,
  field: string,
  value: JsonValue,
): readonly [string, JsonValue][] {
  return there ? [[field, value]] : [];
}

/** The texts of an object-valued field, by name. */
function textsOf(
  object: JsonObject,
  field: string,
): readonly (readonly [string, string])[] {
  const value = fieldOf(object, field);
  return Object.entries(value ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
}

function namedValues(
  items: readonly JsonObject[] | undefined,
): ReadonlyMap<string, string> {
  return new Map(
    (items ?? []).flatMap((item): [string, string][] => {
      const name = textOf(item, "name");
      return name === undefined ? [] : [[name, textOf(item, "value") ?? ""]];
    }),
  );
}
