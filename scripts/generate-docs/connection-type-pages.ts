import {
  type ConnectionType,
  examplesOf,
  type FieldSchema,
} from "../../src/catalog";
import {
  fieldRules,
  fieldsOf,
  type TypeField,
} from "../../src/cli/type-fields";
import type { PlatformDefinition } from "../../src/model";
import { hclExample } from "./hcl-example";
import { markdownTable } from "./markdown-table";
import { codeBlock, type Page, pageOf } from "./page";
import { type RefusedField, refusedFields } from "./refused-fields";
import { typescriptExample } from "./typescript-example";

/** One page per connection type of the catalogue, and the list of them all. */
export async function connectionTypePages(
  types: readonly ConnectionType[],
  platforms: readonly PlatformDefinition[],
): Promise<readonly Page[]> {
  const pages = types.map(async (type) =>
    connectionTypePage(type, await refusedFields(type, platforms)),
  );
  return [
    pageOf("connection-types/README.md", [
      "# Connection types",
      markdownTable(
        ["type", "what is connected"],
        types.map(({ name, description }) => [
          `[\`${name}\`](${name}.md)`,
          description,
        ]),
      ),
      "Plain fields go into `config`, secret ones into `secrets_wo` (or `secrets`). The typed constructs take both as props.",
      "A type that is not here can be given as a platform's native type, `<platform>:<anything>`; its fields are passed on as they are.",
    ]),
    ...(await Promise.all(pages)),
  ];
}

function connectionTypePage(
  type: ConnectionType,
  refused: readonly RefusedField[],
): Page {
  const rules = fieldRules(type.schema);
  return pageOf(`connection-types/${type.name}.md`, [
    `# ${type.title}`,
    `Type \`${type.name}\`. ${type.description}`,
    "## Fields",
    markdownTable(
      ["field", "type", "required", "secret", "meaning"],
      fieldsOf(type.schema).map((field) => [
        `\`${field.name}\``,
        field.type,
        requiredText(field),
        field.secret ? "yes" : "",
        field.description + defaultText(type.schema, field.name),
      ]),
    ),
    rules.map((rule) => `- ${rule}.`).join("\n"),
    `Terraform shows the connection as \`connection_string\`, made from ${type.connectionStringFields.map((field) => `\`${field}\``).join(", ")}; it never holds a secret.`,
    ...(refused.length === 0 ? [] : ["## What some platforms cannot hold"]),
    ...(refused.length === 0
      ? []
      : [
          "A field that a platform cannot hold is an error at plan time.",
          markdownTable(
            ["platform", "field", "why, and what to do"],
            refused.map(({ platform, field, reason }) => [
              platform,
              `\`${field}\``,
              reason,
            ]),
          ),
        ]),
    ...examplesOf(type).flatMap((example, index) => [
      index === 0 ? "## Examples" : "",
      codeBlock("ts", typescriptExample(type, example)),
      codeBlock("hcl", hclExample(type, example)),
    ]),
  ]);
}

/** What lies in an object is required only where the object is given. */
function requiredText({ name, required }: TypeField): string {
  if (!required) return "";
  const end = name.lastIndexOf(".");
  return end === -1 ? "yes" : `in \`${name.slice(0, end)}\``;
}

function defaultText(schema: FieldSchema, name: string): string {
  const field = name
    .split(".")
    .reduce<FieldSchema | undefined>(
      (part, step) => part?.properties?.[step],
      schema,
    );
  return field?.default === undefined
    ? ""
    : ` Default: \`${JSON.stringify(field.default)}\`.`;
}
