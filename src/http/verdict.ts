import type { Secret } from "../diagnostics";
import type { AttemptOutcome } from "./attempt";
import {
  type HttpRequest,
  type HttpResponse,
  isRead,
  type Refusal,
  type RefusalReader,
} from "./http-request";
import type { HeaderReader } from "./retry-timing";
import type { TransportFailure } from "./transport-failure";

/** Why an attempt did not succeed. */
export type FailureReason =
  | { readonly kind: "refused"; readonly refusal: Refusal | undefined }
  /** An answer that is not what was agreed on. */
  | { readonly kind: "not_json" | "too_large" }
  /** Sent elsewhere. The address is undefined where the answer did not say, or not in a usable form. */
  | { readonly kind: "redirect"; readonly origin: string | undefined }
  | { readonly kind: "transport"; readonly failure: TransportFailure }
  | { readonly kind: "timeout" }
  | { readonly kind: "cancelled" };

/** What an attempt means for its request. */
export type Verdict =
  | { readonly kind: "success"; readonly response: HttpResponse }
  | {
      readonly kind: "failed";
      readonly reason: FailureReason;
      /** Undefined where no answer came. */
      readonly status: number | undefined;
      readonly headers: HeaderReader | undefined;
      /** Whether it may be sent again without doing anything twice. */
      readonly retryable: boolean;
      /** Whether a write may have taken effect in spite of the failure. */
      readonly effectPossible: boolean;
    };

/** 409 is never among them: a collision does not go away by itself. */
const retriedStatuses: ReadonlySet<number> = new Set([
  408, 429, 500, 502, 503, 504,
]);

export interface JudgeOptions {
  readonly request: HttpRequest;
  readonly outcome: AttemptOutcome;
  readonly host: string;
  readonly readRefusal: RefusalReader | undefined;
  /** What was sent and is secret. */
  readonly secrets: readonly Secret<unknown>[];
}

/** Decides what an attempt means, without looking at those before it. */
export function judge({
  request,
  outcome,
  host,
  readRefusal,
  secrets,
}: JudgeOptions): Verdict {
  const repeatable = isRepeatable(request);
  const isWrite = !isRead(request);
  switch (outcome.kind) {
    case "cancelled":
      return failed({ reason: outcome });
    case "timeout":
      return failed({
        reason: outcome,
        retryable: repeatable,
        effectPossible: isWrite,
      });
    case "failure": {
      const { failure } = outcome;
      const lost = failure.kind === "lost";
      return failed({
        reason: { kind: "transport", failure },
        retryable: lost ? repeatable : failure.kind !== "tls",
        effectPossible: isWrite && lost,
      });
    }
    case "answer":
      break;
  }

  const { status, headers, body } = outcome;
  const value = body.kind === "json" ? body.value : undefined;
  if (isSuccess(status) || request.expect?.includes(status) === true) {
    if (body.kind === "json")
      return { kind: "success", response: { status, headers, body: value } };
    const reason = { kind: body.kind };
    return failed({ reason, status, headers, effectPossible: isWrite });
  }
  if (status >= 300 && status < 400) {
    return failed({
      reason: { kind: "redirect", origin: originOf(headers) },
      status,
      headers,
    });
  }
  const text = body.kind === "not_json" ? body.text : undefined;
  const refusal = readRefusal?.({
    status,
    headers,
    body: value,
    text,
    host,
    secrets,
  });
  // A page of a proxy must not be taken for the platform's word that something is not there.
  if (status === 404 && refusal === undefined && body.kind !== "json")
    return failed({ reason: { kind: body.kind }, status, headers });
  return failed({
    reason: { kind: "refused", refusal },
    status,
    headers,
    // What was refused for too many requests was not looked at, so even a bare POST may be repeated.
    retryable: retriedStatuses.has(status) && (repeatable || status === 429),
    effectPossible: isWrite && status >= 500 && refusal === undefined,
  });
}

/**
 * Whether the last answer settles the matter although an earlier attempt may
 * have taken effect: the platform recognises the repetition, or refuses what it
 * would have refused before.
 */
export function settlesEarlierAttempts(
  request: HttpRequest,
  status: number | undefined,
): boolean {
  if (status === 400 || status === 422) return true;
  const recognised = request.idempotent === true || request.method === "DELETE";
  return recognised && (status === 404 || status === 409 || status === 412);
}

/** Whether sending it twice does no more than sending it once. */
function isRepeatable(request: HttpRequest): boolean {
  const { method, idempotent } = request;
  return (
    isRead(request) ||
    method === "PUT" ||
    method === "DELETE" ||
    idempotent === true
  );
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Only the origin: the rest of the address may hold anything. */
function originOf(headers: HeaderReader): string | undefined {
  const location = headers.get("location") ?? "";
  return URL.canParse(location) ? new URL(location).origin : undefined;
}

function failed(
  facts: Partial<Extract<Verdict, { kind: "failed" }>> & {
    readonly reason: FailureReason;
  },
): Verdict {
  return {
    kind: "failed",
    status: undefined,
    headers: undefined,
    retryable: false,
    effectPossible: false,
    ...facts,
  };
}
