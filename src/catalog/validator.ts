import type * as Ajv2020Module from "ajv/dist/2020";
import type * as FormatsModule from "ajv-formats";
import type { ErrorObject, ValidateFunction } from "ajv";
import type { Value } from "../model";
import type { ConnectionType } from "./connection-type";

/** One rule of a schema that a value breaks, with the value and the schema that holds the rule. */
export type RuleError = ErrorObject;

const compiled = new WeakMap<ConnectionType, ValidateFunction>();
let compile: ((schema: object) => ValidateFunction) | undefined;

/** Every rule of the type's schema that the fields break. The schema is compiled on first use. */
export function ruleErrors(
  type: ConnectionType,
  fields: Value,
): readonly RuleError[] {
  let validate = compiled.get(type);
  if (validate === undefined) {
    compile ??= createCompiler();
    validate = compile(type.schema);
    compiled.set(type, validate);
  }
  return validate(fields) ? [] : [...(validate.errors ?? [])];
}

/** Loads ajv, which takes longer than everything else that the provider does at its start. */
function createCompiler(): (schema: object) => ValidateFunction {
  const { Ajv2020 } = require("ajv/dist/2020") as typeof Ajv2020Module;
  const { default: addFormats } =
    require("ajv-formats") as typeof FormatsModule;
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictRequired: false,
  });
  addFormats(ajv, ["uri", "hostname", "email", "ipv4", "ipv6"]);
  return (schema) => ajv.compile(schema);
}
