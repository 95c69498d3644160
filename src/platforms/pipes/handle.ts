import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
} from "../../diagnostics";

/** 1 to 39 characters: a lower case letter first, then letters, digits and single underscores, none at the end. */
const HANDLE = /^[a-z](?:[a-z0-9]|_(?=[a-z0-9])){0,38}$/;

/** A connection becomes a schema of that name, and these are PostgreSQL's and Steampipe's own. */
const RESERVED =
  /^(?:public|default|internal|information_schema|pg_.*|steampipe_.*)$/;

/** The same of a new connection, which shall not be called as a schema that is there in every workspace. */
export function newHandleFaults(name: string): readonly Diagnostic[] {
  const faults = handleFaults(name);
  if (faults.length > 0 || !RESERVED.test(name)) return faults;
  return [
    errorDiagnostic({
      code: "invalid_name",
      path: ["name"],
      detail: `${JSON.stringify(name)} cannot be the name of a connection on Turbot Pipes: it also becomes the name of a schema, and this one is reserved for PostgreSQL or Steampipe, as are all that begin with "pg_" or "steampipe_". Choose another one, for example ${JSON.stringify(`my_${name}`)}.`,
    }),
  ];
}

/** Why Pipes cannot call a connection so, and a schema in a workspace neither. */
export function handleFaults(name: string): readonly Diagnostic[] {
  if (HANDLE.test(name)) return [];
  return [
    errorDiagnostic({
      code: "invalid_name",
      path: ["name"],
      detail: `${JSON.stringify(name)} cannot be the name of a connection on Turbot Pipes, where it also becomes the name of a schema: 1 to 39 lower case letters, digits and single underscores, a letter first, no underscore at the end. For example "aws_prod".`,
    }),
  ];
}

/** Rejects with `invalid_name` what Pipes cannot call a connection. */
export function requireHandle(name: string): void {
  const faults = handleFaults(name);
  if (faults.length > 0) throw new PatchbayError(faults);
}
