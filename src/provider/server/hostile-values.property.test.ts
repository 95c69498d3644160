import fc from "fast-check";
import { listConnectionTypes } from "../../catalog";
import { createMemoryPlatform, everyCapability } from "../../testing";
import { resources } from "../resources";
import { schemaType } from "../schema/schema-type";
import {
  containsUnknown,
  type CtyType,
  type CtyValue,
  Dynamic,
  mapOf,
  recordOf,
  STRING,
  toDynamic,
  UNKNOWN,
} from "../wire";
import { numberFromText } from "../wire/cty-number";
import { codesOf, SimulatedCore } from "./core-fixture";

const fieldNames = [
  "__proto__",
  "constructor",
  "toString",
  "host",
  "port",
  "login",
  "password",
  "parameters",
  "headers",
  "extra",
  "a.b",
  "",
];

const word = fc.oneof(
  fc.constantFrom(
    "",
    "acme",
    "organization/acme",
    "organization/acme/warehouse",
    "organization/acme/warehouse@deployment/prod",
    "tenant",
    "__proto__",
    "constructor",
    "hub:anything",
    "hub:",
    ":",
    "on_change",
    ...listConnectionTypes().map(({ name }) => name),
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

const number = fc.oneof(
  fc.integer(),
  fc
    .constantFrom(
      "1e400",
      "0.1",
      "123456789012345678901234567890",
      "-0.00000000000000000000000000000001",
    )
    .map(numberFromText),
);

/** Plain data of any shape, parts of it unknown. */
const plain: fc.Arbitrary<CtyValue> = fc.letrec<{ value: CtyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small", withCrossShrink: true },
    fc.constantFrom<CtyValue>(null, true, false, UNKNOWN),
    word,
    number,
    fc.array(tie("value"), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...fieldNames), tie("value")), {
        maxLength: 4,
      })
      .map(recordOf),
  ),
})).value;

/** Values that are typed as a variable of the user may be, not as literals are. */
const typed: fc.Arbitrary<CtyValue> = fc
  .dictionary(fc.constantFrom(...fieldNames), word)
  .map((texts) => recordOf(Object.entries(texts)))
  .map((record) => new Dynamic(mapOf(STRING), record));

/** A value of the type, null or unknown now and then. */
function valueOf(type: CtyType): fc.Arbitrary<CtyValue> {
  const known = ((): fc.Arbitrary<CtyValue> => {
    switch (type.kind) {
      case "string":
        return word;
      case "number":
        return number;
      case "bool":
        return fc.boolean();
      case "dynamic":
        return fc.oneof(plain.map(toDynamic), typed);
      case "list":
      case "set":
        return fc.uniqueArray(valueOf(type.element), {
          maxLength: 3,
          selector: (value) => JSON.stringify(value),
        });
      case "map":
        return fc
          .dictionary(word, valueOf(type.element), { maxKeys: 3 })
          .map((record) => recordOf(Object.entries(record)));
      case "tuple":
        return fc.tuple(...type.elements.map(valueOf));
      case "object":
        return objectOfType(type.attributes);
    }
  })();
  return fc.oneof(
    { weight: 6, arbitrary: known },
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(UNKNOWN) },
  );
}

function objectOfType(
  attributes: Readonly<Record<string, CtyType>>,
): fc.Arbitrary<CtyValue> {
  return fc
    .tuple(
      ...Object.entries(attributes).map(([name, type]) =>
        valueOf(type).map((value) => [name, value] as const),
      ),
    )
    .map(recordOf);
}

const anyConfig = fc.constantFrom(...resources.values()).chain((resource) => {
  const computed = (resource.schema.block.attributes ?? [])
    .filter(
      (attribute) => attribute.computed === true && attribute.optional !== true,
    )
    .map(({ name }) => name);
  const type = schemaType(resource.schema);
  const attributes = type.kind === "object" ? type.attributes : {};
  return fc.record({
    type: fc.constant(resource.typeName),
    config: objectOfType(attributes).map((config) =>
      recordOf(
        Object.entries(config as Readonly<Record<string, CtyValue>>).map(
          ([name, value]) => [name, computed.includes(name) ? null : value],
        ),
      ),
    ),
  });
});

test("whatever the values, validating, planning and applying end in diagnostics and never in our own bug", async () => {
  const platform = createMemoryPlatform({ organization: "acme" });
  const core = new SimulatedCore({
    platforms: [
      {
        name: "hub",
        title: "Hub",
        description: "In memory.",
        capabilities: everyCapability,
        settings: [],
        open: () => Promise.resolve({ ...platform, name: "hub" }),
      },
    ],
    provider: { organization: "acme" },
  });
  await fc.assert(
    fc.asyncProperty(anyConfig, async ({ type, config }) => {
      const faults = await core.validate(type, config);
      expect(codesOf(faults)).not.toContain("internal_error");
      const declared = { address: "x", type, config: () => config };
      const { diagnostics } = containsUnknown(config)
        ? await core.plan([declared])
        : await core.apply([declared]);
      expect(codesOf(diagnostics)).not.toContain("internal_error");
      core.stored.clear();
    }),
    { numRuns: 600 },
  );
  expect(core.warnings).toEqual([]);
});
