import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../test/support/run-command";

let root: string;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "patchbay-serve-"));
  await runCommand(["hub", "init"], { workingDirectory: root });
});
afterEach(() => rmSync(root, { recursive: true }));

test("serves the hub until it is told to stop", async () => {
  const { output: token } = await runCommand(["hub", "token", "create"], {
    workingDirectory: root,
  });
  const { announced, stop, ended } = serve("--port", "0", "--json");
  const { url, directory } = JSON.parse(await announced) as {
    url: string;
    directory: string;
  };
  expect(directory).toBe(join(root, ".patchbay"));
  expect((await fetch(`${url}/openapi.json`)).status).toBe(200);

  const accounts = async (authorization: string) => {
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as {
      paths: Record<string, unknown>;
    };
    const path = Object.keys(document.paths).find((known) =>
      known.endsWith("/accounts"),
    )!;
    return (await fetch(url + path, { headers: { authorization } })).status;
  };
  expect(await accounts(`Bearer ${token.trim()}`)).toBe(200);
  expect(await accounts("Bearer wrong")).toBe(401);

  stop();
  expect(await ended).toBe(0);
  await expect(fetch(`${url}/openapi.json`)).rejects.toThrow();
});

test.each([
  [
    ["--host", "0.0.0.0"],
    /^Insecure endpoint \(insecure_endpoint\): .*0\.0\.0\.0/,
  ],
  [
    ["--port", "http"],
    /^Invalid command line \(invalid_usage\): .*"http" is invalid.*0 to 65535/,
  ],
  [
    ["--tls-cert", "a.pem"],
    /^Missing argument \(missing_argument\): --tls-cert and --tls-key belong together/,
  ],
  [
    ["--tls-cert", "a.pem", "--tls-key", "b.pem"],
    /^File not readable \(file_not_readable\): .*a\.pem cannot be read \(ENOENT\)/,
  ],
  [["--path", "typo"], /^Hub not initialised \(hub_not_initialised\)/],
])("%j is refused before anything is served", async (options, errors) => {
  expect(
    await runCommand(["hub", "serve", ...options], { workingDirectory: root }),
  ).toEqual({
    exitCode: 1,
    output: "",
    errors: expect.stringMatching(errors),
  });
});

test("a port that is taken is an error", async () => {
  const first = serve("--port", "0", "--json");
  const { port } = new URL(
    (JSON.parse(await first.announced) as { url: string }).url,
  );
  const { exitCode, errors } = await runCommand(
    ["hub", "serve", "--port", port],
    { workingDirectory: root },
  );
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/something else listens there already/);
  first.stop();
  expect(await first.ended).toBe(0);
});

/** A server in this process: what it announced, and how it ends. */
function serve(...options: readonly string[]) {
  let stop = () => {};
  let announce = (_text: string) => {};
  const announced = new Promise<string>((resolve) => (announce = resolve));
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const ended = runCommand(["hub", "serve", ...options], {
    workingDirectory: root,
    stopRequested: () => stopped,
    writeOutput: announce,
  }).then(({ exitCode }) => exitCode);
  return { announced, stop: () => stop(), ended };
}
