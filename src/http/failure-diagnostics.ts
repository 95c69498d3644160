import {
  type Diagnostic,
  type DiagnosticCode,
  errorDiagnostic,
} from "../diagnostics";
import type { ApiErrorFacts } from "./api-error";
import type { TransportFailure } from "./transport-failure";
import type { FailureReason } from "./verdict";

/** What the words about a failure depend on. */
export interface FailureWording {
  readonly facts: ApiErrorFacts;
  readonly reason: FailureReason;
  /** A write that may have taken effect, in this attempt or an earlier one. */
  readonly effectPossible: boolean;
  readonly attempts: number;
  /** How long the platform asked to wait, where it did. */
  readonly requestedDelayMs: number | undefined;
  /** Where the credential comes from and how to get a new one, as sentences. */
  readonly credentialAdvice: string | undefined;
  /** What is said where no connection came about, if not the usual; gets how, in a few words. */
  readonly notConnected: ((how: string) => string) | undefined;
}

/** Says a failure to the user. */
export function failureDiagnostics(
  wording: FailureWording,
): readonly Diagnostic[] {
  const { facts, reason, effectPossible } = wording;
  if (effectPossible) {
    return [
      errorDiagnostic({
        code: "outcome_unknown",
        detail: `It is not known whether ${callOf(facts)} on ${facts.host} took effect: ${happeningOf(wording)}${requestIdOf(facts)}. Plan again; the next plan shows what is there.`,
      }),
    ];
  }
  if (reason.kind === "refused" && reason.refusal !== undefined)
    return reason.refusal.diagnostics;
  const { code, advice } = kindOf(wording);
  const { notConnected } = wording;
  if (
    notConnected !== undefined &&
    reason.kind === "transport" &&
    reason.failure.kind === "not_connected"
  )
    return [
      errorDiagnostic({ code, detail: notConnected(shortly(wording, reason)) }),
    ];
  return [
    errorDiagnostic({
      code,
      detail: `${callOf(facts)} on ${facts.host} failed: ${happeningOf(wording)}${requestIdOf(facts)}. ${advice}`,
    }),
  ];
}

/** Why no connection came about, in a few words. */
function shortly(
  { attempts }: Pick<FailureWording, "attempts">,
  { failure }: Extract<FailureReason, { kind: "transport" }>,
): string {
  const { code, timeoutMs } = failure;
  const why =
    timeoutMs === undefined
      ? (systemWords[code] ?? code)
      : `no connection within ${timeoutMs / 1000} s`;
  return attempts > 1 ? `${why}, ${attempts} attempts` : why;
}

const systemWords: Readonly<Record<string, string | undefined>> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "the name of the host cannot be looked up",
  EHOSTUNREACH: "no way to the host",
  ENETUNREACH: "no way to the network",
};

/** What came of it, as the second half of a sentence. */
function happeningOf(wording: FailureWording): string {
  const { facts, reason, attempts, requestedDelayMs } = wording;
  const times = attempts > 1 ? ` (${attempts} attempts)` : "";
  switch (reason.kind) {
    case "refused":
      return requestedDelayMs === undefined
        ? `the answer was ${facts.status}${times}`
        : `the answer was ${facts.status}, with the request to wait ${Math.ceil(requestedDelayMs / 1000)} s${times}`;
    case "not_json":
      return `the answer (${facts.status}) is not JSON`;
    case "too_large":
      return `the answer (${facts.status}) is larger than any that was expected`;
    case "redirect":
      return `the answer (${facts.status}) points ${reason.origin === undefined ? "to another address" : `to ${reason.origin}`}`;
    case "timeout":
      return `no complete answer came in time${times}`;
    case "cancelled":
      return "it was cancelled";
    case "transport":
      return `${happeningOnTheWay(reason.failure)}${times}`;
  }
}

function happeningOnTheWay(failure: TransportFailure): string {
  const { kind, code, timeoutMs } = failure;
  if (kind === "lost")
    return `the connection broke before the answer was complete, ${code}`;
  return timeoutMs === undefined
    ? `no connection came about, ${code}`
    : `no connection came about within ${timeoutMs / 1000} s`;
}

interface FailureKind {
  readonly code: DiagnosticCode;
  readonly advice: string;
}

function kindOf(wording: FailureWording): FailureKind {
  const { facts, reason, credentialAdvice = "Check the credential." } = wording;
  switch (reason.kind) {
    case "refused":
      return kindOfStatus(facts.status ?? 0, credentialAdvice);
    case "not_json":
      return {
        code: "invalid_answer",
        advice: "Perhaps a proxy or a login page answered. Check the address.",
      };
    case "too_large":
      return {
        code: "invalid_answer",
        advice: "Check that the address is the right one.",
      };
    case "redirect":
      return {
        code: "invalid_answer",
        advice:
          "Redirects are not followed, because the credential would go with them. If you trust that address, set it as the endpoint.",
      };
    case "timeout":
      return {
        code: "unreachable",
        advice: "Check the network between here and there, and try again.",
      };
    case "cancelled":
      return { code: "cancelled", advice: "Nothing was changed by it." };
    case "transport":
      return kindOfTransport(reason.failure);
  }
}

function kindOfTransport({ kind, code }: TransportFailure): FailureKind {
  switch (kind) {
    case "tls":
      return { code: "tls_failure", advice: tlsAdvice(code) };
    case "proxy":
      return {
        code: "unreachable",
        advice:
          "The environment variable HTTPS_PROXY names a proxy. Check its address and its credential, or except the host in NO_PROXY.",
      };
    case "not_connected":
    case "lost":
      return {
        code: "unreachable",
        advice:
          "Check the address, that the server runs, and the network in between.",
      };
  }
}

function tlsAdvice(code: string): string {
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) {
    return "What answers there does not speak TLS as it should; perhaps the port is one for plain http. Check the address.";
  }
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    return "The server's certificate is not valid at this time. Renew it there, or set this machine's clock.";
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return "The server's certificate is for another name. Use the name that it is for.";
  }
  return "The server's certificate is not one that this machine trusts. If it comes from an authority of your own, name that authority's file in the environment:\n\n  NODE_EXTRA_CA_CERTS=/path/to/ca.pem";
}

function kindOfStatus(status: number, credentialAdvice: string): FailureKind {
  if (status >= 500) {
    return {
      code: "platform_failure",
      advice: "Try again later; if it stays so, tell whoever runs that server.",
    };
  }
  switch (status) {
    case 401:
      return { code: "unauthorized", advice: credentialAdvice };
    case 403:
      return {
        code: "forbidden",
        advice:
          "The credential is valid but does not allow this. Use one that does.",
      };
    case 404:
      return {
        code: "not_found",
        advice: "There is no such object, or no such address.",
      };
    case 408:
      return {
        code: "unreachable",
        advice: "The request did not arrive in time. Try again.",
      };
    case 409:
      return {
        code: "conflict",
        advice: "It collides with what is there; nothing was changed.",
      };
    case 412:
      return {
        code: "conflict",
        advice:
          "Somebody else changed it since it was read; nothing was written. Plan again.",
      };
    case 429:
      return {
        code: "rate_limited",
        advice:
          "Too many requests in too short a time. Wait a while and try again.",
      };
    default:
      return {
        code: "platform_failure",
        advice:
          "The server did not accept the request as it was sent; nothing was changed.",
      };
  }
}

function callOf({ method, pathTemplate }: ApiErrorFacts): string {
  return `${method} ${pathTemplate}`;
}

function requestIdOf({ requestId }: ApiErrorFacts): string {
  return requestId === undefined ? "" : `, request id ${requestId}`;
}
