import { TerraformVariable } from "cdktf";
import * as fc from "fast-check";
import { synthesize } from "../../test/cdktf/synthesis";
import { Connection } from "./connection";
import { templateOf } from "./template-text";

describe("a text that Terraform would take for a template is escaped", () => {
  test.each<[text: string, template: string]>([
    ["plain $ and % and {}", "plain $ and % and {}"],
    ["echo ${HOME}", "echo $${HOME}"],
    ["%{ if x }", "%%{ if x }"],
    ["$${already}", '${"$$"}{already}'],
    ["%%{already}", '${"%%"}{already}'],
    ["$%{x}", '${"$%"}{x}'],
    ["$%%{x}", '${"$%%"}{x}'],
    ["$#{TfToken[1]}", '${"$#"}{TfToken[1]}'],
    ["__proto__", '${"__proto__"}'],
    ["${TfToken[TOKEN.made.up]}", '${"$"}{TfToken[TOKEN.made.up]}'],
    ["#{TfToken[1]}", '${"#"}{TfToken[1]}'],
    ["String Map Token Value", '${"String Map Token Value"}'],
  ])("%j", (text, template) => {
    expect(templateOf(text)).toBe(template);
  });
});

test("whatever the text, Terraform reads it back unchanged", () => {
  const fragments = [
    "$",
    "%",
    "{",
    "}",
    '"',
    "\\",
    "~",
    "a",
    "\n",
    "${",
    "%{",
    "${TfToken[x.1]}",
    "#{TfToken[1]}",
    "é",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...fragments)), (parts) => {
      const text = parts.join("");
      expect(evaluate(synthesizedText(text))).toBe(text);
    }),
    { numRuns: 400 },
  );
});

test("a token in a text stays a token, whatever stands around it", () => {
  const document = synthesize((stack) => {
    const schema = new TerraformVariable(stack, "schema", {});
    new Connection(stack, "c", {
      type: "generic",
      config: {
        conn_type: "ftp",
        extra: {
          before: `$${schema.stringValue}`,
          between: `\${a}${schema.stringValue}%{b}`,
          [`key \${x} ${schema.stringValue}`]: [schema.stringValue],
        },
      },
    });
  });
  expect(document.resource["patchbay_connection"]?.["c"]?.["config"]).toEqual({
    conn_type: "ftp",
    extra: {
      before: '${"$"}${var.schema}',
      between: "$${a}${var.schema}%%{b}",
      "key $${x} ${var.schema}": ["${var.schema}"],
    },
  });
});

/** The text after cdktf has resolved the document around it. */
function synthesizedText(text: string): string {
  const document = synthesize((stack) => {
    new Connection(stack, "c", { type: "native:x", description: text });
  });
  return document.resource["patchbay_connection"]?.["c"]?.[
    "description"
  ] as string;
}

/** Terraform's reading of a template that holds no references. */
function evaluate(template: string): string {
  return template.replace(
    /\$\{"([^"]*)"\}|\$\$\{|%%\{|\$\{|%\{/g,
    (match, constant: string | undefined) => {
      if (constant !== undefined) return constant;
      if (match.length === 3) return match.slice(1);
      throw new Error(`${template} holds an expression.`);
    },
  );
}
