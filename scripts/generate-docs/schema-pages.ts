import { codeBlock, type Page, pageOf } from "./page";
import { markdownTable } from "./markdown-table";
import { schemaExamples } from "./schema-examples";
import {
  type AttributeDocument,
  type Attributes,
  type FunctionDocument,
  type ProviderDocument,
  type SchemaDocument,
  typeText,
} from "./schema-document";

/** The provider block, one page per resource and per data source, and the functions. */
export function schemaPages(document: ProviderDocument): readonly Page[] {
  return [
    pageOf("provider.md", [
      "# Provider patchbay",
      document.provider.block.description,
      exampleOf("provider"),
      ...attributeSections(document.provider.block.attributes),
    ]),
    ...Object.entries(document.resource_schemas).map(([name, schema]) =>
      resourcePage(name, schema),
    ),
    ...Object.entries(document.data_source_schemas).map(([name, schema]) =>
      pageOf(`data-sources/${shortName(name)}.md`, [
        `# Data source ${name}`,
        schema.block.description,
        exampleOf(`data ${name}`),
        ...attributeSections(schema.block.attributes),
      ]),
    ),
    pageOf("functions.md", [
      "# Functions",
      "Terraform 1.8 or newer, OpenTofu 1.7 or newer.",
      ...Object.entries(document.functions).flatMap(([name, definition]) =>
        functionSections(name, definition),
      ),
    ]),
  ];
}

/** `patchbay_deployment_link` is `deployment-link`. */
function shortName(name: string): string {
  return name.replace(/^patchbay_/, "").replaceAll("_", "-");
}

function resourcePage(name: string, schema: SchemaDocument): Page {
  return pageOf(`resources/${shortName(name)}.md`, [
    `# Resource ${name}`,
    schema.block.description,
    exampleOf(name),
    ...attributeSections(schema.block.attributes),
    "## Import",
    "By natural key, which has the form of `id`:",
    codeBlock("sh", `terraform import ${name}.example ${exampleId(schema)}`),
  ]);
}

function exampleOf(name: string): string {
  const example = schemaExamples[name];
  if (example === undefined) throw new Error(`No example of ${name}`);
  return codeBlock("hcl", example);
}

/** The id that its description gives as an example. */
function exampleId(schema: SchemaDocument): string {
  const description = schema.block.attributes["id"]?.description ?? "";
  const example = /`([^`]+)`/.exec(description)?.[1];
  if (example === undefined)
    throw new Error(`No example of an id in: ${description}`);
  return example;
}

function attributeSections(attributes: Attributes): readonly string[] {
  const entries = Object.entries(attributes);
  const isArgument = ({ required, optional }: AttributeDocument) =>
    required === true || optional === true;
  const given = entries.filter(([, attribute]) => isArgument(attribute));
  const computed = entries.filter(([, attribute]) => !isArgument(attribute));
  return [
    ...(given.length === 0
      ? []
      : [
          "## Arguments",
          markdownTable(
            ["argument", "type", "", "meaning"],
            [
              ...given.filter(([, { required }]) => required === true),
              ...given.filter(([, { required }]) => required !== true),
            ].map(([name, attribute]) => [
              `\`${name}\``,
              attributeTypeText(attribute),
              remarksOn(attribute),
              attribute.description,
            ]),
          ),
        ]),
    ...entries.flatMap(([name, { nested_type: nested }]) =>
      nested === undefined ? [] : nestedSections(name, nested.attributes),
    ),
    ...(computed.length === 0
      ? []
      : [
          "## Results",
          markdownTable(
            ["attribute", "type", "meaning"],
            computed.map(([name, attribute]) => [
              `\`${name}\``,
              attributeTypeText(attribute),
              attribute.description,
            ]),
          ),
        ]),
  ];
}

function nestedSections(
  name: string,
  attributes: Attributes,
): readonly string[] {
  return [
    `### ${name}`,
    markdownTable(
      ["argument", "type", "", "meaning"],
      Object.entries(attributes).map(([inner, attribute]) => [
        `\`${inner}\``,
        attributeTypeText(attribute),
        remarksOn(attribute),
        attribute.description,
      ]),
    ),
  ];
}

function attributeTypeText({ type }: AttributeDocument): string {
  return type === undefined ? "object" : typeText(type);
}

function remarksOn(attribute: AttributeDocument): string {
  return [
    attribute.required === true ? "required" : "",
    attribute.computed === true ? "computed where not given" : "",
    attribute.write_only === true ? "write-only" : "",
    attribute.sensitive === true ? "sensitive" : "",
  ]
    .filter((remark) => remark !== "")
    .join(", ");
}

function functionSections(
  name: string,
  definition: FunctionDocument,
): readonly string[] {
  const parameters = definition.parameters.map((parameter) => parameter.name);
  return [
    `## ${name}`,
    `${definition.summary}.`,
    `\`provider::patchbay::${name}(${parameters.join(", ")})\``,
    definition.description,
    markdownTable(
      ["parameter", "type", "meaning"],
      definition.parameters.map((parameter) => [
        `\`${parameter.name}\``,
        typeText(parameter.type),
        parameter.description,
      ]),
    ),
    `Result: ${typeText(definition.return_type)}.`,
  ];
}
