import { errorDiagnostic } from "../../diagnostics";
import {
  type Checked,
  fieldOf,
  invalid,
  isObject,
  type JsonObject,
  objectOf,
  type StateMove,
  valid,
} from "../../model";
import { isUuid } from "./uuid";
import { integrations } from "./types/integrations";

/** `datadog_action_connection` of Datadog's own provider. Terraform writes its source in lower case; older states may not. */
export const datadogMoves: readonly StateMove[] = [
  "datadog/datadog",
  "DataDog/datadog",
].map((sourceProvider) => ({
  sourceProvider,
  sourceType: "datadog_action_connection",
  targetType: "patchbay_connection",
  convert,
}));

/**
 * Only what identifies the connection: the refresh right after reads the rest
 * from Datadog. The secrets in the other provider's state stay behind.
 */
function convert(source: JsonObject): Checked<JsonObject> {
  const id = fieldOf(source, "id");
  const name = fieldOf(source, "name");
  const type = typeOf(source);
  if (typeof id !== "string" || !isUuid(id) || typeof name !== "string") {
    return invalid(
      errorDiagnostic({
        code: "move_refused",
        detail:
          "The state of this datadog_action_connection holds no UUID or no name, so it is not the one of a connection that exists. Run `terraform apply` with the datadog provider first.",
      }),
    );
  }
  return valid(
    objectOf([
      ["platform_id", id],
      ["name", name],
      ...(type === undefined ? [] : [["type", type] as const]),
    ]),
  );
}

/** By the one block that is filled. */
function typeOf(source: JsonObject): string | undefined {
  const isFilled = (block: string) => isObject(fieldOf(source, block));
  if (isFilled("http")) return "http";
  const found = integrations.find(({ block }) => isFilled(block));
  return found && `datadog:${found.type}`;
}
