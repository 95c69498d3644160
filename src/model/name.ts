import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../diagnostics";

/** The longest name that any platform is given, in characters. */
export const MAX_NAME_LENGTH = 128;

/**
 * What every name must satisfy so that natural keys stay readable and can be
 * taken apart again: 1 to 128 characters, no slash, no at sign, no control
 * characters, no blank at either end. A platform may be stricter.
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
          detail: `The name ${JSON.stringify(name)} ${fault}. Choose a name of 1 to ${MAX_NAME_LENGTH} characters without "/", "@" and control characters.`,
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
  if (/[/@]/.test(name))
    return 'holds a "/" or "@", which separate the parts of an id';
  if (/\p{Cc}/u.test(name)) return "holds a control character";
  if (name === "." || name === "..")
    return "means a folder in addresses and paths";
  if (/\p{Surrogate}/u.test(name)) return "holds half of a character";
  if (name !== name.trim()) return "begins or ends with a blank";
  return undefined;
}
