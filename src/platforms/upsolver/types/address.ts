import { soundsSecret } from "../../../catalog";

/**
 * Connection strings of the form `prefix://host:port/path?name=value&…`, which
 * Upsolver's types share. Every part is escaped, so that none reads as another.
 */
export interface Address {
  readonly host: string;
  readonly port?: number | undefined;
  /** Without the slash. Undefined or empty: none. */
  readonly path?: string | undefined;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

export interface AddressStyle {
  /** `jdbc:postgresql://` */
  readonly prefix: string;
  /** Whether there is a slash after the host where there is no path. */
  readonly slash: boolean;
}

export function formatAddress(
  { prefix, slash }: AddressStyle,
  { host, port, path = "", parameters }: Address,
): string {
  const bracketed = host.includes(":") ? `[${host}]` : host;
  const query = parameters
    .map(([name, value]) => `${escape(name)}=${escape(value)}`)
    .join("&");
  return [
    prefix,
    bracketed,
    port === undefined ? "" : `:${port}`,
    path !== "" || slash ? `/${escape(path)}` : "",
    query === "" ? "" : `?${query}`,
  ].join("");
}

/** Undefined where the text is not of this form. */
export function parseAddress(
  { prefix }: AddressStyle,
  text: string,
): Address | undefined {
  if (!text.startsWith(prefix)) return undefined;
  const found =
    /^(\[[^\]]+\]|[^:/?#@\s,;]+)(?::(\d{1,5}))?(?:\/([^?#/;]*))?(?:\?([^#]*))?$/.exec(
      text.slice(prefix.length),
    );
  if (found === null) return undefined;
  try {
    const parameters = (found[4] ?? "")
      .split("&")
      .filter((part) => part !== "")
      .map((part): [string, string] => {
        const equals = part.indexOf("=");
        return equals < 0
          ? [unescape(part), ""]
          : [unescape(part.slice(0, equals)), unescape(part.slice(equals + 1))];
      });
    return {
      host: found[1]!.replace(/^\[|\]$/g, ""),
      port: found[2] === undefined ? undefined : Number(found[2]),
      path: unescape(found[3] ?? ""),
      parameters,
    };
  } catch {
    // A % that escapes nothing.
    return undefined;
  }
}

function escape(text: string): string {
  // Also what encodeURIComponent leaves alone but could end something: a quote.
  return encodeURIComponent(text).replaceAll("'", "%27");
}

function unescape(text: string): string {
  return decodeURIComponent(text);
}

/** The parameters by name; undefined where one occurs twice or is not among the known ones. */
export function knownParameters(
  address: Address,
  known: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const names = address.parameters.map(([name]) => name);
  return new Set(names).size === names.length &&
    names.every((name) => known.includes(name))
    ? Object.fromEntries(address.parameters)
    : undefined;
}

/** What of the parameters is given. */
export function givenParameters(
  parameters: readonly (readonly [string, string | undefined])[],
): readonly (readonly [string, string])[] {
  return parameters.filter(
    (parameter): parameter is readonly [string, string] =>
      parameter[1] !== undefined,
  );
}

/** Drivers run words together that the rule for all platforms would only hear apart: `sslpassword`. */
const credential = /password|passwd|pwd|secret|token|passphrase|private_key/i;

/** Whether a parameter of this name, or with this value, holds a secret. */
export function isCredentialParameter(name: string, value?: string): boolean {
  return credential.test(name) || soundsSecret(name, value);
}

/** A connection string without a login in its address and without a parameter that sounds secret. */
export function withoutCredentials(text: string): string {
  return text
    .replace(/:\/\/[^/?#@\s]*(?:\/[^@?\s]*)?@/g, "://")
    .replace(
      /([?&;])([^?&;=]*)=([^&;]*)/g,
      (whole, before: string, name: string, value: string) =>
        isCredentialParameter(readable(name), readable(value)) ? before : whole,
    );
}

function readable(text: string): string {
  try {
    return unescape(text);
  } catch {
    // A % that escapes nothing.
    return text;
  }
}
