import { classPrefixOf } from "../../constructs/typed/generate-typed-connections";
import { propNameOf as propNameOfConstructs } from "../../constructs/typed/prop-name";
import { listConnectionTypes } from "../../catalog";
import { camelCaseOf, identifierOf, nameAll, Names } from "./names";
import { constructNameOf, propNameOf } from "./typed-construct";

test.each([
  ["warehouse", "warehouse"],
  ["Main warehouse", "main_warehouse"],
  ["mainWarehouse", "main_warehouse"],
  ["X-Api.Key", "x_api_key"],
  ["1st", "connection_1st"],
  ["склад", "connection"],
  ["", "connection"],
  ["${path.root}", "path_root"],
])("the identifier of %p is %s", (name, identifier) => {
  expect(identifierOf(name, "connection")).toBe(identifier);
});

test("names that would be the same are told apart, and those that need no change keep theirs", () => {
  const items = ["A b", "a b", "a_b", "a_b_2", "a-b"].map((name) => ({ name }));
  const named = nameAll(
    items,
    ({ name }) => [identifierOf(name, "connection")],
    new Names(["for"]),
  );
  expect(items.map((item) => named.get(item))).toEqual([
    "a_b_3",
    "a_b_4",
    "a_b",
    "a_b_2",
    "a_b_5",
  ]);
});

test("a reserved name is never given out", () => {
  const names = new Names(["for"]);
  expect(names.take("for", "for_connection")).toBe("for_connection");
  expect(names.take("for", "for_connection")).toBe("for_connection_2");
});

test("constants are in camel case", () => {
  expect(camelCaseOf("main_warehouse_2")).toBe("mainWarehouse2");
});

test("constructs and props are called as the generator of the constructs calls them", () => {
  for (const { name, schema } of listConnectionTypes()) {
    expect(constructNameOf(name)).toBe(`${classPrefixOf(name)}Connection`);
    for (const field of Object.keys(schema.properties))
      expect(propNameOf(field)).toBe(propNameOfConstructs(field));
  }
});
