/**
 * The platform "pipes": connections of Turbot Pipes, owned by the tenant, by an
 * organization or by a workspace, and attached to workspaces. The definition is
 * data; the adapter and its HTTP client are loaded when the platform is opened.
 * Nothing here knows Terraform or plans; how a catalogue type is translated is
 * in types/, one file for each.
 */
import type { PlatformDefinition } from "../../model";
import { headersSetting } from "../kit/headers-setting";
import type * as Opening from "./open";
import { pipesIdentity } from "./capabilities";
import { pipesMoves } from "./moves";
import type * as Rules from "./rules";

export const pipesDefinition: PlatformDefinition = {
  ...pipesIdentity,
  description:
    "Turbot Pipes (formerly Steampipe Cloud): connections of the tenant, of organizations and of workspaces, attached to workspaces as schemas.",
  moves: pipesMoves,
  get rules() {
    return (require("./rules") as typeof Rules).pipesRules;
  },
  settings: [
    {
      name: "host",
      description:
        'Host of Turbot Pipes, for a tenant of your own "acme.pipes.turbot.com". Default: "pipes.turbot.com".',
      secret: false,
      environmentVariable: "PIPES_HOST",
    },
    {
      name: "token",
      description: "API token of a user or a service account on that host.",
      secret: true,
      environmentVariable: "PIPES_TOKEN",
    },
    headersSetting("pipes"),
  ],
  open: async (options) => {
    const { openPipes } = loadOpening();
    return Promise.resolve(openPipes(options));
  },
};

function loadOpening(): typeof Opening {
  // Not an import: the plan of another platform shall not load this one.
  return require("./open") as typeof Opening;
}
