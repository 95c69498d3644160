import { type DiagnosticPath, formatPath } from "../diagnostics";
import {
  fieldOf,
  isObject,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
  type ValueObject,
} from "./value";

/**
 * In a JSON Merge Patch null removes a field. Where null means "not given", as in
 * HCL, what is removed is said beside the patch: as paths, written as in
 * diagnostics. Between the two forms.
 */

/** A patch without nulls, and the paths that they stood at. */
export interface SplitPatch {
  readonly given: ValueObject;
  readonly removed: readonly DiagnosticPath[];
}

/** Takes the nulls out of a patch; an object that held nothing else goes with them. */
export function splitRemovals(
  patch: ValueObject,
  path: DiagnosticPath = [],
): SplitPatch {
  const removed: DiagnosticPath[] = [];
  const given = Object.entries(patch).flatMap(
    ([field, value]): [string, Value][] => {
      const at = [...path, field];
      if (value === null) removed.push(at);
      if (value === null) return [];
      if (!isObject(value) || Object.keys(value).length === 0)
        return [[field, value]];
      const inner = splitRemovals(value, at);
      removed.push(...inner.removed);
      return Object.keys(inner.given).length === 0
        ? []
        : [[field, inner.given]];
    },
  );
  return { given: objectOf(given), removed };
}

/** The patch with a null at the path; undefined where a value is given there already. */
export function withRemoval(
  patch: ValueObject,
  [field = "", ...rest]: readonly string[],
): ValueObject | undefined {
  const there = fieldOf(patch, field);
  if (rest.length === 0)
    return there === undefined ? withField(patch, field, null) : undefined;
  if (there === KNOWN_AFTER_APPLY) return patch;
  if (there !== undefined && !isObject(there)) return undefined;
  const inner = withRemoval(there ?? objectOf<Value>([]), rest);
  return inner && withField(patch, field, inner);
}

function withField(
  patch: ValueObject,
  field: string,
  value: Value,
): ValueObject {
  return objectOf<Value>([
    ...Object.entries(patch).filter(([name]) => name !== field),
    [field, value],
  ]);
}

/** `port`, `headers.X-Api-Key`, `extra["a.b"]`, as diagnostics write them. */
export function formatFieldPath(path: DiagnosticPath): string {
  return formatPath(path);
}

/** Reads such a path; quotes alone do as well. Undefined for what is none. */
export function parseFieldPath(text: string): readonly string[] | undefined {
  const steps: string[] = [];
  let rest = text;
  while (rest !== "") {
    const step = STEP.exec(rest);
    if (step === null) return undefined;
    const [whole, dot, bracketed, quoted, plain] = step;
    const isFirst = steps.length === 0;
    if (bracketed === undefined && (dot === ".") === isFirst) return undefined;
    const name = plain ?? unquoted(bracketed ?? quoted ?? "");
    if (name === undefined) return undefined;
    steps.push(name);
    rest = rest.slice(whole.length);
  }
  return steps.length === 0 ? undefined : steps;
}

const STEP =
  /^(\.?)(?:\[("(?:[^"\\]|\\.)*")\]|("(?:[^"\\]|\\.)*")|([^."[\]]+))/;

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
