import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Secret } from "../../../src/diagnostics";
import {
  type EmbeddedHub,
  openEmbeddedHub,
  startHubServer,
} from "../../../src/hub";
import type { Platform } from "../../../src/model";
import { createHubAdapter } from "../../../src/platforms/hub/adapter";
import {
  createHubClient,
  type HubClientOptions,
} from "../../../src/platforms/hub/client";

const silent = () => undefined;
const log = { trace: silent, debug: silent, warn: silent };

export interface ServedHub {
  readonly hub: EmbeddedHub;
  readonly url: string;
  readonly token: Secret;
  close(): Promise<void>;
}

/** A hub of its own on a server of its own, with a token for everything. */
export async function serveHub(tls?: {
  readonly cert: string;
  readonly key: string;
}): Promise<ServedHub> {
  const workingDirectory = await mkdtemp(join(tmpdir(), "patchbay-served-"));
  const hub = await openEmbeddedHub({ workingDirectory, environment: {} });
  const { token } = await hub.api.tokens.create({ scope: { kind: "admin" } });
  const server = await startHubServer({ api: hub.api, port: 0, log, tls });
  return {
    hub,
    url: server.url,
    token,
    close: async () => {
      await server.close();
      await hub.close();
      await rm(workingDirectory, { recursive: true });
    },
  };
}

/** The adapter at any address. */
export function connect(options: HubClientOptions): Platform {
  return createHubAdapter({
    api: createHubClient(options),
    organization: "acme",
    close: async () => {},
  });
}
