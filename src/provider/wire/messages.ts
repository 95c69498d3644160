/**
 * What every RPC of protocol 6 (tfplugin6) takes and answers, as TypeScript sees it: lowerCamelCase fields, enums as
 * words, types as `CtyType`. A request is complete: absent text is "", an absent number 0, an absent list []; an absent
 * message is undefined. In a response everything that may be left out is optional.
 * How they look on the wire is in message-table.ts, which does not compile when it misses a field of these.
 */
import type {
  Schema,
  FunctionDefinition,
  ResourceIdentitySchema,
} from "./schema-messages";

/** A value: always answered as msgpack. Left out of a response it means null, which in ReadResource means "gone". */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** Elements of a set cannot be addressed: stop at the set. */
export type AttributePathStep =
  | { readonly attributeName: string }
  | { readonly elementKeyString: string }
  | { readonly elementKeyInt: number };

export interface AttributePath {
  readonly steps: readonly AttributePathStep[];
}

export interface WireDiagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  /** Absent when the message is about the whole resource. */
  readonly attribute?: AttributePath;
}

/** State as it was written, by whatever schema version wrote it. `flatmap` is from before Terraform 0.12. */
export interface RawState {
  readonly json: Uint8Array;
  readonly flatmap: Readonly<Record<string, string>>;
}

export interface ResourceIdentityData {
  readonly identityData?: DynamicValue;
}

export interface ClientCapabilities {
  readonly deferralAllowed: boolean;
  readonly writeOnlyAttributesAllowed: boolean;
  readonly storePlannedPrivate: boolean;
  readonly computedBlocksAllowed: boolean;
}

export interface ServerCapabilities {
  readonly planDestroy?: boolean;
  readonly getProviderSchemaOptional?: boolean;
  readonly moveResourceState?: boolean;
  readonly generateResourceConfig?: boolean;
}

/** Only in answer to a client that allows deferral. */
export interface Deferred {
  readonly reason:
    | "unknown"
    | "resourceConfigUnknown"
    | "providerConfigUnknown"
    | "absentPrerequisite";
}

export interface FunctionError {
  readonly text: string;
  /** Which argument is at fault, counted from 0. */
  readonly functionArgument?: number;
}

/** google.protobuf.Timestamp */
export interface Timestamp {
  readonly seconds: number;
  readonly nanos?: number;
}

export type EmptyMessage = Readonly<Record<never, never>>;

export interface DiagnosticsResponse {
  readonly diagnostics?: readonly WireDiagnostic[];
}

export interface TypeNameItem {
  readonly typeName: string;
}
export interface NameItem {
  readonly name: string;
}

export type GetMetadataRequest = EmptyMessage;
export interface GetMetadataResponse extends DiagnosticsResponse {
  readonly serverCapabilities?: ServerCapabilities;
  readonly dataSources?: readonly TypeNameItem[];
  readonly resources?: readonly TypeNameItem[];
  readonly functions?: readonly NameItem[];
  readonly ephemeralResources?: readonly TypeNameItem[];
}

export type GetProviderSchemaRequest = EmptyMessage;
export interface GetProviderSchemaResponse extends DiagnosticsResponse {
  /** Required by core, an empty block if there is nothing to configure. */
  readonly provider?: Schema;
  readonly resourceSchemas?: Readonly<Record<string, Schema>>;
  readonly dataSourceSchemas?: Readonly<Record<string, Schema>>;
  readonly providerMeta?: Schema;
  readonly serverCapabilities?: ServerCapabilities;
  readonly functions?: Readonly<Record<string, FunctionDefinition>>;
  readonly ephemeralResourceSchemas?: Readonly<Record<string, Schema>>;
}

export interface ValidateProviderConfigRequest {
  readonly config?: DynamicValue;
}
export type ValidateProviderConfigResponse = DiagnosticsResponse;

export interface ValidateResourceConfigRequest {
  readonly typeName: string;
  readonly config?: DynamicValue;
  readonly clientCapabilities?: ClientCapabilities;
}
export type ValidateResourceConfigResponse = DiagnosticsResponse;

export interface ValidateDataResourceConfigRequest {
  readonly typeName: string;
  readonly config?: DynamicValue;
}
export type ValidateDataResourceConfigResponse = DiagnosticsResponse;

export interface UpgradeResourceStateRequest {
  readonly typeName: string;
  readonly version: number;
  readonly rawState?: RawState;
}
export interface UpgradeResourceStateResponse extends DiagnosticsResponse {
  readonly upgradedState?: DynamicValue;
}

export type GetResourceIdentitySchemasRequest = EmptyMessage;
export interface GetResourceIdentitySchemasResponse extends DiagnosticsResponse {
  readonly identitySchemas?: Readonly<Record<string, ResourceIdentitySchema>>;
}

export interface UpgradeResourceIdentityRequest {
  readonly typeName: string;
  readonly version: number;
  readonly rawIdentity?: RawState;
}
export interface UpgradeResourceIdentityResponse extends DiagnosticsResponse {
  readonly upgradedIdentity?: ResourceIdentityData;
}

export interface ConfigureProviderRequest {
  /** Never a way to tell features: OpenTofu sends made-up numbers. */
  readonly terraformVersion: string;
  readonly config?: DynamicValue;
  readonly clientCapabilities?: ClientCapabilities;
}
export type ConfigureProviderResponse = DiagnosticsResponse;

