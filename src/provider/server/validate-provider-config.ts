import type { ProviderContext } from "../provider-context";
import { providerSchema } from "../schema/provider";
import type {
  ValidateProviderConfigRequest,
  ValidateProviderConfigResponse,
} from "../wire";
import { toWireDiagnostics } from "../wire-diagnostics";
import { diagnosed } from "./diagnosed";
import { checkProviderBlock } from "./provider-configuration";
import { decodeConfig } from "./schema-of";

export function validateProviderConfig(
  request: ValidateProviderConfigRequest,
  context: ProviderContext,
): ValidateProviderConfigResponse {
  try {
    const { platforms } = context.environment;
    const config = decodeConfig(providerSchema(platforms), request.config);
    return {
      diagnostics: toWireDiagnostics(checkProviderBlock(config, platforms)),
    };
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}
