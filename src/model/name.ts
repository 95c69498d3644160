import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../diagnostics";
import { type Checked, invalid, valid } from "./checked";

/** The longest name that any platform is given, in characters: Airflow's. */
export const MAX_NAME_LENGTH = 250;

/**
 * What every name must satisfy so that natural keys stay readable: 1 to 250
 * characters, no control characters, no blank at either end. What would keep a
 * key from being taken apart again is escaped in it. A platform may be stricter.
 */
export function checkName(
  name: string,
  path: DiagnosticPath,
): readonly Diagnostic[] {
  const inner = nameInId(name);
  if (inner !== undefined) {
    return [
      errorDiagnostic({
        code: "invalid_name",
        path,
        detail: `${JSON.stringify(name)} is an id, not a name. Write the name alone: ${JSON.stringify(inner)}.`,
      }),
    ];
  }
  const fault = faultOf(name);
  return fault === undefined
    ? []
    : [
        errorDiagnostic({
          code: "invalid_name",
          path,
          detail: `The name ${JSON.stringify(name)} ${fault}. Choose a name of 1 to ${MAX_NAME_LENGTH} characters without control characters and blanks at its ends.`,
        }),
      ];
}

/** The name at the end of an id: `organization/acme/workspace/analytics`, `organization/acme/warehouse`. */
function nameInId(text: string): string | undefined {
  const inner = /^(?:organization|workspace|deployment)\/.+\/([^/@]+)$/s.exec(
    text,
  )?.[1];
  return inner === undefined || faultOf(inner) !== undefined
    ? undefined
    : inner;
}

function faultOf(name: string): string | undefined {
  if (name === "") return "is empty";
  if ([...name].length > MAX_NAME_LENGTH)
    return `is longer than ${MAX_NAME_LENGTH} characters`;
  if (/\p{Cc}/u.test(name)) return "holds a control character";
  if (name === "." || name === "..")
    return "means a folder in addresses and paths";
  if (/\p{Surrogate}/u.test(name)) return "holds half of a character";
  if (name !== name.trim()) return "begins or ends with a blank";
  return undefined;
}

/**
 * A name as a part of an id: "/" and "@", which separate the parts, are written
 * as in URLs. A "%" stays as it is, so that ids of names that hold none of the
 * two are what they have always been, but where it would be read as one of them.
 */
export function escapeName(name: string): string {
  return name.replace(/[/@]|%(?=(?:25)*(?:2F|40))/g, encodeURIComponent);
}

/** The name that a part of an id says; undefined where that is no part, but several. */
export function unescapeName(part: string): string | undefined {
  return /[/@]/.test(part)
    ? undefined
    : part.replace(/%(?:2F|40|25(?=(?:25)*(?:2F|40)))/g, decodeURIComponent);
}

/** The name in a part of an id, as every id is read. */
export function readName(part: string, path: DiagnosticPath): Checked<string> {
  const name = unescapeName(part);
  if (name === undefined)
    return invalid(
      errorDiagnostic({
        code: "invalid_name",
        path,
        detail: `The name ${JSON.stringify(part)} holds a "/" or "@", which separate the parts of an id. In an id, and in an owner, write %2F and %40 in their place.`,
      }),
    );
  const faults = checkName(name, path);
  return faults.length > 0 ? invalid(...faults) : valid(name);
}
