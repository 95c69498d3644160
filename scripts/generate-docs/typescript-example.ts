import type {
  ConnectionType,
  ConnectionTypeExample,
  FieldSchema,
} from "../../src/catalog";
import { propNameOf } from "../../src/constructs/typed/prop-name";
import { classPrefixOf } from "../../src/constructs/typed/generate-typed-connections";
import { isObject, type Value } from "../../src/model";
import {
  type ExampleLanguage,
  identifierOf,
  type Member,
  memberLines,
  objectText,
  secretText,
  valueText,
} from "./example-values";

const typescript: ExampleLanguage = {
  assignment: ": ",
  separator: ",",
  aligned: false,
  text: (text) => JSON.stringify(text),
  secret: (name) => `Secret.fromVariable(this, "${name.toUpperCase()}")`,
  field: (name) =>
    /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name),
};

/** The example as a typed construct, inside a stack. */
export function typescriptExample(
  type: ConnectionType,
  example: ConnectionTypeExample,
): string {
  const name = `${classPrefixOf(type.name)}Connection`;
  const prefix = identifierOf(type.name);
  const secrets = Object.entries(example.secrets).map(
    ([field, value]): Member => ({
      field: propNameOf(field),
      value: secretText(value, `${prefix}_${identifierOf(field)}`, typescript),
    }),
  );
  const members: readonly Member[] = [
    { field: "name", value: typescript.text("example") },
    ...fieldMembers(type.schema, example.config),
    ...secrets,
  ];
  const imports = secrets.length === 0 ? name : sorted([name, "Secret"]);
  return [
    `import { ${imports} } from "cdktf-patchbay";`,
    "",
    `new ${name}(this, "${type.name}", {`,
    ...memberLines(members, typescript),
    "});",
  ].join("\n");
}

/** Fields that the schema names are props; keys of maps stay as they are. */
function fieldMembers(
  schema: FieldSchema,
  fields: { readonly [field: string]: Value },
): readonly Member[] {
  return Object.entries(fields).map(([field, value]) => {
    const part = schema.properties?.[field];
    const isNested = part?.properties !== undefined && isObject(value);
    return {
      field: propNameOf(field),
      value: isNested
        ? objectText(fieldMembers(part, value), typescript)
        : valueText(value, typescript),
    };
  });
}

function sorted(names: readonly string[]): string {
  return [...names].sort().join(", ");
}
