/**
 * The wire: everything between core's process and the provider's decisions. Handshake, gRPC, protobuf messages, values
 * and their encodings, logging. It knows the protocol and nothing of Patchbay, so it imports nothing of ours, and
 * touches neither `process.env` nor `process.exit`: the caller hands in what it may use.
 */
export { CtyError, formatCtyPath, type CtyPathStep } from "./cty-error";
export { ctyEquals, ctyKey } from "./cty-equals";
export { decodeJson, type DecodeJsonOptions } from "./cty-json";
export { decodeMsgpack, encodeMsgpack } from "./cty-msgpack";
export {
  Decimal,
  isCtyNumber,
  numberEquals,
  numberFromBigInt,
  numberFromFloat,
  numberFromText,
  numberToText,
  type CtyNumber,
} from "./cty-number";
export {
  BOOL,
  DYNAMIC,
  NUMBER,
  STRING,
  formatType,
  internType,
  listOf,
  mapOf,
  objectOf,
  parseType,
  setOf,
  tupleOf,
  typeEquals,
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
  impliedType,
  isRecord,
  isWhollyKnown,
  recordOf,
  toDynamic,
  type CtyRecord,
  type CtyValue,
  type NumberBound,
  type Refinements,
} from "./cty-value";
export { decodeDynamicValue, encodeDynamicValue } from "./dynamic-value";
export {
  parseExactJson,
  type ExactJson,
  type ExactJsonObject,
} from "./exact-json";
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
export { createCertificate, type ServerCertificate } from "./certificate";
export {
  LOG_LEVELS,
  createLogger,
  parseLogLevel,
  type LogFields,
  type LogLevel,
  type LogStream,
  type Logger,
  type LoggerOptions,
} from "./hclog";
export {
  watchLifeCycle,
  type LifeCycle,
  type LifeCycleOptions,
} from "./life-cycle";
export {
  servePlugin,
  type ServePluginOptions,
  type ServeResult,
  type ServedPlugin,
  type TextSink,
} from "./plugin-server";
export { reattachValue, type ReattachOptions } from "./reattach";
export type { ListenAddress, PluginEnvironment } from "./handshake";