export interface ReadResourceRequest {
  readonly typeName: string;
  readonly currentState?: DynamicValue;
  readonly private: Uint8Array;
  readonly providerMeta?: DynamicValue;
  readonly clientCapabilities?: ClientCapabilities;
  readonly currentIdentity?: ResourceIdentityData;
}
export interface ReadResourceResponse extends DiagnosticsResponse {
  readonly newState?: DynamicValue;
  /** Replaces what is stored: echo it, or it is lost. */
  readonly private?: Uint8Array;
  readonly deferred?: Deferred;
  readonly newIdentity?: ResourceIdentityData;
}

export interface PlanResourceChangeRequest {
  readonly typeName: string;
  readonly priorState?: DynamicValue;
  readonly proposedNewState?: DynamicValue;
  readonly config?: DynamicValue;
  readonly priorPrivate: Uint8Array;
  readonly providerMeta?: DynamicValue;
  readonly clientCapabilities?: ClientCapabilities;
  readonly priorIdentity?: ResourceIdentityData;
  readonly plannedPrivate: Uint8Array;
}
export interface PlanResourceChangeResponse extends DiagnosticsResponse {
  readonly plannedState?: DynamicValue;
  readonly requiresReplace?: readonly AttributePath[];
  readonly plannedPrivate?: Uint8Array;
  readonly deferred?: Deferred;
  readonly plannedIdentity?: ResourceIdentityData;
}

export interface ApplyResourceChangeRequest {
  readonly typeName: string;
  readonly priorState?: DynamicValue;
  readonly plannedState?: DynamicValue;
  readonly config?: DynamicValue;
  readonly plannedPrivate: Uint8Array;
  readonly providerMeta?: DynamicValue;
  readonly plannedIdentity?: ResourceIdentityData;
}
export interface ApplyResourceChangeResponse extends DiagnosticsResponse {
  readonly newState?: DynamicValue;
  /** The planned private data are not carried over by themselves. */
  readonly private?: Uint8Array;
  readonly newIdentity?: ResourceIdentityData;
}

export interface ImportResourceStateRequest {
  readonly typeName: string;
  readonly id: string;
  readonly clientCapabilities?: ClientCapabilities;
  readonly identity?: ResourceIdentityData;
}
export interface ImportedResource {
  readonly typeName: string;
  readonly state?: DynamicValue;
  readonly private?: Uint8Array;
  readonly identity?: ResourceIdentityData;
}
export interface ImportResourceStateResponse extends DiagnosticsResponse {
  readonly importedResources?: readonly ImportedResource[];
  readonly deferred?: Deferred;
}

export interface MoveResourceStateRequest {
  readonly sourceProviderAddress: string;
  readonly sourceTypeName: string;
  readonly sourceSchemaVersion: number;
  readonly sourceState?: RawState;
  readonly targetTypeName: string;
  readonly sourcePrivate: Uint8Array;
  readonly sourceIdentity?: RawState;
  readonly sourceIdentitySchemaVersion: number;
}
export interface MoveResourceStateResponse extends DiagnosticsResponse {
  readonly targetState?: DynamicValue;
  readonly targetPrivate?: Uint8Array;
  readonly targetIdentity?: ResourceIdentityData;
}

export interface ReadDataSourceRequest {
  readonly typeName: string;
  readonly config?: DynamicValue;
  readonly providerMeta?: DynamicValue;
  readonly clientCapabilities?: ClientCapabilities;
}
export interface ReadDataSourceResponse extends DiagnosticsResponse {
  readonly state?: DynamicValue;
  readonly deferred?: Deferred;
}

export interface GenerateResourceConfigRequest {
  readonly typeName: string;
  readonly state?: DynamicValue;
}
export interface GenerateResourceConfigResponse extends DiagnosticsResponse {
  readonly config?: DynamicValue;
}

export interface ValidateEphemeralResourceConfigRequest {
  readonly typeName: string;
  readonly config?: DynamicValue;
}
export type ValidateEphemeralResourceConfigResponse = DiagnosticsResponse;

export interface OpenEphemeralResourceRequest {
  readonly typeName: string;
  readonly config?: DynamicValue;
  readonly clientCapabilities?: ClientCapabilities;
}
export interface OpenEphemeralResourceResponse extends DiagnosticsResponse {
  readonly renewAt?: Timestamp;
  readonly result?: DynamicValue;
  readonly private?: Uint8Array;
  readonly deferred?: Deferred;
}

export interface RenewEphemeralResourceRequest {
  readonly typeName: string;
  readonly private?: Uint8Array;
}
export interface RenewEphemeralResourceResponse extends DiagnosticsResponse {
  readonly renewAt?: Timestamp;
  readonly private?: Uint8Array;
}

export interface CloseEphemeralResourceRequest {
  readonly typeName: string;
  readonly private?: Uint8Array;
}
export type CloseEphemeralResourceResponse = DiagnosticsResponse;

export type GetFunctionsRequest = EmptyMessage;
export interface GetFunctionsResponse extends DiagnosticsResponse {
  readonly functions?: Readonly<Record<string, FunctionDefinition>>;
}

export interface CallFunctionRequest {
  readonly name: string;
  readonly arguments: readonly DynamicValue[];
}
export interface CallFunctionResponse {
  readonly result?: DynamicValue;
  readonly error?: FunctionError;
}

export type StopProviderRequest = EmptyMessage;
export interface StopProviderResponse {
  readonly error?: string;
}
