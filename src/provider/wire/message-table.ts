/**
 * The messages of tfplugin6 (up to 6.11, the RPCs that we serve) as they are on the wire. Each entry has one field for
 * each member of its TypeScript type in messages.ts, checked by the compiler.
 * The numbers are facts of the protocol: see terraform's docs/plugin-protocol. Schemas are in schema-table.ts.
 */
import type * as m from "./messages";
import {
  bool,
  bytes,
  defineMessage,
  int64,
  list,
  map,
  message,
  optional,
  text,
  words,
  type Field,
  type MessageCodec,
} from "./protobuf";
import { functions, identitySchemas, schema, schemas } from "./schema-table";

type Codec<T> = MessageCodec<T>;

const dynamicValue: Codec<m.DynamicValue> = defineMessage({
  msgpack: optional(bytes(1)),
  json: optional(bytes(2)),
});
const value = (number: number): Field<m.DynamicValue> =>
  message(number, () => dynamicValue);

const attributePathStep: Codec<m.AttributePathStep> = defineMessage({
  attributeName: optional(text(1)),
  elementKeyString: optional(text(2)),
  elementKeyInt: optional(int64(3)),
});
const attributePath: Codec<m.AttributePath> = defineMessage({
  steps: list(message(1, () => attributePathStep)),
});
const path = (number: number): Field<m.AttributePath> =>
  message(number, () => attributePath);

const diagnostic: Codec<m.WireDiagnostic> = defineMessage({
  severity: words(1, undefined, "error", "warning"),
  summary: text(2),
  detail: text(3),
  attribute: path(4),
});
const diagnostics = (number: number): Field<readonly m.WireDiagnostic[]> =>
  list(message(number, () => diagnostic));
const diagnosticsAt1: Codec<m.DiagnosticsResponse> = defineMessage({
  diagnostics: diagnostics(1),
});
const diagnosticsAt2: Codec<m.DiagnosticsResponse> = defineMessage({
  diagnostics: diagnostics(2),
});

const rawStateMessage: Codec<m.RawState> = defineMessage({
  json: bytes(1),
  flatmap: map(text(2)),
});
const rawState = (number: number): Field<m.RawState> =>
  message(number, () => rawStateMessage);

const identityData: Codec<m.ResourceIdentityData> = defineMessage({
  identityData: value(1),
});
const identity = (number: number): Field<m.ResourceIdentityData> =>
  message(number, () => identityData);

const clientCapabilitiesMessage: Codec<m.ClientCapabilities> = defineMessage({
  deferralAllowed: bool(1),
  writeOnlyAttributesAllowed: bool(2),
  storePlannedPrivate: bool(3),
  computedBlocksAllowed: bool(4),
});
const clientCapabilities = (number: number): Field<m.ClientCapabilities> =>
  message(number, () => clientCapabilitiesMessage);

const serverCapabilitiesMessage: Codec<m.ServerCapabilities> = defineMessage({
  planDestroy: bool(1),
  getProviderSchemaOptional: bool(2),
  moveResourceState: bool(3),
  generateResourceConfig: bool(4),
});
const serverCapabilities = (number: number): Field<m.ServerCapabilities> =>
  message(number, () => serverCapabilitiesMessage);

const deferredMessage: Codec<m.Deferred> = defineMessage({
  reason: words(
    1,
    "unknown",
    "resourceConfigUnknown",
    "providerConfigUnknown",
    "absentPrerequisite",
  ),
});
const deferred = (number: number): Field<m.Deferred> =>
  message(number, () => deferredMessage);

const timestampMessage: Codec<m.Timestamp> = defineMessage({
  seconds: int64(1),
  nanos: int64(2),
});
const timestamp = (number: number): Field<m.Timestamp> =>
  message(number, () => timestampMessage);

const functionError: Codec<m.FunctionError> = defineMessage({
  text: text(1),
  functionArgument: optional(int64(2)),
});

const typeNameItem: Codec<m.TypeNameItem> = defineMessage({
  typeName: text(1),
});
const nameItem: Codec<m.NameItem> = defineMessage({ name: text(1) });
const typeNames = (number: number): Field<readonly m.TypeNameItem[]> =>
  list(message(number, () => typeNameItem));

const importedResource: Codec<m.ImportedResource> = defineMessage({
  typeName: text(1),
  state: value(2),
  private: bytes(3),
  identity: identity(4),
});

