/**
 * Thrown in place of what fetch threw, which is its cause, where that happened
 * before anything was sent: the platform has seen nothing, so even a create may
 * be sent again.
 */
export class NotSentError extends Error {
  /** Whether the connection was to go through the proxy that the environment names. */
  readonly throughProxy: boolean;
  /** Milliseconds that a connection is awaited. */
  readonly connectTimeoutMs: number;

  constructor(
    cause: unknown,
    facts: Pick<NotSentError, "throughProxy" | "connectTimeoutMs">,
  ) {
    super("nothing was sent", { cause });
    this.throughProxy = facts.throughProxy;
    this.connectTimeoutMs = facts.connectTimeoutMs;
  }
}
