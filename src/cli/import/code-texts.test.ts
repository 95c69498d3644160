import fc from "fast-check";
import { hcl, hclText, templateText } from "./hcl-text";
import { typescript, typescriptText } from "./typescript-text";
import { valueText } from "./code-layout";
import { VariableReference } from "./code-value";

test.each([
  ["plain", '"plain"'],
  ['a "b" \\', '"a \\"b\\" \\\\"'],
  ["${x} %{if}", '"$${x} %%{if}"'],
  ["$${x}", '"\\u0024\\u0024{x}"'],
  ["$ % {", '"$ % {"'],
  ["a\nb\tc\u0000", '"a\\nb\\tc\\u0000"'],
  ["\u202Ehidden", '"\\u202ehidden"'],
  ["ü \u{1F418}", '"ü \u{1F418}"'],
])("in HCL %p is %s", (text, code) => {
  expect(hclText(text)).toBe(code);
});

test("in HCL no text opens a template or ends its quotes", () => {
  const parts = fc.constantFrom("$", "%", "{", "}", '"', "\\", "\n", "a", "u");
  fc.assert(
    fc.property(fc.array(parts), (chosen) => {
      const inside = hclText(chosen.join("")).slice(1, -1);
      const rest = inside
        .replaceAll(/\\(u[0-9a-f]{4}|U[0-9a-f]{8}|["\\nrt])/g, "·")
        .replaceAll(/\$\$\{|%%\{/g, "·");
      expect(rest).not.toMatch(/["\n\\]|[$%]\{/);
    }),
  );
});

test("in TypeScript every text is itself, and nothing in it is invisible", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const code = typescriptText(text);
      expect(JSON.parse(code)).toBe(text);
      expect(code).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test.each([
  ["a", "a"],
  ["a${b}", "a$${b}"],
  ["a$${b}", 'a${"$$"}{b}'],
  ["a$%%{b}", 'a${"$%%"}{b}'],
  ["100%", "100%"],
])("as a template %p is %s", (text, template) => {
  expect(templateText(text)).toBe(template);
});

test("keys that are no plain names are quoted, and none sets a prototype", () => {
  const value = JSON.parse(
    '{"for":1,"a b":2,"__proto__":3,"é":4,"${k}":5}',
  ) as Record<string, number>;
  expect(valueText(value, hcl)).toBe(`{
  "for"     = 1
  "a b"     = 2
  __proto__ = 3
  "\\u00e9"  = 4
  "$\${k}"   = 5
}`);
  expect(valueText(value, typescript)).toBe(`{
  for: 1,
  "a b": 2,
  ["__proto__"]: 3,
  "é": 4,
  "\${k}": 5,
}`);
});

test("variables stand where secrets belong", () => {
  const secrets = { token: new VariableReference("events_token") };
  expect(valueText(secrets, hcl)).toBe("{ token = var.events_token }");
  expect(valueText(secrets, typescript)).toBe(
    '{ token: Secret.fromVariable(this, "EVENTS_TOKEN") }',
  );
});
