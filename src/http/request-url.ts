import { PatchbayError } from "../diagnostics";
import type { Endpoint } from "./endpoint";

/** What goes into an address besides the endpoint. */
export interface UrlParts {
  /** `/v1/accounts/{account}`; every parameter fills exactly one segment. */
  readonly pathTemplate: string;
  readonly pathParameters?: Readonly<Record<string, string>> | undefined;
  /** Undefined values are left out. */
  readonly query?:
    Readonly<Record<string, string | number | boolean | undefined>> | undefined;
}

/** The full address of a request. Rejects with `invalid_name` what no address can hold. */
export function requestUrl(endpoint: Endpoint, parts: UrlParts): string {
  const path = parts.pathTemplate.replace(
    /\{([^}]+)\}/g,
    (_placeholder, name: string) => {
      const value = parts.pathParameters?.[name];
      if (value === undefined)
        throw new Error(`No value for {${name}} of ${parts.pathTemplate}`);
      return pathSegment(value);
    },
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const search = query.size === 0 ? "" : `?${query.toString()}`;
  return `${endpoint.origin}${endpoint.basePath}${path}${search}`;
}

/** Every client resolves "." and ".." before sending, also when they are escaped. */
function pathSegment(value: string): string {
  if (value !== "." && value !== ".." && value !== "" && isWellFormed(value)) {
    return encodeURIComponent(value);
  }
  throw new PatchbayError({
    code: "invalid_name",
    detail: `The name ${JSON.stringify(value)} cannot be part of an address, so the platform cannot be asked about it. Choose another name.`,
  });
}

/** Whether there is no half of a surrogate pair. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
