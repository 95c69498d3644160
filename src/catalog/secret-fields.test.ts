import { isSecretField } from "./index";

test.each<[string, readonly (string | number)[], boolean]>([
  ["postgresql", ["password"], true],
  ["postgresql", ["host"], false],
  ["http", ["headers", "Accept"], false],
  ["http", ["secret_headers"], true],
  ["http", ["secret_headers", "X-Api-Key"], true],
  ["generic", ["secret_extra", "keys", 0, "value"], true],
  ["generic", ["extra", "keys", 0, "value"], false],
  ["kafka", ["bootstrap_servers", 0], false],
  ["postgresql", [], false],
  ["postgresql", ["no_such_field"], false],
  ["postgresql", ["__proto__", "writeOnly"], false],
  ["pipes:github", ["token"], false],
])("in %s the field at %j is secret: %s", (type, path, expected) => {
  expect(isSecretField(type, path)).toBe(expected);
});
