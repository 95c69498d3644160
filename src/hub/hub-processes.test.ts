import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, rm } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { openEmbeddedHub } from "./embedded-hub";
import { acme, collect, makeTemporaryDirectory } from "./hub-fixture";
import { loadSqlite } from "./store/load-sqlite";

/**
 * Real processes on one hub. Their program is bundled to a single file far away
 * from node_modules, with SQLite's native part beside it, as the provider is.
 */
const WRITERS = 8;
const WRITES = 40;

const writer = `
  import { Secret } from "./src/diagnostics";
  import { openEmbeddedHub } from "./src/hub/embedded-hub";
  const [workingDirectory, nativeBinding, name, count] = process.argv.slice(2);
  const account = { kind: "organization", name: "acme" };
  async function main() {
    const hub = await openEmbeddedHub({ workingDirectory, nativeBinding, environment: {} });
    for (let index = 0; index < Number(count); index++) {
      const secrets = new Secret({ password: "secret of " + name });
      const connection = { owner: account, name: name + "-" + index, type: "hub:any", config: { index }, secrets };
      await hub.api.connections.create({ account, connection });
      process.stdout.write(connection.name + "\\n");
    }
    await hub.close();
  }
  main().catch((thrown) => { process.stderr.write(String(thrown)); process.exitCode = 1; });
`;

let program: string;
let nativeBinding: string;
let workingDirectory: string;
const directories: string[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  const directory = await makeTemporaryDirectory();
  directories.push(directory);
  program = path.join(directory, "writer.js");
  nativeBinding = path.join(directory, "sqlite.node");
  await build({
    stdin: {
      contents: writer,
      resolveDir: path.join(__dirname, "../.."),
      loader: "ts",
    },
    outfile: program,
    bundle: true,
    platform: "node",
    logLevel: "silent",
  });
  await copyFile(require.resolve(`@libsql/${nativePackage()}`), nativeBinding);
});
beforeEach(async () => {
  workingDirectory = await makeTemporaryDirectory();
  directories.push(workingDirectory);
});
afterAll(async () => {
  for (const child of children)
    if (child.exitCode === null) child.kill("SIGKILL");
  for (const directory of directories)
    await rm(directory, { recursive: true, force: true });
});

/** The package that holds SQLite for this machine. */
function nativePackage(): string {
  const machine = `${process.platform}-${process.arch}`;
  if (process.platform === "win32") return `${machine}-msvc`;
  if (process.platform !== "linux") return machine;
  const report = process.report.getReport() as {
    readonly header: { readonly glibcVersionRuntime?: string };
  };
  return `${machine}-${report.header.glibcVersionRuntime === undefined ? "musl" : "gnu"}`;
}

function start(name: string, count: number): ChildProcess {
  const child = spawn(
    process.execPath,
    [program, workingDirectory, nativeBinding, name, String(count)],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  children.push(child);
  return child;
}

async function names(): Promise<readonly string[]> {
  const hub = await openEmbeddedHub({ workingDirectory, environment: {} });
  const all = await collect((page) =>
    hub.api.connections.list({ account: acme, ...page }),
  );
  await hub.close();
  return all.map(({ name }) => name).sort();
}

test("eight processes make and fill one hub at once: nothing is lost, none finds it locked", async () => {
  const writers = Array.from({ length: WRITERS }, (_, index) =>
    start(`w${index}`, WRITES),
  );
  const outcomes = await Promise.all(
    writers.map(async (child) => {
      let errors = "";
      child.stderr?.on("data", (chunk) => (errors += String(chunk)));
      child.stdout?.resume();
      const [code] = (await once(child, "close")) as [number];
      return { code, errors };
    }),
  );
  expect(outcomes).toEqual(outcomes.map(() => ({ code: 0, errors: "" })));
  const expected = outcomes.flatMap((_, writer) =>
    Array.from({ length: WRITES }, (_, index) => `w${writer}-${index}`),
  );
  expect(await names()).toEqual(expected.sort());
});

test("a process that is killed while it writes leaves every finished write and a sound file", async () => {
  const child = start("killed", 1_000_000);
  const finished: string[] = [];
  const lines = createInterface({ input: child.stdout! });
  lines.on("line", (line) => {
    finished.push(line);
    if (finished.length === 50) child.kill("SIGKILL");
  });
  await once(child, "close");
  expect(child.signalCode).toBe("SIGKILL");
  const found = await names();
  expect(found).toEqual(expect.arrayContaining(finished));
  const Sqlite = loadSqlite(undefined);
  const database = new Sqlite(path.join(workingDirectory, ".patchbay/hub.db"), {
    timeout: 100,
  });
  expect(database.prepare("pragma integrity_check").all([])).toMatchObject([
    { integrity_check: "ok" },
  ]);
  database.close();
});
