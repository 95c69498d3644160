import type { ConnectionStatus } from "../../model";
import type { Answer } from "../kit";

/** How the latest push of a connection into its workspaces went. Times are ISO 8601, as they sort. */
export interface Rollout {
  readonly disabled: boolean;
  readonly attemptAt: string | undefined;
  readonly successAt: string | undefined;
  readonly errorAt: string | undefined;
  readonly errorProcess: string | undefined;
}

export function rolloutOf(record: Answer): Rollout {
  return {
    disabled: record.optionalText("status") === "disabled",
    attemptAt: record.optionalText("last_update_attempt_at"),
    successAt: record.optionalText("last_successful_update_at"),
    errorAt: record.optionalText("last_error_at"),
    errorProcess: record.optionalText("last_error_process_id"),
  };
}

/** Whether an attempt has begun and neither succeeded nor failed. One that never began is not waited for. */
export function isUnderWay(rollout: Rollout): boolean {
  return (
    !rollout.disabled &&
    timeOf(rollout.attemptAt) >
      Math.max(timeOf(rollout.successAt), timeOf(rollout.errorAt))
  );
}

/** For people: `unknown` where Pipes has never tried. */
export function statusOf(rollout: Rollout): {
  readonly status: ConnectionStatus;
  readonly statusMessage?: string;
} {
  if (rollout.disabled) return { status: "disabled" };
  if (isUnderWay(rollout)) return { status: "pending" };
  if (timeOf(rollout.errorAt) > timeOf(rollout.successAt)) {
    const log =
      rollout.errorProcess === undefined
        ? ""
        : `; see the log of the process ${rollout.errorProcess} in Pipes`;
    return {
      status: "error",
      statusMessage: `The latest update of the workspaces failed${log}.`,
    };
  }
  return { status: rollout.successAt === undefined ? "unknown" : "ok" };
}

function timeOf(text: string | undefined): number {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? 0 : time;
}
