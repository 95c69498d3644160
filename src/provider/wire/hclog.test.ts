import { createLogger, parseLogLevel, type LogLevel } from "./hclog";

function logger(level: LogLevel): {
  lines: string[];
  log: ReturnType<typeof createLogger>;
} {
  const lines: string[] = [];
  const stderr = { write: (line: string) => lines.push(line) };
  return {
    lines,
    log: createLogger({
      stderr,
      level,
      now: () => new Date("2026-01-02T03:04:05.678Z"),
    }),
  };
}

test("a line is hclog's JSON", () => {
  const { lines, log } = logger("info");
  log.warn("slow\nanswer", {
    status: 503,
    retried: true,
    path: "/v1",
    absent: undefined,
  });
  expect(lines).toEqual([
    '{"@level":"warn","@message":"slow\\nanswer","@module":"provider","@timestamp":"2026-01-02T03:04:05.678000Z","status":503,"retried":true,"path":"/v1"}\n',
  ]);
});

test("no field takes the place of one that core casts to text", () => {
  const { lines, log } = logger("trace");
  log.trace("x", { "@message": 5, "@timestamp": true });
  expect(JSON.parse(lines[0]!)).toMatchObject({
    "@message": "x",
    _message: 5,
    _timestamp: true,
  });
});

test.each<[LogLevel, number]>([
  ["trace", 5],
  ["info", 3],
  ["error", 1],
  ["off", 0],
])("at level %s, %i of five lines are written", (level, count) => {
  const { lines, log } = logger(level);
  for (const method of ["trace", "debug", "info", "warn", "error"] as const)
    log[method]("x");
  expect(lines).toHaveLength(count);
  expect(log.isEnabled("error")).toBe(count > 0);
});

test.each([
  ["one long message", "x".repeat(1 << 20), {}],
  ["control characters", "\u0001".repeat(1 << 20), {}],
  [
    "many fields",
    "x",
    Object.fromEntries(
      Array.from({ length: 50_000 }, (_, i) => [`field${i}`, i]),
    ),
  ],
  [
    "many long fields",
    "x",
    Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`f${i}`, "ä".repeat(10_000)]),
    ),
  ],
])(
  "a line with %s stays below 64 KiB and is still JSON",
  (_, message, fields) => {
    const { lines, log } = logger("info");
    log.info(message, fields);
    expect(Buffer.byteLength(lines[0]!)).toBeLessThan(64 * 1024);
    expect(JSON.parse(lines[0]!)).toMatchObject({ "@level": "info" });
  },
);

test("a stream that fails is no reason to fail", () => {
  let onError: ((error: unknown) => void) | undefined;
  const stderr = {
    write: () => {
      throw new Error("EPIPE");
    },
    on: (_: "error", listener: (error: unknown) => void) =>
      (onError = listener),
  };
  const log = createLogger({ stderr, level: "info" });
  expect(() => log.info("x")).not.toThrow();
  expect(() => onError?.(new Error("EPIPE"))).not.toThrow();
});

test.each<[string | undefined, LogLevel]>([
  [undefined, "off"],
  ["", "off"],
  ["WARN", "warn"],
  ["json", "trace"],
  ["1", "trace"],
])("TF_LOG=%s means %s", (text, level) => {
  expect(parseLogLevel(text)).toBe(level);
});
