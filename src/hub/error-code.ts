/** The code of an error from Node or SQLite (`ENOENT`, `SQLITE_BUSY`); empty where it has none. */
export function errorCodeOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown))
    return "";
  return typeof thrown.code === "string" ? thrown.code : "";
}
