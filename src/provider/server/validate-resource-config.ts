import { type Diagnostic, errorDiagnostic } from "../../diagnostics";
import type { ProviderContext } from "../provider-context";
import type {
  CtyRecord,
  Schema,
  ValidateResourceConfigRequest,
  ValidateResourceConfigResponse,
} from "../wire";
import { toWireDiagnostics } from "../wire-diagnostics";
import { diagnosed } from "./diagnosed";
import { checkComputedOnly } from "./computed-only";
import { decodeConfig, resourceOf } from "./schema-of";

export function validateResourceConfig(
  request: ValidateResourceConfigRequest,
  context: ProviderContext,
): ValidateResourceConfigResponse {
  try {
    const resource = resourceOf(request.typeName);
    const config = decodeConfig(resource.schema, request.config);
    return {
      diagnostics: toWireDiagnostics([
        ...checkWriteOnly(
          config,
          resource.schema,
          request.clientCapabilities?.writeOnlyAttributesAllowed === true,
        ),
        ...checkComputedOnly(config, resource.schema),
        ...resource.validate(config, context),
      ]),
    };
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}

/** An older client takes a write-only argument for an ordinary one and would store it. */
function checkWriteOnly(
  config: CtyRecord,
  schema: Schema,
  allowed: boolean,
): readonly Diagnostic[] {
  if (allowed) return [];
  return (schema.block.attributes ?? [])
    .filter(
      ({ name, writeOnly }) =>
        writeOnly === true && (config[name] ?? null) !== null,
    )
    .map(({ name }) =>
      errorDiagnostic({
        code: "client_too_old",
        path: [name],
        detail: `${name} is never stored, which needs Terraform 1.11 or OpenTofu 1.11, or newer. Update the client, or use ${name.replace(/_wo$/, "")} instead: it works with every version, but its values are stored in the state.`,
      }),
    );
}
