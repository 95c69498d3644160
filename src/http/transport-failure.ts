/** A request that got no answer, or only a part of one. */
export interface TransportFailure {
  /** The system's word for it: `ECONNREFUSED`, `CERT_HAS_EXPIRED`. Never a message: those may quote headers. */
  readonly code: string;
  readonly kind:
    /** No connection came about, so nothing was sent. */
    | "not_connected"
    /** The other side's certificate or protocol was not accepted, so nothing was sent. */
    | "tls"
    /** The connection broke or stayed silent; the request may have arrived. */
    | "lost";
}

const notConnected: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EHOSTDOWN",
  "EADDRNOTAVAIL",
  "BAD_PORT",
  "UND_ERR_CONNECT_TIMEOUT",
]);

const tlsCodes: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "HOSTNAME_MISMATCH",
  "EPROTO",
]);

/** Reads what fetch threw. */
export function transportFailureOf(thrown: unknown): TransportFailure {
  const code = codeOf(thrown) ?? "UNKNOWN";
  if (notConnected.has(code) || code.startsWith("PROXY_"))
    return { code, kind: "not_connected" };
  if (tlsCodes.has(code) || /^(ERR_TLS_|ERR_SSL_|CERT_)/.test(code))
    return { code, kind: "tls" };
  return { code, kind: "lost" };
}

/** The code of the error itself, of the first of several attempts (IPv6, IPv4), or of its cause. */
function codeOf(thrown: unknown): string | undefined {
  // Not `instanceof`: fetch throws errors of another realm where it is used in a VM context.
  if (typeof thrown !== "object" || thrown === null) return undefined;
  const { code, errors, cause, message } = thrown as Readonly<
    Record<string, unknown>
  >;
  if (typeof code === "string") return code;
  // Ports that no browser connects to, and fetch neither; it has no code for it.
  if (message === "bad port") return "BAD_PORT";
  const first = Array.isArray(errors) ? codeOf(errors[0]) : undefined;
  return first ?? codeOf(cause);
}
