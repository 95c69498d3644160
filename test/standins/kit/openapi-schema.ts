/** The parts of an OpenAPI 3.0 document that a contract reads. */
export interface OpenApiDocument {
  readonly servers?: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, OpenApiPathItem>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, OpenApiSchema>>;
  };
}

export type OpenApiPathItem = Readonly<Record<string, unknown>> & {
  readonly parameters?: readonly OpenApiParameter[];
};

export interface OpenApiOperation {
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: OpenApiContent & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Partial<OpenApiContent>>>;
}

export interface OpenApiContent {
  readonly content: Readonly<
    Record<string, { readonly schema?: OpenApiSchema }>
  >;
}

export interface OpenApiParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: OpenApiSchema;
}

export interface OpenApiSchema {
  readonly [keyword: string]: unknown;
}

/** What a reference stands for; anything else is itself. */
export function resolved<T extends object>(
  document: OpenApiDocument,
  item: T,
): T {
  const reference = (item as { readonly $ref?: unknown }).$ref;
  if (typeof reference !== "string") return item;
  let found: unknown = document;
  for (const step of reference.replace(/^#\//, "").split("/")) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    found = (found as Readonly<Record<string, unknown>>)[name];
  }
  if (typeof found !== "object" || found === null)
    throw new Error(`The document has no ${reference}.`);
  return resolved(document, found as T);
}

const annotations: ReadonlySet<string> = new Set([
  "discriminator",
  "example",
  "examples",
  "externalDocs",
  "xml",
  "format",
  "nullable",
  "readOnly",
  "writeOnly",
  "deprecated",
  "default",
  "description",
  "title",
]);

/**
 * The JSON Schema (2019-09) that says what a schema of OpenAPI 3.0 says, and
 * one thing more: fields that the vendor does not mention are refused wherever
 * it mentions any, because a misspelt field would otherwise fit everything.
 * `part`: the schema is one that others are made of, so it stays open for their fields.
 */
export function convertedSchema(
  document: OpenApiDocument,
  schema: OpenApiSchema,
  direction: "request" | "answer",
  { part = false }: { readonly part?: boolean } = {},
): OpenApiSchema {
  const convert = (item: unknown, isPart: boolean) =>
    convertedSchema(document, item as OpenApiSchema, direction, {
      part: isPart,
    });
  const converted: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (annotations.has(keyword) || keyword.startsWith("x-")) continue;
    converted[keyword] = value;
    if (keyword === "$ref")
      converted[keyword] = String(value).replace("#/components", "");
    if (keyword === "properties")
      converted[keyword] = mapped(value, (item) => convert(item, false));
    if (
      keyword === "items" ||
      (keyword === "additionalProperties" && isObject(value))
    )
      converted[keyword] = convert(value, false);
    if (["allOf", "oneOf", "anyOf"].includes(keyword))
      converted[keyword] = (value as readonly unknown[]).map((item) =>
        convert(item, true),
      );
    if (keyword === "not") converted[keyword] = convert(value, true);
    // Some vendors escape twice: `\\d` for a digit.
    if (keyword === "pattern")
      converted[keyword] = String(value).replaceAll("\\\\", "\\");
    if (keyword === "required")
      converted[keyword] = (value as readonly string[]).filter(
        (name) => !isFromOtherSide(document, schema, name, direction),
      );
  }
  if (!part && mentionsFields(document, schema))
    converted["unevaluatedProperties"] = false;
  return schema["nullable"] === true
    ? { anyOf: [converted, { type: "null" }] }
    : converted;
}

/** Whether a required field is one that only the other side sends. */
function isFromOtherSide(
  document: OpenApiDocument,
  schema: OpenApiSchema,
  name: string,
  direction: "request" | "answer",
): boolean {
  const properties = schema["properties"] as
    Readonly<Record<string, OpenApiSchema>> | undefined;
  const property = properties?.[name];
  const flags = property && resolved(document, property);
  return flags?.[direction === "request" ? "readOnly" : "writeOnly"] === true;
}

/** Whether any field is named, by the schema or by what it is made of. */
function mentionsFields(
  document: OpenApiDocument,
  schema: OpenApiSchema,
  seen: ReadonlySet<OpenApiSchema> = new Set(),
): boolean {
  const target = resolved(document, schema);
  if (seen.has(target)) return false;
  const parts = ["allOf", "oneOf", "anyOf"].flatMap(
    (keyword) => (target[keyword] ?? []) as readonly OpenApiSchema[],
  );
  const known = new Set([...seen, target]);
  return (
    Object.keys((target["properties"] ?? {}) as object).length > 0 ||
    parts.some((item) => mentionsFields(document, item, known))
  );
}

function mapped(
  value: unknown,
  convert: (item: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, unknown>>).map(
      ([name, item]) => [name, convert(item)],
    ),
  );
}

function isObject(value: unknown): value is OpenApiSchema {
  return typeof value === "object" && value !== null;
}
