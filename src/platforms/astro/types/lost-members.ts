import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import { isObject, type JsonValue } from "../../../model";
import type { MASKED } from "./airflow-fields";

/**
 * What is wrong with an override of an object that Astro keeps as one value: it
 * takes the connection's place as a whole, where a merge patch would leave the
 * members that it does not name. Undefined where nothing would be lost.
 */
export function lostMembersFault(options: {
  readonly path: readonly string[];
  /** What the connection has there. */
  readonly stored: JsonValue | typeof MASKED | undefined;
  /** Undefined where nothing is overridden. */
  readonly override: JsonValue | undefined;
}): Diagnostic | undefined {
  const { path, stored, override } = options;
  if (!isObject(override)) return undefined;
  const there = typeof stored !== "symbol" && isObject(stored) ? stored : {};
  const lost = Object.keys(there).filter(
    (member) => !Object.hasOwn(override, member),
  );
  const nested = Object.keys(there).filter(
    (member) =>
      Object.hasOwn(override, member) &&
      lostMembersFault({
        path,
        stored: there[member],
        override: override[member],
      }) !== undefined,
  );
  const removed = Object.keys(override).filter(
    (member) => override[member] === null,
  );
  if (lost.length + nested.length + removed.length === 0) return undefined;
  const what = path.slice(1).join(".");
  const why = [
    ...(lost.length > 0
      ? [`${listed(lost)} of the connection would be lost`]
      : []),
    ...(nested.length > 0 ? [`a part of ${listed(nested)} would be lost`] : []),
    ...(removed.length > 0 ? [`null cannot take ${listed(removed)} away`] : []),
  ].join(", and ");
  return errorDiagnostic({
    code: "unsupported",
    path,
    detail: `Astro overrides ${what} only as a whole: ${why}. Give all of its members, those that stay the same too; a deployment cannot do without one of them.`,
  });
}

function listed(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}
