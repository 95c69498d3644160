import { isList, isObject, type Value } from "../model";
import {
  checkFields,
  connectionStringOf,
  examplesOf,
  isSecretField,
  listConnectionTypes,
} from "./index";

const examples = listConnectionTypes().flatMap((type) =>
  examplesOf(type).map((example, index) => ({
    type: type.name,
    index,
    ...example,
  })),
);

test.each(examples)(
  "example $index of $type satisfies its schema",
  ({ type, config, secrets }) => {
    const diagnostics = checkFields({
      type,
      config,
      secrets,
      secretsPath: "secrets",
      secretsComplete: true,
    });
    expect(diagnostics).toEqual([]);
  },
);

test.each(examples)(
  "the connection string of example $index of $type holds no secret",
  ({ type, config, secrets }) => {
    const text = String(connectionStringOf(type, config));
    for (const secret of leaves(secrets)) expect(text).not.toContain(secret);
  },
);

test.each(listConnectionTypes())(
  "every field of $name appears in an example of its own",
  (type) => {
    for (const [field, schema] of Object.entries(type.schema.properties)) {
      expect({ field, examples: schema.examples?.length ?? 0 }).not.toEqual({
        field,
        examples: 0,
      });
    }
  },
);

test.each(listConnectionTypes())(
  "the connection string of $name is made from plain fields only",
  (type) => {
    for (const field of type.connectionStringFields) {
      expect(Object.keys(type.schema.properties)).toContain(field);
      expect(isSecretField(type.name, [field])).toBe(false);
    }
  },
);

function leaves(value: Value): readonly string[] {
  if (isList(value)) return value.flatMap(leaves);
  if (isObject(value)) return Object.values(value).flatMap(leaves);
  return [String(value)];
}
