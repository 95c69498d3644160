import { KNOWN_AFTER_APPLY, type Value } from "../model";
import { connectionStringOf } from "./index";

test.each<[string, Value, string | undefined]>([
  [
    "postgresql",
    { host: "db.example.com", port: 5432, database: "app", login: "loader" },
    "postgresql://loader@db.example.com:5432/app",
  ],
  [
    "postgresql",
    { host: "db.example.com", port: "5432" },
    "postgresql://db.example.com:5432",
  ],
  ["postgresql", { host: "::1", port: 5432 }, "postgresql://[::1]:5432"],
  [
    "postgresql",
    { host: "h", login: "a@b:c/d" },
    "postgresql://a%40b%3Ac%2Fd@h",
  ],
  ["postgresql", { login: "loader" }, undefined],
  ["postgresql", { host: ["h"] }, undefined],
  ["mysql", { host: "h", database: "shop" }, "mysql://h/shop"],
  [
    "snowflake",
    {
      account: "xy12345",
      region: "eu-central-1",
      login: "l",
      database: "DEMO",
      schema: "PUBLIC",
      warehouse: "WH",
      role: "R",
    },
    "snowflake://l@xy12345.eu-central-1/DEMO/PUBLIC?warehouse=WH&role=R",
  ],
  [
    "snowflake",
    { account: "xy12345", schema: "PUBLIC" },
    "snowflake://xy12345",
  ],
  ["amazon-s3", { bucket: "acme-landing" }, "s3://acme-landing/"],
  [
    "amazon-s3",
    { bucket: "acme-landing", prefix: "orders/" },
    "s3://acme-landing/orders/",
  ],
  ["amazon-s3", { region: "eu-central-1" }, undefined],
  [
    "kafka",
    { bootstrap_servers: ["a:9092", "b:9092"] },
    "kafka://a:9092,b:9092",
  ],
  ["kafka", { bootstrap_servers: "a:9092" }, undefined],
  [
    "http",
    { base_url: "https://api.example.com/v2" },
    "https://api.example.com/v2",
  ],
  ["http", { base_url: "https://jane:hunter2@api.example.com" }, undefined],
  ["http", { base_url: "https://api.example.com?key=hunter2" }, undefined],
  [
    "elasticsearch",
    { host: "h", port: 9200, index: "logs-*", scheme: "http" },
    "http://h:9200/logs-*",
  ],
  ["elasticsearch", { host: "h" }, "https://h"],
  [
    "generic",
    { conn_type: "ftp", host: "h", port: 21, schema: "exports" },
    "ftp://h:21/exports",
  ],
  ["generic", { conn_type: "slack" }, "slack://"],
  [
    "generic",
    { conn_type: "http", host: "https://jane:hunter2@h?key=hunter2" },
    "http://h",
  ],
  ["pipes:github", { base_url: "https://github.com" }, undefined],
  ["no-such-type", { host: "h" }, undefined],
  ["postgresql", "not an object", undefined],
])("of %s with %j it is %s", (type, config, expected) => {
  expect(connectionStringOf(type, config)).toBe(expected);
});

test.each<[string, string, Value]>([
  ["config", "postgresql", KNOWN_AFTER_APPLY],
  ["a field that it needs", "postgresql", { host: KNOWN_AFTER_APPLY }],
  [
    "a field that it would show",
    "postgresql",
    { host: "h", database: KNOWN_AFTER_APPLY },
  ],
  [
    "an item of a list",
    "kafka",
    { bootstrap_servers: ["a:1", KNOWN_AFTER_APPLY] },
  ],
])("it is known after apply while %s is (%s)", (_, type, config) => {
  expect(connectionStringOf(type, config)).toBe(KNOWN_AFTER_APPLY);
});

test("fields that it does not show may be known after apply", () => {
  expect(
    connectionStringOf("postgresql", {
      host: "h",
      ssl_mode: KNOWN_AFTER_APPLY,
    }),
  ).toBe("postgresql://h");
  expect(connectionStringOf("pipes:github", KNOWN_AFTER_APPLY)).toBeUndefined();
});
