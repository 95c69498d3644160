import { secretReferences } from "./secret-references";

function fieldsOf(type: string, paths: readonly string[]): unknown {
  const { fields } = secretReferences(type, paths, (path) => path);
  return JSON.parse(JSON.stringify(fields));
}
const variable = (path: string) => ({ variable: path });

test("the schema says where a name with dots in it begins", () => {
  expect(
    fieldsOf("kafka", [
      "password",
      "secret_properties.ssl.truststore.password",
    ]),
  ).toEqual({
    password: variable("password"),
    secret_properties: {
      "ssl.truststore.password": variable(
        "secret_properties.ssl.truststore.password",
      ),
    },
  });
});

test("a map without an entry is no secret", () => {
  expect(fieldsOf("kafka", ["password", "secret_properties"])).toEqual({
    password: variable("password"),
    secret_properties: {},
  });
});

test("where nothing says what a dot means, it is taken for an object, and said", () => {
  expect(fieldsOf("hub:x", ["auth.token", "key"])).toEqual({
    auth: { token: variable("auth.token") },
    key: variable("key"),
  });
  const { ambiguous } = secretReferences(
    "generic",
    ["password", "secret_extra.a", "secret_extra.b.c"],
    (path) => path,
  );
  expect(ambiguous).toEqual(["secret_extra.b.c"]);
});

test("below a text there is nothing, so the dot belongs to the name", () => {
  expect(fieldsOf("hub:x", ["a", "a.b", ".", "c."])).toEqual({
    a: variable("a"),
    "a.b": variable("a.b"),
    ".": variable("."),
    "c.": variable("c."),
  });
});
