import {
  type Diagnostic,
  type DiagnosticPath,
  didYouMean,
  errorDiagnostic,
  formatPath,
} from "../../diagnostics";
import type { BodySchema } from "./schemas";

/** What the validator of the server's framework reports. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What is wrong with the form of a body, in our words: names and rules, never a value. */
export function bodyFaults(
  schema: BodySchema,
  errors: readonly SchemaError[],
): readonly Diagnostic[] {
  return errors.map((error) => bodyFault(schema, error));
}

function bodyFault(
  schema: BodySchema,
  { keyword, instancePath, params }: SchemaError,
): Diagnostic {
  const path = pathOf(instancePath);
  const place =
    path.length === 0 ? "The body" : `The field ${formatPath(path)}`;
  switch (keyword) {
    case "additionalProperties": {
      const field = String(params["additionalProperty"]);
      const known = Object.keys(schemaAt(schema, path)?.properties ?? {});
      return errorDiagnostic({
        code: "unknown_field",
        path: [...path, field],
        detail: `There is no field ${JSON.stringify(field)} here.${didYouMean(field, known)} The fields are: ${known.join(", ")}.`,
      });
    }
    case "required": {
      const field = String(params["missingProperty"]);
      return errorDiagnostic({
        code: "missing_field",
        path: [...path, field],
        detail: `The field ${formatPath([...path, field])} is missing. Add it.`,
      });
    }
    case "enum": {
      const allowed = (params["allowedValues"] as readonly unknown[]).map(
        String,
      );
      return errorDiagnostic({
        code: "invalid_field",
        path,
        detail: `${place} must be one of: ${allowed.join(", ")}.`,
      });
    }
    default: {
      const types = [params["type"]].flat().map(String).join(" or ");
      return errorDiagnostic({
        code: "invalid_field",
        path,
        detail: `${place} must be of type ${types}.`,
      });
    }
  }
}

/** From a JSON pointer. */
function pathOf(pointer: string): DiagnosticPath {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function schemaAt(
  schema: BodySchema,
  path: DiagnosticPath,
): BodySchema | undefined {
  return path.reduce<BodySchema | undefined>(
    (part, step) =>
      typeof step === "number" ? part?.items : part?.properties?.[step],
    schema,
  );
}
