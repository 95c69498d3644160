import { type DiagnosticPath, formatPath } from "../diagnostics";
import {
  isKnown,
  isList,
  isObject,
  type JsonValue,
  KNOWN_AFTER_APPLY,
  type Value,
} from "../model";
import type { Fault } from "./fault";
import type { FieldSchema } from "./field-schema";
import { requirement } from "./requirement";
import { isSecretPath } from "./secret-fields";
import type { RuleError } from "./validator";

/** Rules about which fields are there: the presence and placement checks speak about these. */
const presenceRules = new Set([
  "required",
  "dependentRequired",
  "oneOf",
  "anyOf",
  "not",
  "additionalProperties",
]);

/** The values that break a rule of their own field, one fault per value; what is not known until apply breaks none. */
export function valueFaults(
  schema: FieldSchema,
  fields: Value,
  errors: readonly RuleError[],
): readonly Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of errors) {
    if (presenceRules.has(error.keyword) || error.propertyName !== undefined)
      continue;
    const data = error.data as Value;
    // A list with an item that is not known yet is still no string, but may well hold no item twice.
    if (
      data === KNOWN_AFTER_APPLY ||
      (error.keyword !== "type" && holdsUnknown(error, data))
    )
      continue;

    const path = pathOf(error.instancePath, fields);
    const fault =
      error.keyword === "propertyNames"
        ? nameFault(error, path)
        : valueFault(schema, error, path);
    const key = JSON.stringify(fault.path);
    if (!faults.has(key)) faults.set(key, fault);
  }
  return [...faults.values()];
}

function valueFault(
  schema: FieldSchema,
  error: RuleError,
  path: DiagnosticPath,
): Fault {
  const rule = requirement(
    error.keyword,
    (error.parentSchema ?? {}) as FieldSchema,
    error.data as Value,
  );
  const found = foundValue(
    error.data as Value,
    isQuotable(schema, path, (error.parentSchema ?? {}) as FieldSchema),
    error.keyword,
  );
  // What a pattern or format means is better said by the field's description.
  const description = ["pattern", "format"].includes(error.keyword)
    ? (error.parentSchema as FieldSchema | undefined)?.description
    : undefined;
  return {
    kind: "value",
    path,
    detail: `${nameOf(path)} must ${rule}${found}.${description === undefined ? "" : ` ${description}`}`,
  };
}

function nameFault(error: RuleError, path: DiagnosticPath): Fault {
  const name = String(
    (error.params as { readonly propertyName?: unknown }).propertyName,
  );
  const names =
    (error.parentSchema as FieldSchema | undefined)?.propertyNames ?? {};
  const rule =
    names.title ?? `a name that matches the pattern ${names.pattern}`;
  return {
    kind: "value",
    path: [...path, name],
    detail: `The name ${JSON.stringify(name)} in ${nameOf(path)} must be ${rule}.`,
  };
}

function holdsUnknown(error: RuleError, data: Value): boolean {
  return (
    ["uniqueItems", "enum", "const"].includes(error.keyword) && !isKnown(data)
  );
}

/** `"headers.Accept"`, `Item 3 of "bootstrap_servers"`. */
function nameOf(path: DiagnosticPath): string {
  const index = path.at(-1);
  return typeof index === "number"
    ? `Item ${index + 1} of "${formatPath(path.slice(0, -1))}"`
    : `"${formatPath(path)}"`;
}

/**
 * `, but is 65536`, `, but is a list`. Only ports and words out of a list are
 * quoted: nobody can tell what else somebody calls sensitive.
 */
function foundValue(value: Value, isQuoted: boolean, keyword: string): string {
  if (isObject(value)) return keyword === "type" ? ", but is an object" : "";
  if (isList(value)) return keyword === "type" ? ", but is a list" : "";
  if (!isQuoted)
    return keyword === "type"
      ? `, but is ${value === null ? "null" : `a ${typeof value}`}`
      : "";
  if (value === "") return "";
  const text = JSON.stringify(value as JsonValue);
  return `, but is ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`;
}

/** No list of words is secret; a port is a number. */
function isQuotable(
  schema: FieldSchema,
  path: DiagnosticPath,
  rule: FieldSchema,
): boolean {
  return (
    !isSecretPath(schema, path) &&
    (rule.enum !== undefined || path.at(-1) === "port")
  );
}

/** A JSON pointer as a path: steps into lists are numbers. */
function pathOf(pointer: string, fields: Value): DiagnosticPath {
  const path: (string | number)[] = [];
  let value: Value | undefined = fields;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(isList(value) ? Number(name) : name);
    value = isList(value)
      ? value[Number(name)]
      : isObject(value)
        ? value[name]
        : undefined;
  }
  return path;
}
