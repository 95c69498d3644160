import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../diagnostics";
import { isList, isObject, type Value } from "../model";
import type { ConnectionType } from "./connection-type";
import { type FieldSchema, schemaOfField } from "./field-schema";
import type { Places } from "./places";
import { fieldKind } from "./secret-fields";
import { nearestField } from "./synonyms";

export interface PlacementOptions {
  readonly type: ConnectionType;
  readonly value: Value;
  readonly side: "plain" | "secret";
  readonly places: Places;
}

/** Whether every field exists and stands where it belongs, at every depth. Values are not looked at. */
export function checkPlacement(
  options: PlacementOptions,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const { type, value, side, places } = options;
  visit(
    {
      options,
      schema: type.schema,
      path: [places[side]],
      inSecret: false,
      diagnostics,
    },
    value,
  );
  return diagnostics;
}

interface Visit {
  readonly options: PlacementOptions;
  readonly schema: FieldSchema;
  readonly path: DiagnosticPath;
  /** Inside a secret field everything is secret. */
  readonly inSecret: boolean;
  readonly diagnostics: Diagnostic[];
}

function visit(at: Visit, value: Value): void {
  if (isList(value)) {
    const { items } = at.schema;
    if (items === undefined) return;
    value.forEach((item, index) =>
      visit({ ...at, schema: items, path: [...at.path, index] }, item),
    );
  } else if (isObject(value)) {
    for (const [field, part] of Object.entries(value))
      visitField(at, field, part);
  }
}

function visitField(at: Visit, field: string, value: Value): void {
  const schema = schemaOfField(at.schema, field);
  if (schema === undefined) {
    if (at.schema.additionalProperties === false)
      at.diagnostics.push(unknownField(at, field));
    return;
  }
  const kind = at.inSecret ? "secret" : fieldKind(schema);
  const { side } = at.options;
  if (kind !== "mixed" && kind !== side) {
    at.diagnostics.push(misplacedField(at, field));
    return;
  }
  if (typeof value !== "object" || value === null) return;
  visit(
    { ...at, schema, path: [...at.path, field], inSecret: kind === "secret" },
    value,
  );
}

function misplacedField(at: Visit, field: string): Diagnostic {
  const { side, places } = at.options;
  const path = [...at.path, field];
  return side === "plain"
    ? errorDiagnostic({
        code: "secret_in_config",
        path,
        detail: `"${field}" is a secret field. Move it to ${places.secretHint}.`,
      })
    : errorDiagnostic({
        code: "plain_field_in_secrets",
        path,
        detail: `"${field}" is not a secret field. Move it to ${places.plain}.`,
      });
}

function unknownField(at: Visit, field: string): Diagnostic {
  const { type, side, places } = at.options;
  const fields = Object.entries(at.schema.properties ?? {});
  const nearest = nearestField(
    field,
    fields.map(([name]) => name),
  );
  const owner =
    at.path.length === 1
      ? `The type ${type.name}`
      : `"${String(at.path.at(-1))}"`;
  const what = `${owner} has no field ${JSON.stringify(field)}.`;
  const path = [...at.path, field];
  if (nearest === undefined) {
    const names = fields.map(([name, schema]) =>
      !at.inSecret && fieldKind(schema) === "secret"
        ? `${name} (secret)`
        : name,
    );
    return errorDiagnostic({
      code: "unknown_field",
      path,
      detail: `${what} It has: ${names.join(", ")}.`,
    });
  }
  const kind = at.inSecret
    ? "secret"
    : fieldKind(schemaOfField(at.schema, nearest)!);
  const belongs =
    kind === "mixed" || kind === side
      ? ""
      : kind === "secret"
        ? ` That is a secret field and belongs in ${places.secretHint}.`
        : ` That is not a secret field and belongs in ${places.plain}.`;
  return errorDiagnostic({
    code: "unknown_field",
    path,
    detail: `${what} Did you mean "${nearest}"?${belongs}`,
  });
}
