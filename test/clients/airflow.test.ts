/**
 * What is stored on Astro, read by Airflow itself: the real hooks of the
 * providers' pinned versions, whose client libraries note what they are called
 * with. What was declared has to come to the client, and nothing else.
 */
import { examplesOf, listConnectionTypes } from "../../src/catalog";
import { openAt } from "../standins/astro";
import { amazonS3 } from "./cases/amazon-s3";
import { elasticsearch } from "./cases/elasticsearch";
import { generic } from "./cases/generic";
import { http } from "./cases/http";
import { kafka } from "./cases/kafka";
import { mysql } from "./cases/mysql";
import { native } from "./cases/native";
import { postgresql } from "./cases/postgresql";
import type { RealCase } from "./cases/real-case";
import { snowflake } from "./cases/snowflake";
import { PYTHON } from "./python-environment";
import { type Reading, readWithAirflow } from "./read-with-airflow";
import { type Stored, storedConnections } from "./stored-connections";

const cases: readonly RealCase[] = [
  ...postgresql,
  ...mysql,
  ...http,
  ...kafka,
  ...snowflake,
  ...elasticsearch,
  ...amazonS3,
  ...generic,
  ...native,
];

/** Fewer would mean that something was left out without a word. */
const FEWEST_READINGS = 80;

const python = process.env[PYTHON];
const describeWithPython = python === undefined ? describe.skip : describe;

describeWithPython("Airflow reads what is stored on Astro", () => {
  let stored: readonly Stored[];
  let readings: ReadonlyMap<string, Reading>;
  beforeAll(async () => {
    stored = await storedConnections(cases);
    readings = readWithAirflow(
      python ?? "",
      stored.flatMap(({ fields }, index) =>
        fields === undefined ? [] : [{ id: `c${index}`, fields }],
      ),
    );
  }, 170_000);

  test.each(cases.map((one, index) => ({ ...one, index })))(
    "$type: $title",
    ({ index, type, without = [], calls }) => {
      const { refused, failure } = stored[index]!;
      const fields = new Set(refused.map((path) => path.split(".")[1]));
      expect({ failure, refused: [...fields].sort() }).toEqual({
        failure: undefined,
        refused: [...without].sort(),
      });
      const { error, calls: made, fields: read } = readings.get(`c${index}`)!;
      expect({ error, calls: made }).toEqual({ error: undefined, calls });
      if (type === "generic") expect(read).toEqual(declared(cases[index]!));
    },
  );

  test(`at least ${FEWEST_READINGS} connections were read by real hooks`, () => {
    const read = [...readings.values()].filter(
      ({ calls }) => calls !== undefined,
    );
    const types = new Set(read.map(({ fields }) => fields?.["conn_type"]));
    process.stdout.write(
      `Airflow's hooks read ${read.length} connections of ${types.size} types.\n`,
    );
    expect(read.length).toBeGreaterThanOrEqual(FEWEST_READINGS);
  });
});

/** What Airflow gets of `generic` is what was declared, in the same words. */
function declared({ config, secrets = {}, link }: RealCase) {
  const parts = [config, secrets, link?.config ?? {}, link?.secrets ?? {}];
  const extra = parts.flatMap((part) => [
    ...Object.entries(part["extra"] ?? {}),
    ...Object.entries(part["secret_extra"] ?? {}),
  ]);
  const { secret_extra: _, ...fields } = Object.assign({}, ...parts);
  return {
    host: null,
    schema: null,
    login: null,
    password: null,
    port: null,
    ...fields,
    extra: Object.fromEntries(
      [...new Map(extra)].filter(([, value]) => value !== null),
    ),
  };
}

/** Needs no Python. */
describe("of each type of the catalogue that Astro has", () => {
  const { connections } = openAt("http://127.0.0.1:1");
  const owner = { kind: "workspace", name: "analytics" } as const;
  const types = listConnectionTypes().filter(
    ({ name: type }) =>
      connections
        .check?.({ owner, name: "c", type, config: {} })
        .every(({ code }) => code !== "unknown_type") ?? true,
  );

  test.each(types)("every example of $name is read", (type) => {
    const read = cases.flatMap((one) =>
      one.type === type.name && one.example !== undefined ? [one.example] : [],
    );
    expect([...new Set(read)].sort()).toEqual(
      examplesOf(type).map((_, index) => index),
    );
  });

  test.each(types)("every field of $name is declared somewhere", (type) => {
    const declaredFields = new Set(
      cases
        .filter((one) => one.type === type.name)
        .flatMap((one) => [
          ...Object.keys(one.config),
          ...Object.keys(one.secrets ?? {}),
        ]),
    );
    expect([...declaredFields].sort()).toEqual(
      Object.keys(type.schema.properties).sort(),
    );
  });
});
