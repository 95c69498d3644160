import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { openAt, startUpsolverStandin } from "../../../test/standins/upsolver";
import { tryFindConnectionType } from "../../catalog";
import { diagnosticsOf, Secret } from "../../diagnostics";
import {
  type Connection,
  fieldOf,
  type JsonObject,
  type JsonValue,
  objectOf,
} from "../../model";
import { fullConnections } from "./full-connections-fixture";
import { catalogueTypes } from "./options/catalogue-types";
import type { OptionForm, OptionRule } from "./options/option";
import { optionTables } from "./options/option-tables";
import { upsolverIdentity } from "./capabilities";

const { immutableFields = {}, irremovableFields = {} } =
  upsolverIdentity.capabilities;
const replacing = (type: string, field: string) =>
  [
    ...(fieldOf(immutableFields, type) ?? []),
    ...(fieldOf(irremovableFields, type) ?? []),
    ...(irremovableFields["*"] ?? []),
  ].includes(field);

test("the capabilities are made from data alone, so that loading them loads nothing else", () => {
  const loaded = new Set<string>();
  const visit = (file: string) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const imports = readFileSync(`${file}.ts`, "utf8").matchAll(
      /^import (?!type\b)[^;]*?from "([^"]+)"/gm,
    );
    for (const [, name = ""] of imports) visit(join(file, "..", name));
  };
  visit(join(__dirname, "capabilities"));
  expect([...loaded].map((file) => relative(__dirname, file)).sort()).toEqual([
    "capabilities",
    "options/catalogue-types",
    "options/field-limits",
    "options/option-tables",
  ]);
});

/** Creates the one connection, updates it to the other, and gives the codes of the refusal. */
async function codesOfChange(
  before: Connection,
  after: Connection,
): Promise<readonly string[]> {
  const standin = await startUpsolverStandin();
  try {
    const { connections } = openAt(standin.url, standin.token);
    await connections.create(before);
    return await connections.update(before, after).then(
      () => [],
      (error: unknown) => diagnosticsOf(error).map(({ code }) => code),
    );
  } finally {
    await standin.close();
  }
}

function without(config: JsonObject, ...names: readonly string[]): JsonObject {
  return objectOf(
    Object.entries(config).filter(([name]) => !names.includes(name)),
  );
}

/** Fields that mean nothing without another. */
const dependents: Readonly<Record<string, string>> = {
  bucket: "prefix",
  role_arn: "external_id",
  sasl_mechanism: "login",
  login: "sasl_mechanism",
};

describe("the fields that a plan replaces a connection for are those that an update refuses to take back", () => {
  const fields = fullConnections.flatMap((full) =>
    Object.keys(full.config).map((field): [string, string, Connection] => [
      full.type,
      field,
      full,
    ]),
  );

  test.each(fields)("%s.%s", async (type, field, full) => {
    const names = [field, fieldOf(dependents, field) ?? field];
    const config = without(full.config, ...names);
    const codes = new Set(await codesOfChange(full, { ...full, config }));
    const required = [
      ...(tryFindConnectionType(type)?.schema.required ?? []),
      // Upsolver has no such connection without one.
      ...(type === "kafka" ? [] : ["login"]),
    ];
    expect([...codes]).toEqual(
      required.includes(field)
        ? ["missing_field"]
        : replacing(type, field)
          ? ["unsupported"]
          : [],
    );
  });

  test("all fields are looked at, but those that Upsolver has no place for", () => {
    const { check } = openAt("https://localhost", "token").connections;
    for (const type of Object.keys(catalogueTypes)) {
      const { properties = {} } = tryFindConnectionType(type)!.schema;
      const samples = fullConnections.filter((full) => full.type === type);
      for (const [field, schema] of Object.entries(properties)) {
        // Whoever plans refuses extra by the capabilities already.
        if (schema.writeOnly === true || field === "extra") continue;
        if (samples.some(({ config }) => Object.hasOwn(config, field)))
          continue;
        const full = samples[0]!;
        const value = [
          ...((schema.examples ?? []) as readonly JsonValue[]),
          false,
        ].find((example) => example !== schema.default)!;
        const config = objectOf([
          ...Object.entries(full.config),
          [field, value],
        ]);
        const faults = check!({ ...full, config });
        expect(faults).toMatchObject([
          { code: "unsupported", path: ["config", field] },
        ]);
      }
    }
  });
});

const values: Readonly<Record<OptionForm, JsonValue>> = {
  text: "x",
  list: ["x"],
  boolean: true,
  integer: 3,
  word: "LEGACY",
  name: "x",
  interval: 3,
};
const otherValues: Readonly<Record<OptionForm, JsonValue>> = {
  ...values,
  text: "y",
  list: ["y"],
  boolean: false,
  integer: 4,
  name: "y",
  interval: 4,
};

describe("the same of native types", () => {
  const keywords: readonly string[] = Object.values(catalogueTypes).map(
    ({ keyword }) => keyword,
  );
  const isPlain = (rule: OptionRule) => (rule.secret ?? false) === false;
  const options = Object.entries(optionTables)
    .filter(([keyword]) => !keywords.includes(keyword))
    .flatMap(([keyword, rules]) =>
      Object.entries(rules)
        .filter(([, rule]) => isPlain(rule))
        .map(([option, rule]): [string, string, OptionRule] => [
          keyword,
          option,
          rule,
        ]),
    );

  test.each(options)("%s %s", async (keyword, option, rule) => {
    const type = `upsolver:${keyword}`;
    const required = Object.entries(optionTables[keyword]!).filter(
      ([, { required: isRequired }]) => isRequired === true,
    );
    const pick = (secret: boolean) =>
      objectOf(
        required
          .filter(([, other]) => isPlain(other) !== secret)
          .map(([name, { form }]): [string, JsonValue] => [name, values[form]]),
      );
    const connection = (config: JsonObject): Connection => ({
      owner: { kind: "organization", name: "acme" },
      name: "native",
      type,
      config,
      secrets: new Secret(pick(true)),
    });
    const least = pick(false);
    const withValue = (value: JsonValue) =>
      connection(objectOf([...Object.entries(least), [option, value]]));
    const before = withValue(values[rule.form]);

    expect(replacing(type, option)).toBe(true);
    const taken = connection(without(before.config, option));
    expect(await codesOfChange(before, taken)).toEqual([
      rule.required === true ? "missing_field" : "unsupported",
    ]);
    expect(
      await codesOfChange(before, withValue(otherValues[rule.form])),
    ).toEqual(
      (immutableFields[type] ?? []).includes(option) ? ["unsupported"] : [],
    );
  });
});
