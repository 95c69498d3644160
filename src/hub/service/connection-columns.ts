import { type Connection, formatOwner } from "../../model";
import type { ConnectionRow } from "../store/tables";
import { stale } from "./failures";
import { concurrencyTokenOf } from "./observed";

/** What a declaration says, as the row stores it; its secrets apart. */
export function declaredColumns({
  access,
  name,
  description,
  config,
  autoLink,
  autoLinkExcept,
}: Connection) {
  return {
    name,
    description: description ?? null,
    access_json: access ? JSON.stringify(access) : null,
    config_json: JSON.stringify(config),
    auto_link: autoLink === true ? 1 : 0,
    auto_link_except_json: JSON.stringify([...new Set(autoLinkExcept)].sort()),
  };
}

/** Refuses with `conflict` a write that is based on an older state. */
export function requireCurrent(
  row: ConnectionRow,
  concurrencyToken: string | undefined,
): void {
  if (
    concurrencyToken === undefined ||
    concurrencyToken === concurrencyTokenOf(row)
  )
    return;
  throw stale(
    `connection ${formatOwner({ kind: row.owner_kind, name: row.owner_name })}/${row.name}`,
  );
}
