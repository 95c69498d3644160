import { equalInMeaning, tryFindConnectionType } from "../../catalog";
import { PatchbayError } from "../../diagnostics";
import { type JsonObject, objectOf } from "../../model";
import {
  toRequestFields,
  viewOfConnection,
  viewOfOverrides,
} from "./types/airflow-fields";
import {
  encodeConnection,
  encodeOverrides,
  tryTypeNamed,
  shownAs,
} from "./types/translation";
import { translatedTypes } from "./types";

/** What each type needs at least, and what is stored of it. */
const needed: Readonly<
  Record<
    string,
    {
      readonly airflowType: string;
      readonly config: JsonObject;
      readonly secrets?: JsonObject;
      readonly stored: JsonObject;
    }
  >
> = {
  "amazon-s3": {
    airflowType: "aws",
    config: { region: "eu-central-1" },
    stored: { extra: { region_name: "eu-central-1" } },
  },
  // The one type for which Airflow does something else without these.
  elasticsearch: {
    airflowType: "elasticsearch",
    config: { host: "h" },
    stored: {
      host: "h",
      port: 9200,
      schema: "https",
      extra: { request_timeout: 10 },
    },
  },
  http: {
    airflowType: "http",
    config: { base_url: "https://h" },
    secrets: { token: "t" },
    stored: { host: "https://h", extra: { Authorization: "Bearer t" } },
  },
  kafka: {
    airflowType: "kafka",
    config: { bootstrap_servers: ["h:9092"] },
    stored: { extra: { "bootstrap.servers": "h:9092" } },
  },
  mysql: {
    airflowType: "mysql",
    config: { host: "h", login: "l" },
    stored: { host: "h", login: "l" },
  },
  postgresql: {
    airflowType: "postgres",
    config: { host: "h", login: "l" },
    stored: { host: "h", login: "l" },
  },
};

const defaults = translatedTypes.flatMap(({ name }) =>
  Object.entries(tryFindConnectionType(name)!.schema.properties).flatMap(
    ([field, { default: standard }]) =>
      standard === undefined ? [] : [[name, field, standard] as const],
  ),
);

/** Where Astro has no place for a field: it cannot differ between deployments. */
const placeless = ["read_only", "token_header", "token_prefix"];

function written(type: string, config: JsonObject): JsonObject {
  const { secrets = {} } = needed[type]!;
  const encoded = encodeConnection({ type, config, secrets });
  if (!encoded.ok) throw new PatchbayError(encoded.diagnostics);
  return toRequestFields(encoded.value.patch);
}

function read(type: string, fields: JsonObject) {
  return shownAs(
    needed[type]!.airflowType,
    viewOfConnection(fields, []),
    undefined,
  );
}

function overridden(type: string, overrides: JsonObject) {
  return encodeOverrides(tryTypeNamed(type)!, {
    config: overrides,
    secrets: undefined,
    parent: viewOfConnection(needed[type]!.stored, []),
    parentIsStored: true,
  });
}

test("every type of the catalogue with a default is among those that are tested", () => {
  expect([...new Set(defaults.map(([type]) => type))].sort()).toEqual(
    Object.keys(needed).sort(),
  );
});

test.each(Object.keys(needed))(
  "%s without any default is stored so that Airflow does what the catalogue says",
  (type) => {
    expect(
      JSON.parse(JSON.stringify(written(type, needed[type]!.config))),
    ).toEqual(needed[type]!.stored);
  },
);

describe.each(defaults)(
  "%s, whose %s is %j by default",
  (type, field, standard) => {
    const { config } = needed[type]!;
    const spelled = objectOf([...Object.entries(config), [field, standard]]);

    test("is the same with and without it, as it is declared and as it is read", () => {
      for (const declared of [config, spelled]) {
        const shown = read(type, written(type, declared));
        expect(shown.type.name).toBe(type);
        for (const other of [config, spelled])
          expect(equalInMeaning(type, shown.decoded.config, other)).toBe(true);
      }
    });

    test("can be overridden with it where it can be overridden at all", () => {
      const overrides = { [field]: standard };
      const encoded = overridden(type, overrides);
      expect(encoded.ok).toBe(!placeless.includes(field));
      if (!encoded.ok) return;
      const view = viewOfOverrides(toRequestFields(encoded.value), [
        ...encoded.value.keys(),
      ]);
      const shown = tryTypeNamed(type)!.decode({
        airflowType: "",
        view,
        parent: viewOfConnection(needed[type]!.stored, []),
      });
      expect({ ...shown.config }).toEqual(overrides);
    });

    test("cannot have it taken back by an override, which is told", () => {
      const encoded = overridden(type, { [field]: null });
      const text = encoded.ok
        ? ""
        : new PatchbayError(encoded.diagnostics).message;
      expect(text).toContain(
        placeless.includes(field)
          ? "from the overrides"
          : `${field} = ${JSON.stringify(standard)}`,
      );
    });
  },
);

test("what was not made by Patchbay shows what Airflow does with it", () => {
  const { decoded } = read("elasticsearch", { host: "h" });
  expect({ ...decoded.config }).toEqual({ host: "h", scheme: "http" });
});

test("a deployment that does without the scheme is shown to speak in clear", () => {
  const shown = tryTypeNamed("elasticsearch")!.decode({
    airflowType: "elasticsearch",
    view: viewOfOverrides({ schema: "" }, ["schema"]),
    parent: viewOfConnection(needed["elasticsearch"]!.stored, []),
  });
  expect({ ...shown.config }).toEqual({ scheme: "http" });
});

test.each([
  ["Bearer t", undefined],
  ["Token t", "Token"],
  ["t", ""],
])("the token %j is shown with the prefix %j", (value, prefix) => {
  const { decoded } = read("http", {
    host: "https://h",
    extra: { Authorization: value },
  });
  expect(decoded.config["token_prefix"]).toBe(prefix);
  expect(decoded.secretFields).toEqual(["token"]);
});

test("a protocol of Kafka in small letters is the same protocol", () => {
  const { decoded } = read("kafka", {
    extra: { "bootstrap.servers": "h:1", "security.protocol": "sasl_ssl" },
  });
  expect(decoded.config["security_protocol"]).toBe("SASL_SSL");
});
