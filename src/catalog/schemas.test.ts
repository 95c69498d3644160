import {
  type FieldSchema,
  listConnectionTypes,
  secretFieldsOfType,
} from "./index";

/** Every schema of a type with its path; what the checks and the generated props rely on is checked here. */
function* parts(
  schema: FieldSchema,
  path: string,
): Generator<readonly [string, FieldSchema]> {
  yield [path, schema];
  for (const [field, part] of Object.entries(schema.properties ?? {}))
    yield* parts(part, `${path}.${field}`);
  if (schema.items !== undefined) yield* parts(schema.items, `${path}[]`);
  if (typeof schema.additionalProperties === "object")
    yield* parts(schema.additionalProperties, `${path}{}`);
}

const all = listConnectionTypes().flatMap((type) => [
  ...parts(type.schema, type.name),
]);
const fields = all.filter(([path]) => path.includes("."));

test.each(fields)("%s is one type with a title", (_, schema) => {
  expect(typeof schema.type).toBe("string");
  expect(schema.title).toBeTruthy();
});

test.each(fields.filter(([path]) => !/[{\]]}?$/.test(path)))(
  "%s has a description and an example",
  (_, schema) => {
    expect(schema.description).toMatch(/\.$/);
    expect(schema.examples?.length).toBeGreaterThan(0);
  },
);

test.each(all.filter(([, schema]) => schema.type === "object"))(
  "%s says whether it takes other fields",
  (_, schema) => {
    expect(schema.additionalProperties).toBeDefined();
    if (schema.properties !== undefined)
      expect(schema.additionalProperties).toBe(false);
  },
);

test.each(all)(
  "%s uses only the keywords that the checks understand",
  (_, schema) => {
    const known = new Set(
      (
        "$schema $id type title description writeOnly default examples enum pattern format minLength maxLength minimum " +
        "maximum items minItems uniqueItems properties additionalProperties propertyNames required dependentRequired oneOf anyOf not"
      ).split(" "),
    );
    expect(
      Object.keys(schema).filter((keyword) => !known.has(keyword)),
    ).toEqual([]);
  },
);

test.each(all)("%s names only its own fields in its rules", (_, schema) => {
  const sets = [schema.oneOf, schema.anyOf, schema.not?.anyOf].flatMap(
    (list) => list ?? [],
  );
  for (const set of sets)
    expect(Object.keys(set).filter((key) => key !== "title")).toEqual([
      "required",
    ]);
  const named = [
    ...(schema.required ?? []),
    ...Object.entries(schema.dependentRequired ?? {}).flatMap(
      ([field, needed]) => [field, ...needed],
    ),
    ...sets.flatMap((set) => set.required),
  ];
  expect(
    named.filter((field) => !Object.hasOwn(schema.properties ?? {}, field)),
  ).toEqual([]);
});

test.each(all.filter(([, schema]) => schema.writeOnly !== true))(
  "what is not secret in %s holds no secret list items or map values, as config and secrets could not share them",
  (_, schema) => {
    const inner = [schema.items, schema.additionalProperties].filter(
      (part) => typeof part === "object",
    );
    for (const part of inner)
      for (const [, nested] of parts(part, ""))
        expect(nested.writeOnly).not.toBe(true);
  },
);

test.each([
  ["postgresql", ["password", "secret_extra", "ssl_key"]],
  ["mysql", ["password", "secret_extra", "ssl_key"]],
  [
    "snowflake",
    ["password", "private_key", "private_key_passphrase", "secret_extra"],
  ],
  [
    "amazon-s3",
    [
      "customer_encryption_key",
      "secret_access_key",
      "secret_extra",
      "session_token",
    ],
  ],
  ["kafka", ["password", "secret_extra", "secret_properties", "ssl_key"]],
  [
    "http",
    [
      "password",
      "secret_extra",
      "secret_headers",
      "secret_url_parameters",
      "token",
      "tokens",
    ],
  ],
  ["elasticsearch", ["api_key", "password", "secret_extra"]],
  ["generic", ["password", "secret_extra"]],
  ["pipes:github", []],
])("the secret fields of %s are %j", (type, expected) => {
  expect(secretFieldsOfType(type)).toEqual(expected);
});
