import type { ProviderContext } from "../provider-context";
import { schemaType } from "../schema/schema-type";
import {
  type CtyValue,
  decodeJson,
  encodeDynamicValue,
  type UpgradeResourceStateRequest,
  type UpgradeResourceStateResponse,
} from "../wire";
import { diagnosed } from "./diagnosed";
import { resourceOf } from "./schema-of";

/** Core asks for every object in the state. There is one version of each schema so far, so this only decodes. */
export function upgradeResourceState(
  request: UpgradeResourceStateRequest,
  context: ProviderContext,
): UpgradeResourceStateResponse {
  try {
    const type = schemaType(resourceOf(request.typeName).schema);
    const json = request.rawState?.json;
    const state: CtyValue =
      json === undefined ? null : decodeJson(type, json, { lenient: true });
    return { upgradedState: encodeDynamicValue(type, state) };
  } catch (thrown) {
    return { diagnostics: diagnosed(thrown, context) };
  }
}
