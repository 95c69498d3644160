import { type JsonObject, type JsonValue, mergePatch } from "../../../model";
import type { RouteRequest } from "../route";
import type { SchemaName } from "../schemas";

/** The body of a PATCH, a JSON Merge Patch: checked at once, then applied to what is there, which must fit the schema after it. */
export function patchOf<Input>(
  request: RouteRequest,
  schema: SchemaName,
): (current: Input) => Input {
  const patch = request.body<JsonObject>();
  return (current) =>
    request.checked<Input>(schema, mergePatch(documentOf(current), patch));
}

/** As JSON would carry it: without what is not set. */
function documentOf(input: unknown): JsonValue {
  return JSON.parse(JSON.stringify(input)) as JsonValue;
}
