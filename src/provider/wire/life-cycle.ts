/**
 * When a provider process goes on and when it ends. Ctrl-C reaches the whole process group, and core decides what
 * follows: a provider that died of it would lose state. A core that was killed tells nobody: the provider notices that
 * it has another parent, or that nobody has been connected for long, and ends by itself.
 */
export interface LifeCycleOptions {
  readonly signals: { on(signal: "SIGINT", listener: () => void): unknown };
  readonly getParentPid: () => number;
  /** Windows keeps a parent's pid after its death, so the parent itself is looked for there. @default true */
  readonly isRunning?: (pid: number) => boolean;
  /** Emits `error` when nobody reads it any more. */
  readonly stderr: {
    on(
      event: "error",
      listener: (error: NodeJS.ErrnoException) => void,
    ): unknown;
  };
  /** Nobody is left to serve: end the process. Called once. */
  readonly onOrphaned: () => void;
  /** @default 1000 */
  readonly pollMs?: number;
  /**
   * How long nobody may be connected, once somebody was. The last resort: core's gRPC closes a connection that has been
   * idle for half an hour while other providers are at work, and opens another when it has something to say.
   * @default 6 hours
   */
  readonly lonelyMs?: number;
}

export interface LifeCycle {
  /** To be told how many connections are open, whenever that changes. */
  connections(open: number): void;
  stop(): void;
}

export function watchLifeCycle(options: LifeCycleOptions): LifeCycle {
  const {
    pollMs = 1000,
    lonelyMs = 6 * 3600_000,
    isRunning = () => true,
  } = options;
  const parent = options.getParentPid();
  let lonely: NodeJS.Timeout | undefined;
  let over = false;

  const stop = (): void => {
    over = true;
    clearInterval(poll);
    clearTimeout(lonely);
  };
  const orphaned = (): void => {
    if (over) return;
    stop();
    options.onOrphaned();
  };
  const poll = setInterval(() => {
    if (options.getParentPid() !== parent || !isRunning(parent)) orphaned();
  }, pollMs);
  poll.unref();

  options.signals.on("SIGINT", () => undefined);
  options.stderr.on("error", (error) => {
    if (error.code === "EPIPE") orphaned();
  });
  return {
    connections(open) {
      clearTimeout(lonely);
      if (open > 0 || over) return;
      lonely = setTimeout(orphaned, lonelyMs);
      lonely.unref();
    },
    stop,
  };
}