export const emptyMessage: Codec<m.EmptyMessage> = defineMessage({});

/** What an RPC takes and gives. */
export interface RpcCodecs<Request, Response> {
  readonly request: MessageCodec<Request>;
  readonly response: MessageCodec<Response>;
}

const validateResourceConfigRequest: Codec<m.ValidateResourceConfigRequest> =
  defineMessage({
    typeName: text(1),
    config: value(2),
    clientCapabilities: clientCapabilities(3),
  });

export const rpcCodecs = {
  GetMetadata: {
    request: emptyMessage,
    response: defineMessage<m.GetMetadataResponse>({
      serverCapabilities: serverCapabilities(1),
      diagnostics: diagnostics(2),
      dataSources: typeNames(3),
      resources: typeNames(4),
      functions: list(message(5, () => nameItem)),
      ephemeralResources: typeNames(6),
    }),
  },
  GetProviderSchema: {
    request: emptyMessage,
    response: defineMessage<m.GetProviderSchemaResponse>({
      provider: schema(1),
      resourceSchemas: schemas(2),
      dataSourceSchemas: schemas(3),
      diagnostics: diagnostics(4),
      providerMeta: schema(5),
      serverCapabilities: serverCapabilities(6),
      functions: functions(7),
      ephemeralResourceSchemas: schemas(8),
    }),
  },
  ValidateProviderConfig: {
    request: defineMessage<m.ValidateProviderConfigRequest>({
      config: value(1),
    }),
    response: diagnosticsAt2,
  },
  ValidateResourceConfig: {
    request: validateResourceConfigRequest,
    response: diagnosticsAt1,
  },
  ValidateDataResourceConfig: {
    request: defineMessage<m.ValidateDataResourceConfigRequest>({
      typeName: text(1),
      config: value(2),
    }),
    response: diagnosticsAt1,
  },
  UpgradeResourceState: {
    request: defineMessage<m.UpgradeResourceStateRequest>({
      typeName: text(1),
      version: int64(2),
      rawState: rawState(3),
    }),
    response: defineMessage<m.UpgradeResourceStateResponse>({
      upgradedState: value(1),
      diagnostics: diagnostics(2),
    }),
  },
  GetResourceIdentitySchemas: {
    request: emptyMessage,
    response: defineMessage<m.GetResourceIdentitySchemasResponse>({
      identitySchemas: identitySchemas(1),
      diagnostics: diagnostics(2),
    }),
  },
  UpgradeResourceIdentity: {
    request: defineMessage<m.UpgradeResourceIdentityRequest>({
      typeName: text(1),
      version: int64(2),
      rawIdentity: rawState(3),
    }),
    response: defineMessage<m.UpgradeResourceIdentityResponse>({
      upgradedIdentity: identity(1),
      diagnostics: diagnostics(2),
    }),
  },
  ConfigureProvider: {
    request: defineMessage<m.ConfigureProviderRequest>({
      terraformVersion: text(1),
      config: value(2),
      clientCapabilities: clientCapabilities(3),
    }),
    response: diagnosticsAt1,
  },
  ReadResource: {
    request: defineMessage<m.ReadResourceRequest>({
      typeName: text(1),
      currentState: value(2),
      private: bytes(3),
      providerMeta: value(4),
      clientCapabilities: clientCapabilities(5),
      currentIdentity: identity(6),
    }),
    response: defineMessage<m.ReadResourceResponse>({
      newState: value(1),
      diagnostics: diagnostics(2),
      private: bytes(3),
      deferred: deferred(4),
      newIdentity: identity(5),
    }),
  },
  PlanResourceChange: {
    request: defineMessage<m.PlanResourceChangeRequest>({
      typeName: text(1),
      priorState: value(2),
      proposedNewState: value(3),
      config: value(4),
      priorPrivate: bytes(5),
      providerMeta: value(6),
      clientCapabilities: clientCapabilities(7),
      priorIdentity: identity(8),
      plannedPrivate: bytes(9),
    }),
    response: defineMessage<m.PlanResourceChangeResponse>({
      plannedState: value(1),
      requiresReplace: list(path(2)),
      plannedPrivate: bytes(3),
      diagnostics: diagnostics(4),
      deferred: deferred(6),
      plannedIdentity: identity(7),
    }),
  },
  ApplyResourceChange: {
    request: defineMessage<m.ApplyResourceChangeRequest>({
      typeName: text(1),
      priorState: value(2),
      plannedState: value(3),
      config: value(4),
      plannedPrivate: bytes(5),
      providerMeta: value(6),
      plannedIdentity: identity(7),
    }),
    response: defineMessage<m.ApplyResourceChangeResponse>({
      newState: value(1),
      private: bytes(2),
      diagnostics: diagnostics(3),
      newIdentity: identity(5),
    }),
  },
  ImportResourceState: {
    request: defineMessage<m.ImportResourceStateRequest>({
      typeName: text(1),
      id: text(2),
      clientCapabilities: clientCapabilities(3),
      identity: identity(4),
    }),
    response: defineMessage<m.ImportResourceStateResponse>({
      importedResources: list(message(1, () => importedResource)),
      diagnostics: diagnostics(2),
      deferred: deferred(3),
    }),
  },
  MoveResourceState: {
    request: defineMessage<m.MoveResourceStateRequest>({
      sourceProviderAddress: text(1),
      sourceTypeName: text(2),
      sourceSchemaVersion: int64(3),
      sourceState: rawState(4),
      targetTypeName: text(5),
      sourcePrivate: bytes(6),
      sourceIdentity: rawState(7),
      sourceIdentitySchemaVersion: int64(8),
    }),
    response: defineMessage<m.MoveResourceStateResponse>({
      targetState: value(1),
      diagnostics: diagnostics(2),
      targetPrivate: bytes(3),
      targetIdentity: identity(4),
    }),
  },
  ReadDataSource: {
    request: defineMessage<m.ReadDataSourceRequest>({
      typeName: text(1),
      config: value(2),
      providerMeta: value(3),
      clientCapabilities: clientCapabilities(4),
    }),
    response: defineMessage<m.ReadDataSourceResponse>({
      state: value(1),
      diagnostics: diagnostics(2),
      deferred: deferred(3),
    }),
  },
  GenerateResourceConfig: {
    request: defineMessage<m.GenerateResourceConfigRequest>({
      typeName: text(1),
      state: value(2),
    }),
    response: defineMessage<m.GenerateResourceConfigResponse>({
      config: value(1),
      diagnostics: diagnostics(2),
    }),
  },
  ValidateEphemeralResourceConfig: {
    request: defineMessage<m.ValidateEphemeralResourceConfigRequest>({
      typeName: text(1),
      config: value(2),
    }),
    response: diagnosticsAt1,
  },
  OpenEphemeralResource: {
    request: defineMessage<m.OpenEphemeralResourceRequest>({
      typeName: text(1),
      config: value(2),
      clientCapabilities: clientCapabilities(3),
    }),
    response: defineMessage<m.OpenEphemeralResourceResponse>({
      diagnostics: diagnostics(1),
      renewAt: timestamp(2),
      result: value(3),
      private: optional(bytes(4)),
      deferred: deferred(5),
    }),
  },
  RenewEphemeralResource: {
    request: defineMessage<m.RenewEphemeralResourceRequest>({
      typeName: text(1),
      private: optional(bytes(2)),
    }),
    response: defineMessage<m.RenewEphemeralResourceResponse>({
      diagnostics: diagnostics(1),
      renewAt: timestamp(2),
      private: optional(bytes(3)),
    }),
  },
  CloseEphemeralResource: {
    request: defineMessage<m.CloseEphemeralResourceRequest>({
      typeName: text(1),
      private: optional(bytes(2)),
    }),
    response: diagnosticsAt1,
  },
  GetFunctions: {
    request: emptyMessage,
    response: defineMessage<m.GetFunctionsResponse>({
      functions: functions(1),
      diagnostics: diagnostics(2),
    }),
  },
  CallFunction: {
    request: defineMessage<m.CallFunctionRequest>({
      name: text(1),
      arguments: list(value(2)),
    }),
    response: defineMessage<m.CallFunctionResponse>({
      result: value(1),
      error: message(2, () => functionError),
    }),
  },
  StopProvider: {
    request: emptyMessage,
    response: defineMessage<m.StopProviderResponse>({ error: text(1) }),
  },
} as const;

export type RpcName = keyof typeof rpcCodecs;
