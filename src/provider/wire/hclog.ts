/**
 * Log lines as core reads them from stderr (hclog's JSON form). Core is strict where one does not expect it: a line whose
 * @-keys are not text crashes Terraform itself, a timestamp without exactly six fraction digits or a line of 64 KiB is
 * shown as garbage. So this is the only writer of log lines. Logging never fails: a closed stderr is ignored.
 */
export const LOG_LEVELS = [
  "trace",
  "debug",
  "info",
  "warn",
  "error",
  "off",
] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFields = Readonly<
  Record<string, string | number | boolean | undefined>
>;
type LogMethod = (message: string, fields?: LogFields) => void;

export interface Logger {
  readonly trace: LogMethod;
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  readonly isEnabled: (level: LogLevel) => boolean;
}

export interface LogStream {
  write(text: string): unknown;
  on?(event: "error", listener: (error: unknown) => void): unknown;
}

export interface LoggerOptions {
  readonly stderr: LogStream;
  /** Lines below it are not written. See `parseLogLevel` for reading it from a variable. */
  readonly level: LogLevel;
  /** @default "provider" */
  readonly module?: string;
  readonly now?: () => Date;
}

export function createLogger({
  stderr,
  level,
  module = "provider",
  now = () => new Date(),
}: LoggerOptions): Logger {
  const threshold = LOG_LEVELS.indexOf(level);
  const isEnabled = (asked: LogLevel): boolean =>
    asked !== "off" && LOG_LEVELS.indexOf(asked) >= threshold;
  // Without a listener, EPIPE would end the process.
  stderr.on?.("error", () => undefined);
  const writer = (own: LogLevel): LogMethod => {
    if (!isEnabled(own)) return () => undefined;
    return (message, fields = {}) => {
      try {
        stderr.write(
          `${formatLine({ "@level": own, "@message": message, "@module": module }, fields, now())}\n`,
        );
      } catch {
        // Nobody is left to read it.
      }
    };
  };
  return {
    trace: writer("trace"),
    debug: writer("debug"),
    info: writer("info"),
    warn: writer("warn"),
    error: writer("error"),
    isEnabled,
  };
}

/** What TF_LOG and its like may hold: a level in any case, `json` (which means trace), or nothing. */
export function parseLogLevel(text: string | undefined): LogLevel {
  const word = (text ?? "").trim().toLowerCase();
  if (word === "") return "off";
  return LOG_LEVELS.find((level) => level === word) ?? "trace";
}

const MAX_LINE_BYTES = 64 * 1024 - 1024;

function formatLine(
  own: Readonly<Record<string, string>>,
  fields: LogFields,
  now: Date,
): string {
  const head = { ...own, "@timestamp": timestamp(now) };
  const entry: Record<string, string | number | boolean> = { ...head };
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined)
      entry[key.startsWith("@") ? `_${key.slice(1)}` : key] = value;
  }
  let line = JSON.stringify(entry);
  for (
    let limit = 16 * 1024;
    limit >= 64 && Buffer.byteLength(line) > MAX_LINE_BYTES;
    limit /= 2
  ) {
    line = JSON.stringify(entry, (_, value: unknown) =>
      typeof value === "string" && value.length > limit
        ? `${value.slice(0, limit)}…`
        : value,
    );
  }
  if (Buffer.byteLength(line) <= MAX_LINE_BYTES) return line;
  return JSON.stringify({
    ...head,
    "@message": "(a log line with too many fields)",
  });
}

/** JavaScript counts in milliseconds; Go's layout wants microseconds. */
function timestamp(now: Date): string {
  return now.toISOString().replace("Z", "000Z");
}
