import type { Connection } from "../../model";

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
