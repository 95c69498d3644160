import { PatchbayError, Secret } from "../../diagnostics";
import type { HttpHeaders } from "../../http";
import {
  isObject,
  type JsonValue,
  type OpenPlatformOptions,
  settingText,
} from "../../model";

/** What every platform's client sends itself, or HTTP decides. */
const taken: readonly string[] = [
  "accept",
  "accept-encoding",
  "authorization",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "idempotency-key",
  "if-match",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
];

/**
 * The headers of the setting `headers`, each a secret. Rejects with
 * `invalid_field`, naming the header and never its value, what is no JSON object
 * of texts, what no header can hold, and names that are sent already; `ownNames`
 * are those of this platform's credentials.
 */
export function ownHeaders(
  { settings }: Pick<OpenPlatformOptions, "settings">,
  block: string,
  ownNames: readonly string[] = [],
): HttpHeaders {
  const text = settingText(settings["headers"]);
  if (text === undefined) return {};
  const refuse = (what: string): never => {
    throw new PatchbayError({
      code: "invalid_field",
      path: [block, "headers"],
      detail: `"headers" of the provider's ${block} block ${what}`,
    });
  };
  const given = parsed(text);
  if (!isObject(given))
    return refuse(
      'is not a JSON object of names and values. Write it as\n\n  headers = jsonencode({ "X-Proxy-Token" = var.proxy_token })',
    );
  const headers = new Map<string, Secret>();
  for (const [name, value] of Object.entries(given)) {
    const known = name.toLowerCase();
    const shown = JSON.stringify(name);
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
      refuse(
        "has a name that no header can have. Use letters, digits and hyphens.",
      );
    if (taken.includes(known) || ownNames.includes(known))
      refuse(
        `names ${shown}, which is sent with every request already. Remove it; credentials have settings of their own.`,
      );
    if (headers.has(known))
      refuse(`names ${shown} twice: letters count the same in either case.`);
    if (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      return refuse(
        `gives ${shown} a value that is not a text, or holds characters that cannot be sent, perhaps a line break.`,
      );
    headers.set(known, new Secret(value));
  }
  return Object.fromEntries(headers);
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
