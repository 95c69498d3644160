import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generateRegistry } from "./generate-registry";
import {
  checkConnectionType,
  listConnectionTypes,
  tryFindConnectionType,
} from "./index";
import { connectionTypes } from "./registry";

test("regenerating the registry gives no diff (else: npm run generate)", () => {
  const folders = readdirSync(__dirname).filter((name) =>
    existsSync(join(__dirname, name, "schema.json")),
  );
  const committed = readFileSync(
    join(__dirname, "registry.generated.ts"),
    "utf8",
  );
  expect(committed).toBe(generateRegistry(folders));
});

test("the catalogue has the eight types that it started with", () => {
  expect([...connectionTypes.keys()]).toEqual(
    expect.arrayContaining([
      "amazon-s3",
      "elasticsearch",
      "generic",
      "http",
      "kafka",
      "mysql",
      "postgresql",
      "snowflake",
    ]),
  );
  expect(listConnectionTypes().map((type) => type.name)).toEqual(
    [...connectionTypes.keys()].sort(),
  );
});

test("a type is named like its folder and like the end of its schema's id", () => {
  for (const type of listConnectionTypes()) {
    expect(existsSync(join(__dirname, type.name, "type.ts"))).toBe(true);
    expect(type.schema.$id.endsWith(`/${type.name}`)).toBe(true);
  }
});

test("a check of a catalogue type does not load ajv, which takes a tenth of a second", () => {
  jest.isolateModules(() => {
    const loaded = jest.fn();
    jest.doMock("ajv/dist/2020", () => loaded());
    jest.doMock("ajv/dist/core", () => loaded());
    const { checkFields } =
      jest.requireActual<typeof import("./index")>("./index");
    const found = checkFields({
      type: "postgresql",
      config: { port: 0 },
      secrets: undefined,
      secretsPath: "secrets",
      secretsComplete: true,
    });
    expect(found).not.toEqual([]);
    expect(loaded).not.toHaveBeenCalled();
    jest.dontMock("ajv/dist/2020");
    jest.dontMock("ajv/dist/core");
  });
});

test.each([
  "postgresql",
  "snowflake",
  "pipes:github",
  "astro:postgresql",
  "datadog:OpenAI",
])("the type %s is accepted", (type) => {
  expect(checkConnectionType(type, ["type"])).toEqual([]);
});

test.each([
  ["postgresq", "postgresql"],
  ["postgres", "postgresql"],
  ["Snowflake", "snowflake"],
  ["s3", "amazon-s3"],
  ["elastic", "elasticsearch"],
  ["MariaDB", "mysql"],
  ["cockroach_db", "postgresql"],
  ["opensearch", "elasticsearch"],
  ["rest-api", "http"],
])(
  "for the unknown type %s the message proposes %s and lists all types",
  (given, meant) => {
    const [diagnostic, ...others] = checkConnectionType(given, [
      "connection",
      "type",
    ]);
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({
      code: "unknown_type",
      path: ["connection", "type"],
    });
    expect(diagnostic?.detail).toContain(
      `"${given}". Did you mean "${meant}"?`,
    );
    for (const name of connectionTypes.keys())
      expect(diagnostic?.detail).toContain(name);
  },
);

test.each([
  ["redshift", '"astro:redshift" or "upsolver:REDSHIFT"'],
  ["mssql", '"astro:mssql" or "upsolver:MSSQL"'],
  ["sql_server", '"astro:mssql" or "upsolver:MSSQL"'],
  ["BigQuery", '"astro:gcpbigquery" or "pipes:gcp"'],
  ["ssh", '"astro:ssh"'],
])(
  "for the unknown type %s the message names the platforms' own types",
  (given, natives) => {
    const [diagnostic] = checkConnectionType(given, ["type"]);
    expect(diagnostic).toMatchObject({ code: "unknown_type" });
    expect(diagnostic?.detail).toContain(
      `"${given}". The catalogue does not have it; a platform's own type does: ${natives}.`,
    );
    expect(diagnostic?.detail).not.toContain("Did you mean");
  },
);

test.each(["quantum", "", "__proto__", "constructor"])(
  "the type %j is unknown and nothing is proposed",
  (given) => {
    expect(checkConnectionType(given, [])).toMatchObject([
      { code: "unknown_type" },
    ]);
    expect(checkConnectionType(given, [])[0]?.detail).not.toContain(
      "Did you mean",
    );
    expect(tryFindConnectionType(given)).toBeUndefined();
  },
);

test.each([
  ["pipes: aws", "pipes:aws"],
  ["pipes:aws/", "pipes:aws"],
  [" astro:airbyte", "astro:airbyte"],
  ["datadog:Datadog\n", "datadog:Datadog"],
  ["upsolver:/S3", "upsolver:S3"],
  ["hub:", "PLATFORM:TYPE"],
  [":aws", "PLATFORM:TYPE"],
  ["astro:a b", "PLATFORM:TYPE"],
])("the native type %j is refused: write %s", (type, right) => {
  expect(checkConnectionType(type, ["type"])).toMatchObject([
    { code: "unknown_type", path: ["type"] },
  ]);
  expect(checkConnectionType(type, ["type"])[0]?.detail).toContain(right);
});

test.each([
  "pipes:acme/net",
  "datadog:Datadog",
  "astro:google_cloud_platform",
  "hub:a.b-c",
])("the native type %j is for its platform to judge", (type) => {
  expect(checkConnectionType(type, ["type"])).toEqual([]);
});
