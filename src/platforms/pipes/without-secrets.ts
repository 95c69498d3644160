import { SECRET_PLACEHOLDER } from "../../diagnostics";
import { isList, isObject, type JsonValue } from "../../model";

/** Words of Pipes without the secrets that were sent, in case it repeats them. */
export function withoutSecrets(text: string, secrets: JsonValue): string {
  return leavesOf(secrets)
    .sort((left, right) => right.length - left.length)
    .reduce(
      (words, secret) => words.split(secret).join(SECRET_PLACEHOLDER),
      text,
    );
}

/** Every non-empty text and number, also as it stands in JSON. */
function leavesOf(value: JsonValue): string[] {
  if (isList(value)) return value.flatMap(leavesOf);
  if (isObject(value)) return Object.values(value).flatMap(leavesOf);
  if (value === null || value === "" || typeof value === "boolean") return [];
  const text = String(value);
  return [...new Set([text, JSON.stringify(text).slice(1, -1)])];
}
