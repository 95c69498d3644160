import type { CallOptions, ConnectionKey } from "../../model";
import {
  type ConnectionRecord,
  connectionRecordOf,
  isOwnedBy,
} from "./connection-record";
import { requireHandle } from "./handle";
import type { PipesCalls, Place } from "./client";
import { below, type Places } from "./places";

/** The address of one connection, and where it is tested. */
export function connectionPlace(places: Places, key: ConnectionKey): Place {
  return below(places.of(key.owner), "/connection/{connection}", {
    connection: key.name,
  });
}

/** The connection as Pipes has it; undefined where the owner has none of that name. */
export async function tryFindRecord(
  { calls, places }: { readonly calls: PipesCalls; readonly places: Places },
  key: ConnectionKey,
  options: CallOptions = {},
): Promise<ConnectionRecord | undefined> {
  requireHandle(key.name);
  const place = connectionPlace(places, key);
  const record = await calls.tryGet(place, connectionRecordOf, options);
  return record !== undefined && isOwnedBy(record, key.owner)
    ? record
    : undefined;
}
