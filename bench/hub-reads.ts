import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openEmbeddedHub, startHubServer } from "../src/hub";
import { connections } from "./configurations";
import type { Figure } from "./figure";
import { mirrorIn, TerraformProject } from "./terraform-project";

const silent = { trace: ignore, debug: ignore, warn: ignore };
function ignore(): void {
  // What the server logs is not measured.
}

const COUNT = 1000;
const PAGE = 100;

/** How many reads reach a hub's server while a thousand applied connections are planned. */
export async function measureHubReads(directory: string): Promise<Figure> {
  return {
    name: "reads of the hub during that plan",
    unit: "reads",
    value: await readsOfPlan(directory),
    limit: COUNT / PAGE + 10,
    detail: `GET requests; a listing has ${COUNT / PAGE} pages`,
  };
}

/** The GET requests of that plan, with the provider that is installed in the directory. */
export async function readsOfPlan(directory: string): Promise<number> {
  const folder = join(directory, "reads");
  mkdirSync(folder, { recursive: true });
  const hub = await openEmbeddedHub({
    path: "hub",
    workingDirectory: folder,
    environment: {},
  });
  const { token } = await hub.api.tokens.create({ scope: { kind: "admin" } });
  const server = await startHubServer({ api: hub.api, port: 0, log: silent });
  let reads = 0;
  const counting = createServer((incoming, outgoing) => {
    if (incoming.method === "GET") reads += 1;
    const onward = request(
      new URL(incoming.url ?? "/", server.url),
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) =>
    counting.listen(0, "127.0.0.1", resolve),
  );
  try {
    const endpoint = `http://127.0.0.1:${(counting.address() as AddressInfo).port}`;
    const project = new TerraformProject(
      folder,
      mirrorIn(directory),
      connections(COUNT, { endpoint, token: token.reveal() }),
    );
    await project.run("init", "-no-color");
    await project.run("apply", "-auto-approve", "-no-color");
    reads = 0;
    await project.run("plan", "-detailed-exitcode", "-no-color");
  } finally {
    counting.closeAllConnections();
    counting.close();
    await server.close();
    await hub.close();
  }
  return reads;
}
