import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  fieldOf,
  isList,
  type JsonObject,
  type JsonValue,
} from "../../../model";

/** Identifier tags, `key:value`: what Datadog's own provider lets through. */
const tagPattern = /^[A-Za-z0-9._/-]+:[A-Za-z0-9._/-]+$/;

/** Everything wrong with `config.tags`; leaving it out means no tags. */
export function checkTags(config: JsonObject): readonly Diagnostic[] {
  const tags = fieldOf(config, "tags");
  if (tags === undefined) return [];
  if (!isList(tags)) {
    return [fault([], 'tags is not a list of texts. Write ["env:prod"].')];
  }
  if (tags.length === 0) {
    return [
      fault(
        [],
        "tags is an empty list, which Datadog does not tell apart from no tags, so that every later plan would want to add it again. Leave tags out, or write null: length(LIST) > 0 ? LIST : null",
      ),
    ];
  }
  return tags.flatMap((tag, index) => faultsOf(tag, index, tags));
}

function faultsOf(
  tag: JsonValue,
  index: number,
  all: readonly JsonValue[],
): readonly Diagnostic[] {
  if (typeof tag !== "string" || !tagPattern.test(tag)) {
    return [
      fault(
        [index],
        `This is not a tag of Datadog. A tag is KEY:VALUE with exactly one colon, of letters, digits, ".", "_", "-" and "/", for example "env:prod".`,
      ),
    ];
  }
  if (tag.startsWith("default:") || tag.endsWith(":default")) {
    return [
      fault(
        [index],
        `This tag uses "default", which Datadog keeps for itself, as key and as value.`,
      ),
    ];
  }
  const folded = tag.toLowerCase();
  const isFirst =
    all.findIndex((one) => String(one).toLowerCase() === folded) === index;
  return isFirst
    ? []
    : [
        fault(
          [index],
          `This tag is there twice: capital and small letters are the same in tags.`,
        ),
      ];
}

function fault(steps: readonly number[], detail: string): Diagnostic {
  const path = ["config", "tags", ...steps];
  return errorDiagnostic({ code: "invalid_field", path, detail });
}

/** What to send for the tags of `config`, which take the place of all that are there. */
export function tagsBody(
  config: JsonObject,
  current?: JsonObject,
): { readonly tags?: readonly string[] } {
  const tags = tagsOf(config);
  const none = tags.length === 0;
  // Left out where there are none and shall be none, for an organization that has no tags yet.
  if (none && (current === undefined || tagsOf(current).length === 0))
    return {};
  return { tags };
}

/** The field `tags` of what is shown; none where there are none. */
export function shownTags(
  attributes: JsonObject,
): readonly [string, JsonValue][] {
  const tags = tagsOf(attributes);
  return tags.length === 0 ? [] : [["tags", tags]];
}

function tagsOf(object: JsonObject): readonly string[] {
  const tags = fieldOf(object, "tags");
  if (!isList(tags)) return [];
  return tags.filter((tag) => typeof tag === "string");
}
