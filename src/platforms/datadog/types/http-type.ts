import {
  fieldOf,
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
} from "../../../model";
import { credentialsOf, integrationOf, part, textOf } from "./attributes";
import { checkHttpChange, checkHttpFields } from "./check-http-fields";
import {
  configOfParts,
  declaredParts,
  knownTokenNames,
  shownParts,
} from "./http-parts";
import { shownTags, tagsBody } from "./tags";
import type { TypeTranslation } from "./type-translation";

/** The one kind of HTTP credentials in Datadog's public API. */
export const HTTP_CREDENTIALS = "HTTPTokenAuth";

/** The catalogue's `http` as Datadog's HTTP integration with token authentication. */
export const httpType: TypeTranslation = {
  type: "http",
  check: checkHttpFields,
  checkChange: checkHttpChange,

  toAttributes: (fields) => {
    const { headers, parameters, tokens } = declaredParts(fields, undefined);
    return {
      integration: integrationBody(fields.config, [
        ...listOf("headers", valuesToSet(headers)),
        ...listOf("url_parameters", valuesToSet(parameters)),
        ...listOf("tokens", tokensToSet(tokens ?? new Map())),
        ...bodyOf(fields.config),
      ]),
      ...tagsBody(fields.config),
    };
  },

  toAttributesUpdate: (fields, current) => {
    const { attributes } = current;
    const shown = shownParts(attributes);
    const wanted = declaredParts(fields, shown);
    const removed = (
      before: Iterable<string>,
      after: ReadonlyMap<string, string>,
    ) => [...new Set(before)].filter((name) => !after.has(name));
    const { headers, parameters, tokens } = wanted;
    return {
      integration: integrationBody(fields.config, [
        ...listOf("headers", [
          ...valuesToSet(headers),
          ...removed(shown.headers.keys(), headers).map(deletion),
        ]),
        ...listOf("url_parameters", [
          ...valuesToSet(parameters),
          ...removed(shown.parameters.keys(), parameters).map(deletion),
        ]),
        ...(tokens === undefined
          ? []
          : listOf("tokens", [
              ...tokensToSet(tokens),
              ...removed(knownTokenNames(current), tokens).map((name) => ({
                ...deletion(name),
                type: "SECRET",
              })),
            ])),
        ...bodyUpdate(fields.config, attributes),
      ]),
      ...tagsBody(fields.config, attributes),
    };
  },

  configOf: (attributes) =>
    objectOf<JsonValue>([
      ["base_url", textOf(integrationOf(attributes), "base_url") ?? ""],
      ...Object.entries(configOfParts(shownParts(attributes))),
      ...shownBody(attributes),
      ...shownTags(attributes),
    ]),
};

function integrationBody(
  config: JsonObject,
  credentials: readonly [string, JsonValue][],
): JsonObject {
  return {
    type: "HTTP",
    base_url: textOf(config, "base_url") ?? "",
    credentials: objectOf([["type", HTTP_CREDENTIALS], ...credentials]),
  };
}

function listOf(
  field: string,
  items: readonly JsonObject[],
): [string, JsonValue][] {
  return items.length === 0 ? [] : [[field, items]];
}

function valuesToSet(
  values: ReadonlyMap<string, string>,
): readonly JsonObject[] {
  return [...values].map(([name, value]) => ({ name, value }));
}

function tokensToSet(
  tokens: ReadonlyMap<string, string>,
): readonly JsonObject[] {
  return [...tokens].map(([name, value]) => ({ name, type: "SECRET", value }));
}

/** Lists are merged by name, so what shall go has to be named. */
function deletion(name: string): JsonObject {
  return { name, value: "", deleted: true };
}

function bodyOf(config: JsonObject): [string, JsonValue][] {
  const body = fieldOf(config, "body");
  return isObject(body) ? [["body", body]] : [];
}

/** A body that shall go is emptied: leaving it out would keep it. */
function bodyUpdate(
  config: JsonObject,
  current: JsonObject,
): [string, JsonValue][] {
  if (fieldOf(config, "body") !== undefined) return bodyOf(config);
  return shownBody(current).length === 0
    ? []
    : [["body", { content_type: "", content: "" }]];
}

/** An emptied body is none. */
function shownBody(attributes: JsonObject): [string, JsonValue][] {
  const body = part(credentialsOf(attributes), "body");
  const texts = ["content_type", "content"].flatMap(
    (field): [string, string][] => {
      const text = textOf(body, field);
      return text === undefined || text === "" ? [] : [[field, text]];
    },
  );
  return texts.length === 0 ? [] : [["body", objectOf(texts)]];
}
