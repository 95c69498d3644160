import { fieldOf, type JsonObject } from "../../model";
import { objectIn, optionalTextIn, textIn } from "./answers";
import { connectionRecordOf } from "./connection-record";

/** A schema of a workspace. */
export interface SchemaRecord {
  readonly id: string;
  readonly name: string;
  readonly connectionId: string | undefined;
  /** `direct`: attached by itself. `indirect`: through a folder. `granted`: merely permitted. */
  readonly state: string;
}

export function schemaRecordOf(answer: JsonObject): SchemaRecord {
  const inner = fieldOf(answer, "connection") ?? undefined;
  return {
    id: textIn(answer, "id"),
    name: textIn(answer, "name"),
    connectionId:
      optionalTextIn(answer, "connection_id") ??
      (inner === undefined
        ? undefined
        : connectionRecordOf(objectIn(inner, "connection")).id),
    state: optionalTextIn(answer, "state") ?? "direct",
  };
}

export function isDirect(schema: SchemaRecord | undefined): boolean {
  return schema?.state === "direct";
}
