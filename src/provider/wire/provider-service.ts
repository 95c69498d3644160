/**
 * The port between this folder and the provider: one method per RPC of tfplugin6. A method that is absent is answered
 * with UNIMPLEMENTED. Expected failures are diagnostics in a response; a rejected promise is a bug, and reaches the user
 * as one fixed sentence. The signal aborts when the user interrupts ("cancel what you can, then finish").
 */
import type * as m from "./messages";

export type UnaryRpc<Request, Response> = (
  request: Request,
  signal: AbortSignal,
) => Promise<Response>;

export interface ProviderService {
  readonly getMetadata?: UnaryRpc<m.GetMetadataRequest, m.GetMetadataResponse>;
  readonly getProviderSchema: UnaryRpc<
    m.GetProviderSchemaRequest,
    m.GetProviderSchemaResponse
  >;
  readonly validateProviderConfig: UnaryRpc<
    m.ValidateProviderConfigRequest,
    m.ValidateProviderConfigResponse
  >;
  readonly validateResourceConfig: UnaryRpc<
    m.ValidateResourceConfigRequest,
    m.ValidateResourceConfigResponse
  >;
  readonly validateDataResourceConfig?: UnaryRpc<
    m.ValidateDataResourceConfigRequest,
    m.ValidateDataResourceConfigResponse
  >;
  readonly upgradeResourceState: UnaryRpc<
    m.UpgradeResourceStateRequest,
    m.UpgradeResourceStateResponse
  >;
  readonly getResourceIdentitySchemas?: UnaryRpc<
    m.GetResourceIdentitySchemasRequest,
    m.GetResourceIdentitySchemasResponse
  >;
  readonly upgradeResourceIdentity?: UnaryRpc<
    m.UpgradeResourceIdentityRequest,
    m.UpgradeResourceIdentityResponse
  >;
  readonly configureProvider: UnaryRpc<
    m.ConfigureProviderRequest,
    m.ConfigureProviderResponse
  >;
  readonly readResource: UnaryRpc<
    m.ReadResourceRequest,
    m.ReadResourceResponse
  >;
  readonly planResourceChange: UnaryRpc<
    m.PlanResourceChangeRequest,
    m.PlanResourceChangeResponse
  >;
  readonly applyResourceChange: UnaryRpc<
    m.ApplyResourceChangeRequest,
    m.ApplyResourceChangeResponse
  >;
  readonly importResourceState?: UnaryRpc<
    m.ImportResourceStateRequest,
    m.ImportResourceStateResponse
  >;
  readonly moveResourceState?: UnaryRpc<
    m.MoveResourceStateRequest,
    m.MoveResourceStateResponse
  >;
  readonly readDataSource?: UnaryRpc<
    m.ReadDataSourceRequest,
    m.ReadDataSourceResponse
  >;
  readonly generateResourceConfig?: UnaryRpc<
    m.GenerateResourceConfigRequest,
    m.GenerateResourceConfigResponse
  >;
  readonly validateEphemeralResourceConfig?: UnaryRpc<
    m.ValidateEphemeralResourceConfigRequest,
    m.ValidateEphemeralResourceConfigResponse
  >;
  readonly openEphemeralResource?: UnaryRpc<
    m.OpenEphemeralResourceRequest,
    m.OpenEphemeralResourceResponse
  >;
  readonly renewEphemeralResource?: UnaryRpc<
    m.RenewEphemeralResourceRequest,
    m.RenewEphemeralResourceResponse
  >;
  readonly closeEphemeralResource?: UnaryRpc<
    m.CloseEphemeralResourceRequest,
    m.CloseEphemeralResourceResponse
  >;
  readonly getFunctions?: UnaryRpc<
    m.GetFunctionsRequest,
    m.GetFunctionsResponse
  >;
  readonly callFunction?: UnaryRpc<
    m.CallFunctionRequest,
    m.CallFunctionResponse
  >;
  /** The signals are aborted before this is called; without it an empty answer is given. */
  readonly stopProvider?: UnaryRpc<
    m.StopProviderRequest,
    m.StopProviderResponse
  >;
}
