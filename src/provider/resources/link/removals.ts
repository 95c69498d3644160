import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../../../diagnostics";
import {
  formatFieldPath,
  isObject,
  KNOWN_AFTER_APPLY,
  objectOf,
  parseFieldPath,
  splitRemovals,
  type Value,
  withRemoval,
} from "../../../model";
import { knownIn, textsOf, valueOf } from "../../state/record";
import type { CtyRecord, CtyValue } from "../../wire";

/**
 * Between `overrides` and `removed_fields`, and the overrides that the core knows,
 * in which null removes. In HCL null means that nothing is given: a module's
 * optional argument that the caller leaves out must not take anything away.
 */

/** The overrides as the core knows them; null where neither argument is given. */
export function overridesOf(
  record: CtyRecord,
  faults: Diagnostic[] = [],
): Value {
  const overrides = valueOf(record, "overrides", faults);
  const removed = textsOf(record, "removed_fields");
  if (removed === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  const given = isObject(overrides)
    ? splitRemovals(overrides).given
    : overrides;
  if (removed === undefined || removed.length === 0) return given;
  if (given !== null && !isObject(given)) return given;
  let patch = given ?? objectOf<Value>([]);
  for (const text of removed) {
    const path = parseFieldPath(text);
    const next = path && withRemoval(patch, path);
    if (path === undefined) faults.push(noPath(text));
    else if (next === undefined) faults.push(givenAndRemoved(text));
    patch = next ?? patch;
  }
  return patch;
}

/** Of overrides that are there: the plain ones, and the paths of the others in the words of the record before where they mean the same. */
export function writtenRemovals(
  overrides: Value,
  before: CtyRecord,
): { readonly given: Value; readonly removed: CtyValue } {
  if (!isObject(overrides)) return { given: overrides, removed: null };
  const { given, removed } = splitRemovals(overrides);
  const written = knownIn(textsOf(before, "removed_fields"));
  const now = removed.map(formatFieldPath).sort();
  const then = written
    ?.map((text) => formatFieldPath(parseFieldPath(text) ?? [text]))
    .sort();
  if (JSON.stringify(then ?? []) === JSON.stringify(now))
    return { given, removed: written ?? null };
  return { given, removed: now };
}

/** For one version: a null that used to remove what the state removes is taken for a mistake, not for nothing. */
export function formerRemovals(
  config: CtyRecord,
  prior: CtyRecord | null,
): readonly Diagnostic[] {
  const overrides = valueOf(config, "overrides");
  const texts = (record: CtyRecord | null) =>
    new Set(
      (record === null
        ? []
        : (knownIn(textsOf(record, "removed_fields")) ?? [])
      )
        .map((text) => parseFieldPath(text))
        .map((path) => path && formatFieldPath(path)),
    );
  if (!isObject(overrides)) return [];
  const [before, now] = [texts(prior), texts(config)];
  return splitRemovals(overrides)
    .removed.map(formatFieldPath)
    .filter((path) => before.has(path) && !now.has(path))
    .map((path) =>
      errorDiagnostic({
        code: "invalid_field",
        path: ["overrides"],
        detail: `${path} = null no longer removes the connection's field: null means that nothing is given. To go on removing it, write removed_fields = [${JSON.stringify(path)}]; to see the connection's field again, leave ${path} out.`,
      }),
    );
}

/** What is wrong with a field that is removed is shown where that is said. */
export function pointingAtRemovals(
  diagnostics: readonly Diagnostic[],
  config: CtyRecord,
): readonly Diagnostic[] {
  const removed = (knownIn(textsOf(config, "removed_fields")) ?? []).map(
    (text) => formatFieldPath(parseFieldPath(text) ?? []),
  );
  const isRemoved = ([argument, ...path]: DiagnosticPath) =>
    argument === "overrides" &&
    path.length > 0 &&
    removed.includes(formatFieldPath(path));
  return diagnostics.map((one) =>
    isRemoved(one.path) ? { ...one, path: ["removed_fields"] } : one,
  );
}

function noPath(text: string): Diagnostic {
  return errorDiagnostic({
    code: "invalid_field",
    path: ["removed_fields"],
    detail: `${JSON.stringify(text)} is no path of a field. Write its name, for example "port" or "headers.X-Trace"; a key with a dot in quotes: extra["a.b"].`,
  });
}

function givenAndRemoved(text: string): Diagnostic {
  return errorDiagnostic({
    code: "conflicting_arguments",
    path: ["removed_fields"],
    detail: `${text} is both in overrides and in removed_fields. Keep one of the two.`,
  });
}
