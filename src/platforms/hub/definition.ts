/**
 * The platform "hub": Patchbay's own backing API, embedded in this process or on
 * a server. The definition is data; the hub, its database and its HTTP client
 * are loaded when one is opened. Nothing here knows Terraform or plans, and no
 * rule of the hub is kept here: those are in src/hub.
 */
import type { PlatformDefinition } from "../../model";
import { hubIdentity } from "./capabilities";
import type * as Opening from "./open";

export const hubDefinition: PlatformDefinition = {
  ...hubIdentity,
  description:
    "Patchbay's own backing API: embedded (a folder, no server to start) or on a server.",
  settings: [
    {
      name: "path",
      description:
        'Folder of the embedded hub; made where it is not there. Relative paths start where Terraform runs. Default: ".patchbay".',
      secret: false,
      path: { default: ".patchbay" },
    },
    {
      name: "endpoint",
      description:
        "Address of a hub on a server, for example https://hub.example.com. Plain http only for this machine.",
      secret: false,
    },
    {
      name: "token",
      description: "Token for the hub at the endpoint.",
      secret: true,
      environmentVariable: "PATCHBAY_TOKEN",
    },
  ],
  open: async (options) => {
    const { openHub } = loadOpening();
    return openHub(options);
  },
};

function loadOpening(): typeof Opening {
  // Not an import: the plan of another platform shall not load the hub.
  return require("./open") as typeof Opening;
}
