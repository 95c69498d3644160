import { fieldOf, type JsonObject } from "../model";

/** The parts of a connection string that looks like a URL; those that are undefined are left out. */
export interface UrlParts {
  readonly scheme: string;
  readonly login?: string | undefined;
  readonly host: string;
  readonly port?: string | undefined;
  /** Segments of the path, in order. */
  readonly path?: readonly (string | undefined)[];
  /** In the order given. */
  readonly query?: Readonly<Record<string, string | undefined>>;
}

/** `postgresql://loader@db.example.com:5432/app?sslmode=require`, with every part encoded. */
export function urlText({
  scheme,
  login,
  host,
  port,
  path = [],
  query = {},
}: UrlParts): string {
  const user = login === undefined ? "" : `${encodeURIComponent(login)}@`;
  const address =
    host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  const segments = path
    .filter((segment) => segment !== undefined)
    .map((segment) => `/${encodeURIComponent(segment)}`);
  const parameters = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value!)}`);
  const search = parameters.length === 0 ? "" : `?${parameters.join("&")}`;
  return `${scheme}://${user}${address}${port === undefined ? "" : `:${port}`}${segments.join("")}${search}`;
}

/** A field as text, where it is a non-empty string or a number; the config may be invalid. */
export function textField(
  config: JsonObject,
  field: string,
): string | undefined {
  const value = fieldOf(config, field);
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}
