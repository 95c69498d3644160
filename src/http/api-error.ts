import { type Diagnostic, PatchbayError } from "../diagnostics";
import type { HttpMethod } from "./http-request";

/** What is kept of a request that failed. */
export interface ApiErrorFacts {
  readonly method: HttpMethod;
  /** With placeholders in place of names. */
  readonly pathTemplate: string;
  /** `hub.example.com:8443` */
  readonly host: string;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  /** The platform's name for this exchange, for whoever runs it. */
  readonly requestId: string | undefined;
  /** Whether the failure may go away by itself. It was already retried as far as that is safe. */
  readonly retryable: boolean;
  /** The platform's own code of the problem, where the adapter read one. */
  readonly problemCode: string | undefined;
}

/**
 * Thrown when a request failed for good: no answer, an answer that says no, or
 * one that cannot be read. Its diagnostics say so to the user; its facts let an
 * adapter decide. Never holds the body, the query, the raw answer or a header.
 */
export class ApiError extends PatchbayError implements ApiErrorFacts {
  readonly method: HttpMethod;
  readonly pathTemplate: string;
  readonly host: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryable: boolean;
  readonly problemCode: string | undefined;

  constructor(facts: ApiErrorFacts, diagnostics: readonly Diagnostic[]) {
    super(diagnostics);
    this.method = facts.method;
    this.pathTemplate = facts.pathTemplate;
    this.host = facts.host;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.retryable = facts.retryable;
    this.problemCode = facts.problemCode;
  }
}
