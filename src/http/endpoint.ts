import { PatchbayError } from "../diagnostics";

/** Where a platform answers: the parts of its address that messages and requests need. */
export interface Endpoint {
  /** `https://hub.example.com`, never with a slash at the end. */
  readonly origin: string;
  /** `/base`, or empty; never with a slash at the end. */
  readonly basePath: string;
  /** `hub.example.com:8443`, for messages. */
  readonly host: string;
}

/**
 * Takes an address apart. Rejects with `invalid_field` what is no address of
 * the web, and with `insecure_endpoint` plain http to anything but this machine:
 * a token sent there could be read on the way.
 */
export function parseEndpoint(address: string): Endpoint {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // The address itself is not repeated: it may hold a user name and a password.
  if (
    url === undefined ||
    !["http:", "https:"].includes(url.protocol) ||
    url.hostname === ""
  ) {
    throw new PatchbayError({
      code: "invalid_field",
      path: ["endpoint"],
      detail:
        'The endpoint is not an address of the form "https://hub.example.com".',
    });
  }
  if (
    url.username !== "" ||
    url.password !== "" ||
    url.search !== "" ||
    url.hash !== ""
  ) {
    throw new PatchbayError({
      code: "invalid_field",
      path: ["endpoint"],
      detail: `The endpoint on ${url.host} holds more than scheme, host, port and path. Give credentials through their own argument.`,
    });
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new PatchbayError({
      code: "insecure_endpoint",
      path: ["endpoint"],
      detail: `The endpoint on ${url.host} is plain http, where others can read the token on the way. Use https://; http:// is for this machine only (localhost, 127.0.0.1, [::1]).`,
    });
  }
  return {
    origin: url.origin,
    basePath: url.pathname.replace(/\/+$/, ""),
    host: url.host,
  };
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
