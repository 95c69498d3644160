import { platformDefinitions } from "../../src/platforms/registry";
import { providerSchemaJson } from "../../src/provider/schema/schema-json";

/** The form of `terraform providers schema -json`, as far as the reference shows it. */
export interface ProviderDocument {
  readonly provider: SchemaDocument;
  readonly resource_schemas: Readonly<Record<string, SchemaDocument>>;
  readonly data_source_schemas: Readonly<Record<string, SchemaDocument>>;
  readonly functions: Readonly<Record<string, FunctionDocument>>;
}

export interface SchemaDocument {
  readonly block: {
    readonly description: string;
    readonly attributes: Attributes;
  };
}

export type Attributes = Readonly<Record<string, AttributeDocument>>;

export interface AttributeDocument {
  readonly type?: TypeDocument;
  readonly nested_type?: { readonly attributes: Attributes };
  readonly description: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
}

export interface FunctionDocument {
  readonly summary: string;
  readonly description: string;
  readonly return_type: TypeDocument;
  readonly parameters: readonly {
    readonly name: string;
    readonly description: string;
    readonly type: TypeDocument;
  }[];
}

/** Terraform's JSON form of a type: `"string"`, `["list", "string"]`, `["object", { … }]`. */
export type TypeDocument =
  | string
  | readonly ["list" | "set" | "map", TypeDocument]
  | readonly ["object", Readonly<Record<string, TypeDocument>>];

const ADDRESS = "registry.terraform.io/patchbay/patchbay";

/** The provider's schema, from the code. */
export function providerDocument(): ProviderDocument {
  const document = providerSchemaJson({
    address: ADDRESS,
    platforms: platformDefinitions,
  }) as unknown as {
    readonly provider_schemas: Readonly<Record<string, ProviderDocument>>;
  };
  return document.provider_schemas[ADDRESS]!;
}

/** `list of string`, `object {id, name}`. */
export function typeText(type: TypeDocument): string {
  if (typeof type === "string") return type;
  if (type[0] === "object")
    return `object {${Object.keys(type[1]).join(", ")}}`;
  return `${type[0]} of ${typeText(type[1])}`;
}
