import { runCommand } from "../../test/support/run-command";

test.each([
  [
    ["typs"],
    'Invalid command line (invalid_usage): Unknown command "typs". Did you mean "types"? Add --help to see what there is.\n',
  ],
  [
    ["types", "--jsn"],
    'Invalid command line (invalid_usage): Unknown option "--jsn". Did you mean "--json"? Add --help to see what there is.\n',
  ],
  [
    ["types", "kafka", "http"],
    'Invalid command line (invalid_usage): Too many arguments for "types". Expected 1 argument but got 2. Add --help to see what there is.\n',
  ],
  [
    ["provider", "install", "--dir"],
    'Invalid command line (invalid_usage): Option "--dir <dir>" argument missing. Add --help to see what there is.\n',
  ],
])(
  "a wrong command line %j ends with one diagnostic",
  async (commandLine, errors) => {
    expect(await runCommand(commandLine)).toEqual({
      exitCode: 1,
      output: "",
      errors,
    });
  },
);

test("with --json the diagnostics are the document, too", async () => {
  const { exitCode, output, errors } = await runCommand([
    "types",
    "kafkaa",
    "--json",
  ]);
  expect(exitCode).toBe(1);
  expect(errors).toMatch(
    /^Unknown connection type \(unknown_type\): .*Did you mean "kafka"/,
  );
  expect(JSON.parse(output)).toMatchObject({
    diagnostics: [{ severity: "error", code: "unknown_type", path: [] }],
  });
});

test("what is our own fault is told without a stack trace", async () => {
  const { exitCode, errors } = await runCommand(["provider", "install"], {
    machine: () => {
      throw new TypeError("boom");
    },
  });
  expect(exitCode).toBe(1);
  expect(errors).toMatch(
    /^Internal error \(internal_error\): This is a bug in Patchbay/,
  );
  expect(errors).not.toMatch(/boom|\n\s+at /);
});

test("help and version are no errors", async () => {
  expect(await runCommand(["--version"])).toMatchObject({
    exitCode: 0,
    errors: "",
  });
  const { exitCode, output } = await runCommand([
    "provider",
    "install",
    "--help",
  ]);
  expect(exitCode).toBe(0);
  expect(output).toContain("Examples:\n  $ patchbay provider install\n");
});

test("a group without a command prints its help as an error", async () => {
  const { exitCode, output, errors } = await runCommand(["provider"]);
  expect({ exitCode, output }).toEqual({ exitCode: 1, output: "" });
  expect(errors).toContain("Usage: patchbay provider");
});
