import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedHub } from "../../hub";
import { catalogueExpectations, describePlatform } from "../../testing";
import { createHubAdapter } from "./hub-adapter";
import { hubIdentity } from "./hub-capabilities";

const directories: string[] = [];
afterAll(async () => {
  for (const directory of directories) await rm(directory, { recursive: true });
});

describePlatform({
  name: "hub, embedded",
  capabilities: hubIdentity.capabilities,
  expectations: catalogueExpectations,
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
