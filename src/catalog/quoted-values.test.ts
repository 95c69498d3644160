import type { JsonValue } from "../model";
import {
  checkFields,
  checkOverrides,
  type FieldSchema,
  listConnectionTypes,
} from "./index";
import { schemaOfField } from "./field-schema";

/**
 * Terraform keeps no mark of a sensitive variable on its way to a provider, so a
 * message may not quote what stands in a field, only say where. Ports and words
 * out of a list are quoted: they are none.
 */

const planted = "Pl4nted";
const wrong: readonly JsonValue[] = [
  planted,
  `https://${planted}`,
  ` ${planted}:x y/${planted}\n`,
  `${planted}:99999`,
  [planted],
  [[planted]],
  [planted, planted, 1],
  { [`a b`]: planted },
  { a: [planted], b: { c: planted } },
];

interface Place {
  readonly type: string;
  readonly path: readonly string[];
}

function placesIn(
  type: string,
  schema: FieldSchema,
  path: readonly string[] = [],
): readonly Place[] {
  return Object.keys(schema.properties ?? {}).flatMap((field) => {
    const inner = schemaOfField(schema, field)!;
    const isWord = inner.enum !== undefined || field === "port";
    return [
      ...(isWord ? [] : [{ type, path: [...path, field] }]),
      ...placesIn(type, inner, [...path, field]),
    ];
  });
}

const places = listConnectionTypes().flatMap(({ name, schema }) =>
  placesIn(name, schema),
);

const at = (
  [field = "", ...inner]: readonly string[],
  value: JsonValue,
): {
  readonly [field: string]: JsonValue;
} => ({ [field]: inner.length === 0 ? value : at(inner, value) });

test("no message about a field quotes what stands in it, in whichever argument", () => {
  const told = places.flatMap(({ type, path }) =>
    wrong.flatMap((value) => {
      const fields = at(path, value);
      return [
        ...checkFields({
          type,
          config: fields,
          secrets: undefined,
          secretsPath: "secrets_wo",
          secretsComplete: false,
        }),
        ...checkFields({
          type,
          config: {},
          secrets: fields,
          secretsPath: "secrets_wo",
          secretsComplete: false,
        }),
        ...checkOverrides({
          type,
          config: {},
          secrets: {},
          overrides: fields,
          overrideSecrets: fields,
          overrideSecretsPath: "override_secrets_wo",
        }),
      ].map(({ detail }) => `${type} ${path.join(".")}: ${detail}`);
    }),
  );
  // So that the test is none of nothing.
  expect(places.length).toBeGreaterThan(80);
  expect(told.length).toBeGreaterThan(1000);
  expect(told.filter((detail) => detail.includes(planted))).toEqual([]);
});
