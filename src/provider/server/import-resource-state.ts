import type { ProviderContext } from "../provider-context";
import type {
  ImportResourceStateRequest,
  ImportResourceStateResponse,
} from "../wire";
import { diagnosed } from "./diagnosed";
import { encodeRecord, resourceOf } from "./schema-of";

/** Only the id: core reads the rest right after. */
export function importResourceState(
  request: ImportResourceStateRequest,
  context: ProviderContext,
): ImportResourceStateResponse {
  try {
    const resource = resourceOf(request.typeName);
    const state = encodeRecord(
      resource.schema,
      resource.import(request.id, context),
    );
    return { importedResources: [{ typeName: request.typeName, state }] };
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}
