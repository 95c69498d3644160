import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";

const cli = join(__dirname, "../../src/cli/main.js");

/** A token for the hub in this folder, as `patchbay hub token create` prints it. */
export function createToken(hubPath: string): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, "hub", "token", "create", "--path", hubPath, "--json"],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as { token: string }).token;
}

/** Serves the hub in this folder while `use` runs. */
export async function withHubServer<T>(
  hubPath: string,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const server = spawn(
    process.execPath,
    [cli, "hub", "serve", "--path", hubPath, "--port", "0"],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  try {
    return await use(await urlOf(server));
  } finally {
    server.kill("SIGTERM");
    await new Promise((resolve) =>
      server.exitCode === null
        ? server.once("exit", resolve)
        : resolve(undefined),
    );
  }
}

/** The first address that the server prints. */
function urlOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const read = (chunk: Buffer) => {
      printed += chunk.toString("utf8");
      const url = /https?:\/\/[^\s"]+/.exec(printed)?.[0];
      if (url !== undefined) resolve(url);
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    server.once("exit", () =>
      reject(new Error(`the hub's server has ended: ${printed}`)),
    );
  });
}
