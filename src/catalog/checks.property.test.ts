import fc from "fast-check";
import {
  isList,
  isObject,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Value,
} from "../model";
import {
  checkFields,
  checkOverrides,
  connectionStringOf,
  examplesOf,
  listConnectionTypes,
} from "./index";
import { presenceFaults } from "./presence";
import { ruleErrors } from "./validator";
import { valueFaults } from "./value-faults";

const anyExample = fc.constantFrom(
  ...listConnectionTypes().flatMap((type) =>
    examplesOf(type).map((example) => ({ type, ...example })),
  ),
);

/** The same value with any of its parts known only after apply. */
function withUnknowns(value: Value): fc.Arbitrary<Value> {
  const unknown = {
    weight: 1,
    arbitrary: fc.constant<Value>(KNOWN_AFTER_APPLY),
  };
  const known = (arbitrary: fc.Arbitrary<Value>) =>
    fc.oneof({ weight: 3, arbitrary }, unknown);
  if (isList(value)) return known(fc.tuple(...value.map(withUnknowns)));
  if (isObject(value)) {
    const fields = Object.entries(value).map(([field, part]) =>
      withUnknowns(part).map((replaced) => [field, replaced] as const),
    );
    return known(
      fc.tuple(...fields).map((entries) => objectOf<Value>(entries)),
    );
  }
  return known(fc.constant(value));
}

const partlyKnown = anyExample.chain(({ type, config, secrets }) =>
  fc.record({
    type: fc.constant(type.name),
    known: fc.constant(config),
    config: withUnknowns(config),
    secrets: withUnknowns(secrets),
    secretsComplete: fc.boolean(),
  }),
);

test("a valid connection stays valid whatever part of it is known only after apply", () => {
  fc.assert(
    fc.property(partlyKnown, ({ type, config, secrets, secretsComplete }) => {
      expect(
        checkFields({
          type,
          config,
          secrets,
          secretsPath: "secrets",
          secretsComplete,
        }),
      ).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("overriding a valid connection with a part of itself is valid, whatever is known only after apply", () => {
  fc.assert(
    fc.property(partlyKnown, ({ type, known, config, secrets }) => {
      for (const parent of [known, config, undefined] as const) {
        expect(
          checkOverrides({
            type,
            config: parent,
            overrides: config,
            overrideSecrets: secrets,
            overrideSecretsPath: "override_secrets",
          }),
        ).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});

test("a connection string that is said to be known does not change with what becomes known", () => {
  fc.assert(
    fc.property(partlyKnown, ({ type, known, config }) => {
      const text = connectionStringOf(type, config);
      if (text !== KNOWN_AFTER_APPLY)
        expect(text).toBe(connectionStringOf(type, known));
    }),
  );
});

/** Fields of a type, each with a value that is mostly right. */
const anyConnection = anyExample.chain(({ type, config, secrets }) => {
  const values = { ...config, ...secrets };
  const fields = Object.keys(type.schema.properties);
  return fc
    .uniqueArray(fc.constantFrom(...fields), { maxLength: fields.length })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((field) =>
          fc
            .oneof(
              {
                weight: 8,
                arbitrary: fc.constant<Value>(values[field] ?? "x"),
              },
              {
                weight: 1,
                arbitrary: fc.constantFrom<Value>("", 0, true, [], ["x"], {
                  x: [1],
                }),
              },
            )
            .map((value) => [field, value] as const),
        ),
      ),
    )
    .map((entries) => ({ type, fields: objectOf<Value>(entries) }));
});

test("there is a fault to tell exactly when the schema is not satisfied", () => {
  fc.assert(
    fc.property(anyConnection, ({ type, fields }) => {
      const errors = ruleErrors(type, fields);
      const faults = [
        ...valueFaults(type.schema, fields, errors),
        ...presenceFaults(type.schema, fields),
      ];
      expect(faults.length > 0).toBe(errors.length > 0);
    }),
    { numRuns: 1000 },
  );
});

test("no message ever holds the value of a secret", () => {
  const secret = fc.string({
    minLength: 12,
    maxLength: 12,
    unit: fc.constantFrom(..."hunter2SECRET"),
  });
  fc.assert(
    fc.property(
      anyExample,
      secret,
      fc.boolean(),
      ({ type, config, secrets }, hidden, inList) => {
        const hide = (value: Value): Value =>
          isList(value)
            ? value.map(hide)
            : isObject(value)
              ? objectOf(
                  Object.entries(value).map(
                    ([field, part]) => [field, hide(part)] as const,
                  ),
                )
              : inList
                ? [hidden]
                : hidden;
        const wrong = hide(secrets);
        const diagnostics = [
          ...checkFields({
            type: type.name,
            config,
            secrets: wrong,
            secretsPath: "secrets",
            secretsComplete: true,
          }),
          ...checkFields({
            type: type.name,
            config: wrong,
            secrets,
            secretsPath: "secrets",
            secretsComplete: true,
          }),
          ...checkFields({
            type: type.name,
            config,
            secrets: hidden,
            secretsPath: "secrets",
            secretsComplete: true,
          }),
        ];
        expect(JSON.stringify(diagnostics)).not.toContain(hidden);
      },
    ),
  );
});
