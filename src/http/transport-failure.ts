import { NotSentError } from "./not-sent-error";

/** A request that got no answer, or only a part of one. */
export interface TransportFailure {
  /** The system's word for it: `ECONNREFUSED`, `CERT_HAS_EXPIRED`. Never a message: those may quote headers. */
  readonly code: string;
  readonly kind:
    /** No connection came about, so nothing was sent. */
    | "not_connected"
    /** The same, where it was to go through the proxy that the environment names. */
    | "proxy"
    /** The other side's certificate or protocol was not accepted, so nothing was sent. */
    | "tls"
    /** The connection broke or stayed silent; the request may have arrived. */
    | "lost";
  /** How long a connection was awaited, where that was the end of it. */
  readonly timeoutMs?: number;
}

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

/** Reads what was thrown in place of an answer. */
export function transportFailureOf(thrown: unknown): TransportFailure {
  const notSent = thrown instanceof NotSentError ? thrown : undefined;
  const throughProxy = notSent?.throughProxy === true;
  // undici has no code for a SOCKS proxy that falls silent.
  const unnamed = throughProxy ? "PROXY_NOT_REACHED" : "UNKNOWN";
  const code = codeOf(thrown) ?? unnamed;
  if (tlsCodes.has(code) || /^(ERR_TLS_|ERR_SSL_|CERT_)/.test(code))
    return { code, kind: "tls" };
  if (notSent === undefined) return { code, kind: "lost" };
  const isTimeout = code === "UND_ERR_CONNECT_TIMEOUT";
  return {
    code,
    kind: throughProxy ? "proxy" : "not_connected",
    ...(isTimeout && { timeoutMs: notSent.connectTimeoutMs }),
  };
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
