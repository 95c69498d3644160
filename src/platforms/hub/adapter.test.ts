import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedHub } from "../../hub";
import { describePlatform } from "../../testing";
import { describeConformance } from "../../../test/conformance/describe-conformance";
import { hubExpectations } from "../../../test/standins/hub";
import { createHubAdapter } from "./adapter";
import { hubIdentity } from "./capabilities";

describeConformance("hub");

const directories: string[] = [];
afterAll(async () => {
  for (const directory of directories) await rm(directory, { recursive: true });
});

// In one process there are no requests that could fail.
describePlatform({
  name: "hub, embedded",
  capabilities: hubIdentity.capabilities,
  expectations: hubExpectations,
  open: async () => {
    const workingDirectory = await mkdtemp(join(tmpdir(), "patchbay-hub-"));
    directories.push(workingDirectory);
    const { api, close } = await openEmbeddedHub({
      workingDirectory,
      environment: {},
    });
    return createHubAdapter({ api, organization: "acme", close });
  },
});
