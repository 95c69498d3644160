/**
 * The real hub over HTTP, with a proxy in between that fails on demand. One for
 * all tests: starting a hub takes longer than most of them.
 */
import { hubIdentity } from "../../../src/platforms/hub/capabilities";
import { startFaultProxy } from "../../../src/testing";
import type { ConformanceSubject } from "../../conformance/conformance-subject";
import { skippingTime } from "../kit";
import { emptyHub } from "./empty-hub";
import { hubExpectations } from "./hub-expectations";
import { connect, serveHub } from "./serve-hub";

let started: ReturnType<typeof start> | undefined;

async function start() {
  const served = await serveHub();
  return { served, proxy: await startFaultProxy(served.url) };
}

const shared = () => (started ??= start());

export async function close(): Promise<void> {
  if (started === undefined) return;
  const { served, proxy } = await started;
  await proxy.close();
  await served.close();
}

export const subjects: readonly ConformanceSubject[] = [
  {
    name: "hub, over HTTP",
    capabilities: hubIdentity.capabilities,
    expectations: hubExpectations,
    open: async () => {
      const { served, proxy } = await shared();
      proxy.clearFaults();
      await emptyHub(served.hub.api);
      const http = { time: skippingTime() };
      return connect({ endpoint: proxy.url, token: served.token, http });
    },
    openElsewhere: async () => {
      const { url, token } = (await shared()).served;
      return connect({ endpoint: url, token });
    },
    injectFault: async (_platform, injection) =>
      (await shared()).proxy.inject(injection),
    clearFaults: async () => (await shared()).proxy.clearFaults(),
    // Between a client and its server, no answer gets old.
    staleReads: false,
  },
];
