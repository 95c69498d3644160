/**
 * The wire: everything between core's process and the provider's decisions. Handshake, gRPC, protobuf messages, values
 * and their encodings, logging. It knows the protocol and nothing of Patchbay, so it imports nothing of ours, and
 * touches neither `process.env` nor `process.exit`: the caller hands in what it may use.
 */
export { CtyError, formatCtyPath } from "./cty-error";
export { type CtyPathStep } from "./cty-error";
export { ctyEquals } from "./cty-equals";
export { decodeJson, type DecodeJsonOptions } from "./cty-json";
export {
  Decimal,
  isCtyNumber,
  numberFromFloat,
  numberToText,
  type CtyNumber,
} from "./cty-number";
export {
  BOOL,
  DYNAMIC,
  NUMBER,
  STRING,
  formatType,
  listOf,
  mapOf,
  objectOf,
  setOf,
  type CollectionType,
  type CtyType,
  type ObjectType,
  type PrimitiveType,
  type TupleType,
} from "./cty-type";
export {
  Dynamic,
  UNKNOWN,
  Unknown,
  containsUnknown,
  isRecord,
  recordOf,
  toDynamic,
  type CtyRecord,
  type CtyValue,
  type NumberBound,
  type Refinements,
} from "./cty-value";
export { decodeDynamicValue, encodeDynamicValue } from "./dynamic-value";
export { type ExactJson, type ExactJsonObject } from "./exact-json";
export type {
  ApplyResourceChangeRequest,
  ApplyResourceChangeResponse,
  AttributePath,
  AttributePathStep,
  CallFunctionRequest,
  CallFunctionResponse,
  ClientCapabilities,
  CloseEphemeralResourceRequest,
  CloseEphemeralResourceResponse,
  ConfigureProviderRequest,
  ConfigureProviderResponse,
  Deferred,
  DiagnosticsResponse,
  DynamicValue,
  EmptyMessage,
  FunctionError,
  GenerateResourceConfigRequest,
  GenerateResourceConfigResponse,
  GetFunctionsRequest,
  GetFunctionsResponse,
  GetMetadataRequest,
  GetMetadataResponse,
  GetProviderSchemaRequest,
  GetProviderSchemaResponse,
  GetResourceIdentitySchemasRequest,
  GetResourceIdentitySchemasResponse,
  ImportResourceStateRequest,
  ImportResourceStateResponse,
  ImportedResource,
  MoveResourceStateRequest,
  MoveResourceStateResponse,
  NameItem,
  OpenEphemeralResourceRequest,
  OpenEphemeralResourceResponse,
  PlanResourceChangeRequest,
  PlanResourceChangeResponse,
  RawState,
  ReadDataSourceRequest,
  ReadDataSourceResponse,
  ReadResourceRequest,
  ReadResourceResponse,
  RenewEphemeralResourceRequest,
  RenewEphemeralResourceResponse,
  ResourceIdentityData,
  ServerCapabilities,
  StopProviderRequest,
  StopProviderResponse,
  Timestamp,
  TypeNameItem,
  UpgradeResourceIdentityRequest,
  UpgradeResourceIdentityResponse,
  UpgradeResourceStateRequest,
  UpgradeResourceStateResponse,
  ValidateDataResourceConfigRequest,
  ValidateDataResourceConfigResponse,
  ValidateEphemeralResourceConfigRequest,
  ValidateEphemeralResourceConfigResponse,
  ValidateProviderConfigRequest,
  ValidateProviderConfigResponse,
  ValidateResourceConfigRequest,
  ValidateResourceConfigResponse,
  WireDiagnostic,
} from "./messages";
export type {
  FunctionDefinition,
  FunctionParameter,
  FunctionReturn,
  IdentityAttribute,
  ResourceIdentitySchema,
  Schema,
  SchemaAttribute,
  SchemaBlock,
  SchemaNestedBlock,
  SchemaObject,
  StringKind,
} from "./schema-messages";
export type { ProviderService, UnaryRpc } from "./provider-service";
export { type ServerCertificate } from "./certificate";
export {
  type LogFields,
  type LogLevel,
  type LogStream,
  type Logger,
  type LoggerOptions,
} from "./hclog";
export { type LifeCycle, type LifeCycleOptions } from "./life-cycle";
export {
  type ServePluginOptions,
  type ServeResult,
  type ServedPlugin,
  type TextSink,
} from "./plugin-server";
export { type ReattachOptions } from "./reattach";
export type { ListenAddress, PluginEnvironment } from "./handshake";
