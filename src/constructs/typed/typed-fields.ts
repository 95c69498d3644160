import { Token, Tokenization } from "../framework";
import type { FieldSchema } from "../../catalog";
import type { DiagnosticPath } from "../../diagnostics";
import { isSecret } from "../secret";
import { propNameOf } from "./prop-name";

/** Fields as the catalogue names them, apart as Terraform wants them. */
export interface SplitFields {
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, unknown>>;
}

/**
 * The props of a typed connection as fields of the catalogue. The schema says
 * which prop is which field and which field is secret; a prop that it does not
 * know keeps its name and goes where its value belongs, for the checks to report.
 */
export function splitFields(schema: FieldSchema, props: object): SplitFields {
  const names = fieldsByProp(schema);
  const config: [string, unknown][] = [];
  const secrets: [string, unknown][] = [];
  for (const [prop, given] of Object.entries(props) as [string, unknown][]) {
    if (given === undefined) continue;
    const field = names.get(prop) ?? prop;
    const part = partOf(schema, field);
    if (part?.writeOnly === true || (part === undefined && isSecret(given))) {
      secrets.push([field, renamed(part, given)]);
    } else if (part?.properties !== undefined && isPlainObject(given)) {
      const nested = splitFields(part, given);
      // An empty object that was given is given all the same.
      if (
        Object.keys(nested.config).length > 0 ||
        Object.keys(nested.secrets).length === 0
      )
        config.push([field, nested.config]);
      if (Object.keys(nested.secrets).length > 0)
        secrets.push([field, nested.secrets]);
    } else {
      config.push([field, renamed(part, given)]);
    }
  }
  return {
    config: Object.fromEntries(config),
    secrets: Object.fromEntries(secrets),
  };
}

/** Where a fault is, in the words of the props: `config.base_url` is `baseUrl`. */
export function propPath(
  schema: FieldSchema,
  [side, ...path]: DiagnosticPath,
): DiagnosticPath {
  if (side !== "config" && side !== "secrets")
    return side === undefined ? [] : [side, ...path];
  let part: FieldSchema | undefined = schema;
  return path.map((step) => {
    if (typeof step === "number") {
      part = part?.items;
      return step;
    }
    const known: FieldSchema | undefined = partOf(part, step);
    part = known;
    return known === undefined ? step : propNameOf(step);
  });
}

/** Props as fields of the catalogue, all in one place. A prop that the schema does not know keeps its name. */
export function renameFields(
  schema: FieldSchema,
  props: object,
): Readonly<Record<string, unknown>> {
  const names = fieldsByProp(schema);
  return Object.fromEntries(
    Object.entries(props).map(([prop, given]: [string, unknown]) => {
      const field = names.get(prop) ?? prop;
      return [field, renamed(partOf(schema, field), given)];
    }),
  );
}

function renamed(schema: FieldSchema | undefined, given: unknown): unknown {
  if (
    Array.isArray(given) &&
    schema?.items !== undefined &&
    !Token.isUnresolved(given)
  ) {
    return given.map((item: unknown) => renamed(schema.items, item));
  }
  return schema?.properties !== undefined && isPlainObject(given)
    ? renameFields(schema, given)
    : given;
}

function fieldsByProp(schema: FieldSchema): ReadonlyMap<string, string> {
  return new Map(
    Object.keys(schema.properties ?? {}).map((field) => [
      propNameOf(field),
      field,
    ]),
  );
}

function partOf(
  schema: FieldSchema | undefined,
  field: string,
): FieldSchema | undefined {
  return schema?.properties !== undefined &&
    Object.hasOwn(schema.properties, field)
    ? schema.properties[field]
    : undefined;
}

function isPlainObject(given: unknown): given is object {
  return (
    typeof given === "object" &&
    given !== null &&
    !Array.isArray(given) &&
    !isSecret(given) &&
    !Tokenization.isResolvable(given)
  );
}
