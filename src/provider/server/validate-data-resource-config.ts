import type { ProviderContext } from "../provider-context";
import type {
  ValidateDataResourceConfigRequest,
  ValidateDataResourceConfigResponse,
} from "../wire";
import { toWireDiagnostics } from "../wire-diagnostics";
import { checkComputedOnly } from "./computed-only";
import { diagnosed } from "./diagnosed";
import { dataSourceOf, decodeConfig } from "./schema-of";

export function validateDataResourceConfig(
  request: ValidateDataResourceConfigRequest,
  context: ProviderContext,
): ValidateDataResourceConfigResponse {
  try {
    const dataSource = dataSourceOf(request.typeName);
    const config = decodeConfig(dataSource.schema, request.config);
    return {
      diagnostics: toWireDiagnostics([
        ...checkComputedOnly(config, dataSource.schema),
        ...(dataSource.validate?.(config) ?? []),
      ]),
    };
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}
