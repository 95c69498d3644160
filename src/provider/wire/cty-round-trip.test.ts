import { decode as referenceDecode } from "@msgpack/msgpack";
import fc from "fast-check";
import { ctyEquals, ctyKey } from "./cty-equals";
import { decodeMsgpack, encodeMsgpack } from "./cty-msgpack";
import { numberFromText } from "./cty-number";
import {
  BOOL,
  DYNAMIC,
  NUMBER,
  STRING,
  listOf,
  mapOf,
  objectOf,
  setOf,
  tupleOf,
  type CtyType,
} from "./cty-type";
import {
  Dynamic,
  UNKNOWN,
  Unknown,
  recordOf,
  type CtyValue,
  type Refinements,
} from "./cty-value";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("any value of any type comes back equal, and is valid MessagePack", () => {
  const typed = arbitraryType.chain((type) =>
    fc.tuple(fc.constant(type), arbitraryValue(type)),
  );
  fc.assert(
    fc.property(typed, ([type, value]) => {
      const bytes = encodeMsgpack(type, value);
      const decoded = decodeMsgpack(type, bytes);
      expect(ctyEquals(type, decoded, value)).toBe(true);
      expect(hex(encodeMsgpack(type, decoded))).toBe(hex(bytes));
      // Somebody else's reader; it refuses a key __proto__.
      if (!hex(bytes).includes(hex(Buffer.from("__proto__")))) {
        referenceDecode(bytes, { useBigInt64: true });
      }
    }),
    { numRuns: 500 },
  );
});

const name = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "a", "name", "ä", "x".repeat(40)),
  fc.string(),
);
/** Lone surrogates have no UTF-8 form. */
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ minLength: 30, maxLength: 300, unit: "grapheme" }),
);

const numberText = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.constantFrom(
    "0",
    "0.1",
    "-0.5",
    "12345678901234567890",
    "9007199254740993",
    "-9223372036854775808",
    "1e30",
  ),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(40))
    .map(([digits, e]) => `${digits}e-${e}`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);

const { type: arbitraryType } = fc.letrec<{ type: CtyType; fixed: CtyType }>(
  (tie) => ({
    type: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(STRING, NUMBER, BOOL, DYNAMIC),
      tie("fixed").map(listOf),
      tie("fixed").map(setOf),
      tie("fixed").map(mapOf),
      fc.array(tie("type"), { maxLength: 4 }).map(tupleOf),
      fc.dictionary(name, tie("type"), { maxKeys: 5 }).map(objectOf),
    ),
    // Elements of a collection have one type.
    fixed: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(STRING, NUMBER, BOOL),
      tie("fixed").map(listOf),
      tie("fixed").map(setOf),
      fc.dictionary(name, tie("fixed"), { maxKeys: 3 }).map(objectOf),
    ),
  }),
);

function arbitraryValue(
  type: CtyType,
  unknowns = true,
): fc.Arbitrary<CtyValue> {
  const known = arbitraryKnown(type, unknowns);
  const options = [
    { weight: 8, arbitrary: known },
    { weight: 1, arbitrary: fc.constant<CtyValue>(null) },
  ];
  if (unknowns) options.push({ weight: 1, arbitrary: arbitraryUnknown(type) });
  return fc.oneof(...options);
}

function arbitraryKnown(
  type: CtyType,
  unknowns: boolean,
): fc.Arbitrary<CtyValue> {
  switch (type.kind) {
    case "string":
      return text;
    case "number":
      return numberText.map(numberFromText);
    case "bool":
      return fc.boolean();
    case "list":
      return fc.array(arbitraryValue(type.element, unknowns), { maxLength: 5 });
    case "set":
      return fc.uniqueArray(arbitraryValue(type.element, unknowns), {
        maxLength: 5,
        selector: (element) => ctyKey(type.element, element),
      });
    case "map":
      return fc
        .array(fc.tuple(name, arbitraryValue(type.element, unknowns)), {
          maxLength: 4,
        })
        .map((entries) => recordOf(entries));
    case "tuple":
      return fc.tuple(
        ...type.elements.map((element) => arbitraryValue(element, unknowns)),
      );
    case "object": {
      const names = Object.keys(type.attributes);
      return fc
        .tuple(
          ...names.map((attribute) =>
            arbitraryValue(type.attributes[attribute]!, unknowns),
          ),
        )
        .map((values) =>
          recordOf(
            names.map((attribute, i) => [attribute, values[i]!] as const),
          ),
        );
    }
    case "dynamic":
      return arbitraryType
        .filter((inner) => inner.kind !== "dynamic")
        .chain((inner) =>
          arbitraryValue(inner, unknowns).map(
            (value) => new Dynamic(inner, value),
          ),
        );
  }
}

function arbitraryUnknown(type: CtyType): fc.Arbitrary<CtyValue> {
  const refinements = arbitraryRefinements(type);
  return refinements === undefined
    ? fc.constant(UNKNOWN)
    : fc.oneof(
        fc.constant(UNKNOWN),
        refinements.map((given) => new Unknown(given)),
      );
}

function arbitraryRefinements(
  type: CtyType,
): fc.Arbitrary<Refinements> | undefined {
  const isNull = fc.constant(false);
  const bound = fc.record({
    value: numberText.map(numberFromText),
    inclusive: fc.boolean(),
  });
  switch (type.kind) {
    case "dynamic":
      return undefined;
    case "string":
      return fc.record(
        { isNull, stringPrefix: fc.string({ minLength: 1, maxLength: 40 }) },
        { requiredKeys: ["isNull"] },
      );
    case "number":
      return fc.record(
        { isNull, numberLowerBound: bound, numberUpperBound: bound },
        { requiredKeys: ["isNull"] },
      );
    case "list":
    case "set":
    case "map":
      return fc.record(
        { isNull, lengthLowerBound: fc.nat(), lengthUpperBound: fc.nat() },
        { requiredKeys: ["isNull"] },
      );
    default:
      return fc.record({ isNull });
  }
}
