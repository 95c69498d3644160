import type { ConnectionType, ConnectionTypeExample } from "../../src/catalog";
import {
  type ExampleLanguage,
  identifierOf,
  memberLines,
  objectText,
  secretNames,
  secretText,
  valueText,
} from "./example-values";

const hcl: ExampleLanguage = {
  assignment: " = ",
  separator: "",
  aligned: true,
  text: (text) =>
    JSON.stringify(text).replaceAll("${", "$${").replaceAll("%{", "%%{"),
  secret: (name) => `var.${name}`,
  field: (name) =>
    /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name) ? name : hcl.text(name),
};

/** The example as a resource, with the variables of its secrets. */
export function hclExample(
  type: ConnectionType,
  example: ConnectionTypeExample,
): string {
  const prefix = identifierOf(type.name);
  const secrets = Object.entries(example.secrets).map(([field, value]) => ({
    field: hcl.field(field),
    value: secretText(value, `${prefix}_${identifierOf(field)}`, hcl),
  }));
  const resource = [
    { field: "name", value: hcl.text("example") },
    { field: "type", value: hcl.text(type.name) },
    { field: "config", value: valueText(example.config, hcl) },
    ...(secrets.length === 0
      ? []
      : [{ field: "secrets_wo", value: objectText(secrets, hcl) }]),
  ];
  const variables = secretNames(type, example).map(
    (name) =>
      `variable "${name}" {\n  type      = string\n  ephemeral = true\n  sensitive = true\n}\n`,
  );
  return [
    ...variables,
    `resource "patchbay_connection" "${prefix}" {\n${memberLines(resource, hcl).join("\n")}\n}\n`,
  ].join("\n");
}
