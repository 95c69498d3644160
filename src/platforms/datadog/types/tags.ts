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
  if (!isList(tags) || tags.length === 0) {
    return [
      fault(
        [],
        'tags is not a list with at least one text. Write ["env:prod"], or leave it out for no tags.',
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
        `${JSON.stringify(tag)} is not a tag. A tag is KEY:VALUE with exactly one colon, of letters, digits, ".", "_", "-" and "/", for example "env:prod".`,
      ),
    ];
  }
  if (tag.startsWith("default:") || tag.endsWith(":default")) {
    return [
      fault(
        [index],
        `${JSON.stringify(tag)} uses "default", which Datadog keeps for itself, as key and as value.`,
      ),
    ];
  }
  return all.indexOf(tag) === index
    ? []
    : [fault([index], `The tag ${JSON.stringify(tag)} is there twice.`)];
}

function fault(steps: readonly number[], detail: string): Diagnostic {
  const path = ["config", "tags", ...steps];
  return errorDiagnostic({ code: "invalid_field", path, detail });
}

/** The tags that are declared or shown; none where they are left out. */
export function tagsOf(object: JsonObject): readonly string[] {
  const tags = fieldOf(object, "tags");
  if (!isList(tags)) return [];
  return tags.filter((tag) => typeof tag === "string");
}
