import type { Secret } from "../../diagnostics";
import { equalValues, type JsonObject, objectOf } from "../../model";
import type { ConnectionRow, LinkRow } from "../store/tables";
import type { HubContext } from "./context";

/** The secrets of a row, as it stores them. */
export type SealedFields = Pick<
  ConnectionRow & LinkRow,
  "sealed_secrets" | "secret_fields_json" | "secrets_version"
>;

export const noSealedFields: SealedFields = {
  sealed_secrets: null,
  secret_fields_json: "[]",
  secrets_version: 0,
};

/** The secrets in clear. `id` is the row's: a sealed text opens only there. */
export function unsealFields(
  context: HubContext,
  id: string,
  { sealed_secrets }: SealedFields,
): JsonObject {
  return sealed_secrets === null
    ? objectOf([])
    : context.sealer.unseal(id, sealed_secrets);
}

export interface SealOptions {
  /** The row's id. */
  readonly id: string;
  readonly before: SealedFields;
  /** Undefined leaves them as they are. */
  readonly secrets: Secret<JsonObject> | undefined;
  /** The dotted paths that count as set. */
  readonly fieldsOf: (secrets: JsonObject) => readonly string[];
}

/** What to store now. Equal secrets change nothing; others, or none, make a new version. */
export function sealFields(
  context: HubContext,
  { id, before, secrets, fieldsOf }: SealOptions,
): SealedFields {
  // `before` is a whole row: only these columns of it, or the declared ones would be undone.
  const { sealed_secrets, secret_fields_json, secrets_version } = before;
  const unchanged = { sealed_secrets, secret_fields_json, secrets_version };
  if (secrets === undefined) return unchanged;
  const value = secrets.reveal();
  if (equalValues(value, unsealFields(context, id, before))) return unchanged;
  return {
    sealed_secrets:
      Object.keys(value).length === 0 ? null : context.sealer.seal(id, value),
    secret_fields_json: JSON.stringify(fieldsOf(value)),
    secrets_version: before.secrets_version + 1,
  };
}
