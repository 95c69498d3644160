import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PATCHBAY_VERSION } from "../../src/model";

// The built command line, as a process of its own.
const patchbay = join(__dirname, "../../dist/src/cli/main.js");
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "patchbay-cli-"));
});
afterEach(() => rmSync(root, { recursive: true }));

test("runs as a program", () => {
  expect(
    execFileSync(process.execPath, [patchbay, "--version"], {
      encoding: "utf8",
    }),
  ).toBe(`${PATCHBAY_VERSION}\n`);
  const wrong = spawnSync(process.execPath, [patchbay, "types", "postgresq"], {
    encoding: "utf8",
  });
  expect(wrong).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringMatching(/^Unknown connection type/),
  });
});

test("a reader that stops early is no error", async () => {
  const child = spawn(process.execPath, [patchbay, "provider", "schema"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  let errors = "";
  child.stderr.on("data", (text: Buffer) => (errors += text.toString()));
  const [exitCode] = await once(child, "close");
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: "" });
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends the server in peace",
  async (signal) => {
    execFileSync(process.execPath, [patchbay, "hub", "init"], { cwd: root });
    const child = spawn(
      process.execPath,
      [patchbay, "hub", "serve", "--port", "0"],
      {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    expect(line.toString()).toMatch(
      /answers at http:\/\/127\.0\.0\.1:\d+ until/,
    );
    child.kill(signal);
    expect(await once(child, "close")).toEqual([0, null]);
  },
);
