/**
 * The schema that a provider declares: messages of GetProviderSchema, GetFunctions and GetResourceIdentitySchemas.
 * Core checks them at load time and refuses every command when they break a rule (see each field).
 */
import type { CtyType } from "./cty-type";

export type StringKind = "plain" | "markdown";

export interface Schema {
  readonly version?: number;
  readonly block: SchemaBlock;
}

export interface SchemaBlock {
  readonly version?: number;
  readonly attributes?: readonly SchemaAttribute[];
  readonly blockTypes?: readonly SchemaNestedBlock[];
  readonly description?: string;
  readonly descriptionKind?: StringKind;
  readonly deprecated?: boolean;
  /** Shown by Terraform >= 1.15. */
  readonly deprecationMessage?: string;
}

/**
 * Exactly one of `type` and `nestedType`. Either `required`, or one or both of `optional` and `computed`.
 * `writeOnly`: never stored; reaches the provider in config only.
 */
export interface SchemaAttribute {
  readonly name: string;
  readonly type?: CtyType;
  readonly nestedType?: SchemaObject;
  readonly description?: string;
  readonly descriptionKind?: StringKind;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly writeOnly?: boolean;
  /** Shown by Terraform >= 1.15. */
  readonly deprecationMessage?: string;
}

/** The type of an attribute that is written with `=` and declares its fields one by one. */
export interface SchemaObject {
  readonly attributes: readonly SchemaAttribute[];
  readonly nesting: "single" | "list" | "set" | "map";
}

export interface SchemaNestedBlock {
  readonly typeName: string;
  readonly block: SchemaBlock;
  readonly nesting: "single" | "list" | "set" | "map" | "group";
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface FunctionParameter {
  readonly name: string;
  readonly type: CtyType;
  readonly allowNullValue?: boolean;
  readonly allowUnknownValues?: boolean;
  readonly description?: string;
  readonly descriptionKind?: StringKind;
}

export interface FunctionReturn {
  readonly type: CtyType;
}

export interface FunctionDefinition {
  readonly parameters?: readonly FunctionParameter[];
  readonly variadicParameter?: FunctionParameter;
  readonly return: FunctionReturn;
  readonly summary?: string;
  readonly description?: string;
  readonly descriptionKind?: StringKind;
  readonly deprecationMessage?: string;
}

export interface ResourceIdentitySchema {
  readonly version?: number;
  readonly identityAttributes: readonly IdentityAttribute[];
}

/** `type` is a primitive or a list. */
export interface IdentityAttribute {
  readonly name: string;
  readonly type: CtyType;
  readonly requiredForImport?: boolean;
  readonly optionalForImport?: boolean;
  readonly description?: string;
}
