import { PatchbayError } from "../diagnostics";
import type { Endpoint } from "./endpoint";

/** What goes into an address besides the endpoint. */
export interface UrlParts {
  /** `/v1/accounts/{account}`; every parameter fills exactly one segment. The only form of the path that messages show. */
  readonly pathTemplate: string;
  readonly pathParameters?: Readonly<Record<string, string>> | undefined;
  /** The path, for callers that fill it in themselves, segments escaped. @default the template with its parameters */
  readonly path?: string | undefined;
  /** Undefined values are left out. */
  readonly query?:
    Readonly<Record<string, string | number | boolean | undefined>> | undefined;
}

/** The full address of a request. Rejects with `invalid_name` what no address can hold. */
export function requestUrl(endpoint: Endpoint, parts: UrlParts): string {
  const path = parts.path ?? filledTemplate(parts);
  // Every client resolves "." and ".." before sending, and would ask for something else.
  const lost = path
    .split("/")
    .slice(1)
    .find((segment) => ["", ".", ".."].includes(segment));
  if (lost !== undefined) throw unusableName(lost);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const search = query.size === 0 ? "" : `?${query.toString()}`;
  return `${endpoint.origin}${endpoint.basePath}${path}${search}`;
}

function filledTemplate({ pathTemplate, pathParameters }: UrlParts): string {
  return pathTemplate.replace(/\{([^}]+)\}/g, (_placeholder, name: string) => {
    const value = pathParameters?.[name];
    if (value === undefined)
      throw new Error(`No value for {${name}} of ${pathTemplate}`);
    // Half of a surrogate pair has no escaped form.
    if (/\p{Surrogate}/u.test(value)) throw unusableName(value);
    return encodeURIComponent(value);
  });
}

function unusableName(name: string): PatchbayError {
  return new PatchbayError({
    code: "invalid_name",
    detail: `The name ${JSON.stringify(name)} cannot be part of an address, so the platform cannot be asked about it. Choose another name.`,
  });
}
