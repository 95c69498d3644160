import type { PlatformDefinition } from "../../model";
import { ProviderContext } from "../provider-context";
import { getProviderSchema } from "../server/get-provider-schema";
import {
  formatType,
  type FunctionDefinition,
  type FunctionParameter,
  type Schema,
  type SchemaAttribute,
} from "../wire";

/** A JSON document; what `terraform providers schema -json` prints. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/**
 * The provider's schema in the shape of `terraform providers schema -json`, made
 * without Terraform: for generators and docs.
 */
export function providerSchemaJson(options: {
  /** `registry.terraform.io/patchbay/patchbay` */
  readonly address: string;
  readonly platforms: readonly PlatformDefinition[];
}): Json {
  const schema = getProviderSchema(
    new ProviderContext({
      platforms: options.platforms,
      environment: {},
      workingDirectory: "",
      log: { trace: ignore, debug: ignore, warn: ignore },
    }),
  );
  return {
    format_version: "1.0",
    provider_schemas: {
      [options.address]: {
        provider: schemaJson(schema.provider),
        resource_schemas: mapValues(schema.resourceSchemas, schemaJson),
        data_source_schemas: mapValues(schema.dataSourceSchemas, schemaJson),
        functions: mapValues(schema.functions, functionJson),
      },
    },
  };
}

function ignore(): void {
  // Nothing is logged while a schema is printed.
}

function schemaJson(schema: Schema): Json {
  const {
    attributes = [],
    description = "",
    descriptionKind = "plain",
  } = schema.block;
  return {
    version: schema.version ?? 0,
    block: {
      attributes: attributesJson(attributes),
      description,
      description_kind: descriptionKind,
    },
  };
}

function attributesJson(attributes: readonly SchemaAttribute[]): Json {
  return mapValues(
    Object.fromEntries(
      attributes.map((attribute) => [attribute.name, attribute]),
    ),
    attributeJson,
  );
}

function attributeJson(attribute: SchemaAttribute): Json {
  const {
    type,
    nestedType,
    description = "",
    descriptionKind = "plain",
  } = attribute;
  return {
    ...(type === undefined
      ? {}
      : { type: JSON.parse(formatType(type)) as Json }),
    ...(nestedType === undefined
      ? {}
      : {
          nested_type: {
            attributes: attributesJson(nestedType.attributes),
            nesting_mode: nestedType.nesting,
          },
        }),
    description,
    description_kind: descriptionKind,
    ...flag("required", attribute.required),
    ...flag("optional", attribute.optional),
    ...flag("computed", attribute.computed),
    ...flag("sensitive", attribute.sensitive),
    ...flag("write_only", attribute.writeOnly),
  };
}

function functionJson(definition: FunctionDefinition): Json {
  return {
    description: definition.description ?? "",
    summary: definition.summary ?? "",
    return_type: JSON.parse(formatType(definition.return.type)) as Json,
    parameters: (definition.parameters ?? []).map(parameterJson),
  };
}

function parameterJson(parameter: FunctionParameter): Json {
  return {
    name: parameter.name,
    description: parameter.description ?? "",
    ...flag("is_nullable", parameter.allowNullValue),
    type: JSON.parse(formatType(parameter.type)) as Json,
  };
}

function flag(
  name: string,
  value: boolean | undefined,
): { readonly [name: string]: Json } {
  return value === true ? { [name]: true } : {};
}

function mapValues<T>(
  record: Readonly<Record<string, T>>,
  convert: (value: T) => Json,
): Json {
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((name) => [name, convert(record[name]!)]),
  );
}
