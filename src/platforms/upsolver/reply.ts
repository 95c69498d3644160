import { PatchbayError } from "../../diagnostics";
import type { HttpResponse } from "../../http";
import { fieldOf, isList, isObject, type JsonValue } from "../../model";

/** What Upsolver says to a statement, whichever of its forms it takes. */
export type Reply =
  /** Not ready: ask again at the path. */
  | { readonly kind: "pending"; readonly path: string }
  | { readonly kind: "refused"; readonly words: string }
  | { readonly kind: "done"; readonly result: Result };

export type Result =
  | { readonly kind: "none" }
  | { readonly kind: "scalar"; readonly value: JsonValue }
  | {
      readonly kind: "rows";
      readonly columns: readonly string[];
      readonly rows: readonly (readonly JsonValue[])[];
      /** Where the next page is. */
      readonly next: string | undefined;
    };

/** Reads an answer to POST /query, to a poll or to a page. Rejects with `invalid_answer` what is none of the known forms. */
export function readReply({ status, body }: HttpResponse): Reply {
  const value = body as JsonValue | undefined;
  if (status === 400) return { kind: "refused", words: wordsOf(value) };
  // The first answer is a list with one entry per statement.
  const reply = isList(value) && value.length === 1 ? value[0] : value;
  if (!isObject(reply)) throw invalid("neither an object nor a list of one");
  const state = fieldOf(reply, "status");
  if (state === "Pending")
    return { kind: "pending", path: pathOf(reply, "current") };
  if (state === "Success") return { kind: "done", result: resultOf(reply) };
  throw invalid("neither done nor pending");
}

function resultOf(reply: { readonly [field: string]: JsonValue }): Result {
  const result = fieldOf(reply, "result");
  if (result === undefined || result === null) return { kind: "none" };
  if (!isObject(result)) throw invalid("of a form that is not known");
  const scalar = fieldOf(result, "scalar");
  if (isObject(scalar))
    return { kind: "scalar", value: fieldOf(scalar, "value") ?? null };
  const grid = fieldOf(result, "grid");
  const columns = isObject(grid) ? fieldOf(grid, "columns") : undefined;
  const data = isObject(grid) ? fieldOf(grid, "data") : undefined;
  if (!isList(columns) || !isList(data) || !data.every((row) => isList(row)))
    throw invalid("of a form that is not known");
  const next = fieldOf(result, "next");
  return {
    kind: "rows",
    columns: columns.map((column) =>
      isObject(column) ? String(fieldOf(column, "name")) : "",
    ),
    rows: data,
    next:
      next === undefined || next === null ? undefined : pathOf(result, "next"),
  };
}

/** A path below the API's address, with its query; never another address, because the token goes there. */
function pathOf(
  reply: { readonly [field: string]: JsonValue },
  field: string,
): string {
  const value = fieldOf(reply, field);
  if (
    typeof value !== "string" ||
    !/^\/?[\w~!$&'()*+,;=:@%.-]+(\/[\w~!$&'()*+,;=:@%.-]+)*(\?[\w~!$&'()*+,;=:@%./?-]*)?$/.test(
      value,
    ) ||
    value.includes("://")
  )
    throw invalid(`without a path in ${JSON.stringify(field)}`);
  return value.startsWith("/") ? value : `/${value}`;
}

/** The forms that an error takes: an object with a message, or a text. */
function wordsOf(body: JsonValue | undefined): string {
  if (typeof body === "string") return body;
  if (!isObject(body)) return "";
  const words = fieldOf(body, "message") ?? fieldOf(body, "detailMessage");
  return typeof words === "string" ? words : "";
}

function invalid(how: string): PatchbayError {
  return new PatchbayError({
    code: "invalid_answer",
    detail: `The answer to a statement is ${how}. Check that "api_url" is an API of Upsolver that runs statements.`,
  });
}
