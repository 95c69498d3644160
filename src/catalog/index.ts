/**
 * The connection types: one folder per type with its JSON Schema, and what
 * follows from a schema: checks, the prescribed form of values, which fields
 * are secret, the connection string. A new type is one new folder.
 *
 * Knows no platform and no Terraform, but for the names of the platforms' own
 * types that are proposed in place of one that there is not. Nothing here is platform-specific: how a
 * type is translated for a platform belongs to that platform's folder. What ajv
 * makes of the schemas is code that `npm run generate` writes; no process loads ajv.
 */
export {
  type CheckFieldsOptions,
  checkFields,
  type SecretsPath,
} from "./check-fields";
export {
  type CheckOverridesOptions,
  checkOverrides,
  type OverrideSecretsPath,
} from "./check-overrides";
export { connectionStringOf } from "./connection-string";
export type { ConnectionType } from "./connection-type";
export type {
  ConnectionTypeSchema,
  FieldSchema,
  FieldSet,
  FieldType,
} from "./field-schema";
export { changedDestination, type DestinationOf } from "./destination";
export { doubtfulSecret, doubtfulSecrets } from "./doubtful-secrets";
export { type ConnectionTypeExample, examplesOf } from "./examples";
export {
  equalInMeaning,
  type MeaningOptions,
  normalizeFields,
  type NormalizeOptions,
  spelledAs,
} from "./normalize";
export { checkObject } from "./object-check";
export {
  checkConnectionType,
  listConnectionTypes,
  tryFindConnectionType,
} from "./registry";
export { plainPathsOf, secretNameOf, soundingSecrets } from "./secret-place";
export { isSecretField, secretFieldsOfType } from "./secret-fields";
export { soundingPaths, soundsSecret } from "./sounds-secret";
