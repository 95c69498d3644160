import { KNOWN_AFTER_APPLY, type Value } from "../model";
import { changedDestination, listConnectionTypes } from "./index";

const later: Value = KNOWN_AFTER_APPLY;

/** What every type says. A new type has to be entered here. */
const said: Readonly<Record<string, readonly string[]>> = {
  "amazon-s3": ["endpoint_url"],
  elasticsearch: [
    "host",
    "port",
    "scheme",
    "verify_tls",
    "ssl_root_certificate",
  ],
  generic: ["conn_type", "host", "port", "schema", "login"],
  http: ["base_url", "verify_tls"],
  kafka: [
    "bootstrap_servers",
    "security_protocol",
    "sasl_mechanism",
    "ssl_root_certificate",
  ],
  mysql: ["host", "port", "ssl_mode", "ssl_root_certificate"],
  postgresql: ["host", "port", "ssl_mode", "ssl_root_certificate"],
  snowflake: ["account", "region"],
};

test("every type says which of its plain fields decide where secrets go", () => {
  expect(
    Object.fromEntries(
      listConnectionTypes().map(({ name, destinationFields }) => [
        name,
        destinationFields,
      ]),
    ),
  ).toEqual(said);
});

/** Hosts and URLs under whatever name: what looks like one is not forgotten. */
test.each(listConnectionTypes())(
  "$name names plain fields of its own, and each that sounds like a place",
  ({ schema, destinationFields }) => {
    for (const field of destinationFields)
      expect(schema.properties[field]?.writeOnly).not.toBe(true);
    const sounding = Object.keys(schema.properties).filter((field) =>
      /^(host|port|account|scheme|proxy|base_url)$|endpoint|servers|verify|ssl_mode|protocol/.test(
        field,
      ),
    );
    expect(destinationFields).toEqual(expect.arrayContaining(sounding));
  },
);

test.each<[title: string, type: string, before: Value, after: Value, unknown]>([
  ["a host", "postgresql", { host: "a" }, { host: "b" }, ["host"]],
  ["TLS turned off", "http", {}, { verify_tls: false }, ["verify_tls"]],
  ["a default written out", "postgresql", {}, { port: "5432" }, []],
  [
    "what is no place",
    "postgresql",
    { login: "a", database: "a" },
    { login: "b", database: "b" },
    [],
  ],
  [
    "a parameter, which may name a host",
    "postgresql",
    { host: "a", parameters: {} },
    { host: "a", parameters: { hostaddr: "10.0.0.1" } },
    ["parameters"],
  ],
  [
    "extra",
    "http",
    { extra: { proxy: "a" } },
    { extra: { proxy: "b" } },
    ["extra"],
  ],
  ["a native type's field", "astro:ftp", { a: 1 }, { a: 2 }, ["a"]],
  ["a field taken away", "astro:ftp", { a: 1 }, {}, ["a"]],
  ["a host known later", "postgresql", { host: "a" }, { host: later }, later],
  [
    "one that surely differs beside one known later",
    "postgresql",
    { host: "a", port: 1 },
    { host: later, port: 2 },
    ["port"],
  ],
  ["everything known later", "postgresql", { host: "a" }, later, later],
])("%s", (_, type, before, after, expected) => {
  expect(
    changedDestination({ type, config: before }, { type, config: after }),
  ).toEqual(expected);
});

test("between types what both call the same is kept", () => {
  const config = { conn_type: "http", host: "a" };
  const native = { type: "astro:http", config: { host: "a" } };
  expect(changedDestination({ type: "generic", config }, native)).toEqual([
    "conn_type",
  ]);
});
