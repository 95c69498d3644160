import type { Answer } from "../kit";
import { connectionRecordOf } from "./connection-record";

/** A schema of a workspace. */
export interface SchemaRecord {
  readonly id: string;
  readonly name: string;
  readonly connectionId: string | undefined;
  /** `direct`: attached by itself. `indirect`: through a folder. `granted`: merely permitted. */
  readonly state: string;
}

export function schemaRecordOf(answer: Answer): SchemaRecord {
  const inner = answer.optionalObject("connection");
  return {
    id: answer.text("id"),
    name: answer.text("name"),
    connectionId:
      answer.optionalText("connection_id") ??
      (inner === undefined ? undefined : connectionRecordOf(inner).id),
    state: answer.optionalText("state") ?? "direct",
  };
}

export function isDirect(schema: SchemaRecord | undefined): boolean {
  return schema?.state === "direct";
}
