import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../diagnostics";
import type { ConnectionType } from "./connection-type";
import type { Fault } from "./fault";
import { type FieldSchema, type FieldSet, schemaOfField } from "./field-schema";
import type { Places } from "./places";
import { isSecretPath } from "./secret-fields";

/** A fault of the fields as a user reads it, at the place where the field is or belongs. */
export function faultDiagnostic(
  type: ConnectionType,
  places: Places,
  fault: Fault,
): Diagnostic {
  const placeOf = (path: DiagnosticPath) =>
    isSecretPath(type.schema, path) ? places.secret : places.plain;
  switch (fault.kind) {
    case "value":
      return errorDiagnostic({
        code: "invalid_field",
        path: [placeOf(fault.path), ...fault.path],
        detail: fault.detail,
      });
    case "missing": {
      const place = placeOf(fault.path);
      return errorDiagnostic({
        code: "missing_field",
        path: [place, ...fault.path],
        detail: `${missingReason(type, fault)}${describe(schemaAt(type.schema, fault.path))} ${fault.removed === true ? `A link cannot remove it: leave it out of ${place}, or give it a value there.` : `Add it to ${place}.`}`,
      });
    }
    case "no_alternative": {
      const fields = fault.sets.flatMap((set) => set.required);
      const allSecret = fields.every((field) =>
        isSecretPath(type.schema, [...fault.path, field]),
      );
      return errorDiagnostic({
        code: "missing_field",
        path: [allSecret ? places.secret : places.plain, ...fault.path],
        detail: `The type ${type.name} needs ${fault.sets.map(setText).join(", or ")}. Add one of them${allSecret ? ` to ${places.secret}` : ""}.`,
      });
    }
    case "conflict": {
      const last = [...fault.path, fault.fields.at(-1)!];
      return errorDiagnostic({
        code: "invalid_configuration",
        path: [placeOf(last), ...last],
        detail: `${conjunction(fault.fields)} exclude each other. Keep one of them and remove the other${fault.fields.length > 2 ? "s" : ""}.${places.removalHint}${removalExample(places, fault.fields)}`,
      });
    }
  }
}

/** How one that the connection brings along is removed: it is the first of them. */
function removalExample(
  { removalHint }: Places,
  fields: readonly string[],
): string {
  return removalHint === "" ? "" : ` For example: ${fields[0]} = null.`;
}

function missingReason(
  type: ConnectionType,
  fault: Extract<Fault, { kind: "missing" }>,
): string {
  const field = `"${String(fault.path.at(-1))}"`;
  if (fault.because !== undefined)
    return `"${fault.because}" needs ${field} as well`;
  const parent = fault.path.at(-2);
  return parent === undefined
    ? `The type ${type.name} needs ${field}`
    : `"${parent}" needs ${field}`;
}

/** ` (host name or IP address), for example "db.example.com".` Secrets have no example. */
function describe(schema: FieldSchema | undefined): string {
  const title = schema?.title === undefined ? "" : ` (${schema.title})`;
  const example =
    schema?.writeOnly === true ? undefined : schema?.examples?.[0];
  return `${title}${example === undefined ? "" : `, for example ${JSON.stringify(example)}`}.`;
}

function setText(set: FieldSet): string {
  const fields = set.required.map((field) => `"${field}"`).join(" with ");
  return set.title === undefined ? fields : `${fields} (${set.title})`;
}

function conjunction(fields: readonly string[]): string {
  const names = fields.map((field) => `"${field}"`);
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function schemaAt(
  schema: FieldSchema,
  path: DiagnosticPath,
): FieldSchema | undefined {
  return path.reduce<FieldSchema | undefined>(
    (part, step) =>
      typeof step === "number" ? part?.items : schemaOfField(part, step),
    schema,
  );
}
