import type { Secret } from "../../diagnostics";
import {
  fieldOf,
  isList,
  type JsonObject,
  type JsonValue,
  type KnownAs,
  objectOf,
  type ShownFields,
} from "../../model";
import { credentialsOf, textOf } from "./types/attributes";
import { shownTags } from "./types/tags";
import { tryTranslationOfShown, typeOfShown } from "./types/types";

/**
 * What is stored, whatever it is: reading refuses nothing. What the public API
 * does not describe is shown by its kind alone, as nobody knows which of its
 * fields are secret.
 */
export function shownConnection(
  stored: Secret<unknown>,
  known: KnownAs | undefined,
): ShownFields {
  const attributes = stored.reveal() as JsonObject;
  const translation = tryTranslationOfShown(attributes);
  const config = translation?.configOf(attributes) ?? undescribed(attributes);
  return {
    type: typeOfShown(attributes),
    config: withTagsAs(known?.config ?? objectOf([]), config),
    // Empty texts stand for secrets, and tokens may be left out of an answer: neither says which are set.
    secretFields: undefined,
  };
}

/** What Datadog gave the connection and its user needs to know, in one line. */
export function noteOfConnection(attributes: JsonObject): string | undefined {
  return tryTranslationOfShown(attributes)?.noteOf?.(attributes);
}

function undescribed(attributes: JsonObject): JsonObject {
  const kind = textOf(credentialsOf(attributes), "type");
  return objectOf<JsonValue>([
    ...(kind === undefined ? [] : [["credentials_type", kind] as const]),
    ...shownTags(attributes),
  ]);
}

/** Tags are a set, and Datadog may sort them and write them in small letters: those that are known keep their place and their letters. */
function withTagsAs(known: JsonObject, config: JsonObject): JsonObject {
  const shown = fieldOf(config, "tags");
  const before = fieldOf(known, "tags");
  if (!isList(shown) || !isList(before)) return config;
  const folded = (tag: JsonValue) => String(tag).toLowerCase();
  const there = new Set(shown.map(folded));
  const names = new Set(before.map(folded));
  const tags = [
    ...before.filter((tag) => there.has(folded(tag))),
    ...shown.filter((tag) => !names.has(folded(tag))),
  ];
  return objectOf([
    ...Object.entries(config).filter(([field]) => field !== "tags"),
    ["tags", tags] as const,
  ]);
}
