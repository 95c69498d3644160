import type { CallOptions, Owner } from "../../model";
import type { Answer } from "../kit";
import type { PipesCalls } from "./client";
import type { Places } from "./places";

/** A workspace, reduced to what is used here. */
export interface WorkspaceRecord {
  readonly id: string;
  readonly handle: string;
  /** The organization's id. */
  readonly identityId: string;
}

export function workspaceRecordOf(answer: Answer): WorkspaceRecord {
  return {
    id: answer.text("id"),
    handle: answer.text("handle"),
    identityId: answer.text("identity_id"),
  };
}

/** All workspaces of the owner's organization, by name. */
export async function listWorkspaceRecords(
  { calls, places }: { readonly calls: PipesCalls; readonly places: Places },
  owner: Owner,
  options: CallOptions = {},
): Promise<readonly WorkspaceRecord[]> {
  const records = await calls.list(
    places.workspaces(owner),
    workspaceRecordOf,
    options,
  );
  return [...records].sort((left, right) =>
    left.handle < right.handle ? -1 : 1,
  );
}
