import { BlockList, isIP } from "node:net";
import { PatchbayError } from "../diagnostics";

/** The variables that say how the web is reached. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that requests to an https address go through, or undefined where
 * they go straight there: HTTPS_PROXY unless NO_PROXY names the host, in upper
 * or lower case. This machine itself is never reached through a proxy. Rejects
 * with `unreachable` what is no address: going straight there instead would fail
 * without a word about it, or be forbidden.
 */
export function proxyFor(url: URL, environment: Environment): URL | undefined {
  if (url.protocol !== "https:") return undefined;
  const address = variable(environment, "https_proxy");
  if (address === undefined || isExcepted(url, environment)) return undefined;
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(address)
    ? address
    : `http://${address}`;
  if (URL.canParse(full)) return new URL(full);
  // Not quoted: it may hold a password.
  throw new PatchbayError({
    code: "unreachable",
    detail:
      "The environment variable HTTPS_PROXY does not hold the address of a proxy, such as http://proxy.example.com:3128, so nothing was sent. Correct it, or remove it. In a user name or a password, write @ as %40, : as %3A, / as %2F, # as %23 and % as %25.",
  });
}

function isExcepted(url: URL, environment: Environment): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, "");
  const port = url.port === "" ? "443" : url.port;
  if (host === "localhost" || host.endsWith(".localhost")) return true;
  if (host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host)) return true;
  return (variable(environment, "no_proxy") ?? "")
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== "")
    .some((entry) => covers(entry, host, port));
}

/** `*`, `example.com` and `.example.com` (also for what is below), `example.com:8443`, `10.0.0.1`, `10.0.0.0/8`. */
function covers(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  if (entry.includes("/")) return isInside(entry, host);
  const [, name = entry, only] = /^(.*[^:]):(\d+)$/.exec(
    isIP(entry) === 6 ? "" : entry,
  ) ?? [undefined, entry];
  if (only !== undefined && only !== port) return false;
  const bare = name.replace(/^\[|\]$/g, "").replace(/^\*?\./, "");
  return host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`));
}

function isInside(network: string, host: string): boolean {
  const [address = "", bits] = network.split("/");
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits ?? ""))
    return false;
  const prefix = Number(bits);
  if (prefix > (family === 4 ? 32 : 128)) return false;
  const name = family === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(address, prefix, name);
  return list.check(host, name);
}

function variable(environment: Environment, name: string): string | undefined {
  const value = environment[name] ?? environment[name.toUpperCase()];
  return value === undefined || value.trim() === "" ? undefined : value.trim();
}
