/**
 * The platform "astro": connections of Astro by Astronomer, which it keeps as
 * environment objects of workspaces and deployments. The definition is data; the
 * adapter is loaded when the platform is opened. Nothing here knows Terraform or
 * plans, and no rule of a connection type: those are in src/catalog.
 */
import type { PlatformDefinition } from "../../model";
import { headersSetting } from "../kit/headers-setting";
import { astroIdentity } from "./capabilities";
import { environmentObjectMove } from "./moves";
import type * as Opening from "./open";
import type * as Rules from "./rules";

export const astroDefinition: PlatformDefinition = {
  ...astroIdentity,
  description:
    "Connections of Astro (Airflow) in the Environment Manager: of workspaces and of deployments.",
  moves: [environmentObjectMove],
  get rules() {
    return (require("./rules") as typeof Rules).astroRules;
  },
  settings: [
    {
      name: "organization_id",
      description: "Id of the Astro organization.",
      example: "clx42kkcm01fo01o06agtmshg",
      secret: false,
    },
    {
      name: "host",
      description:
        'Address of the API, without the version. Default: "https://api.astronomer.io".',
      secret: false,
    },
    {
      name: "token",
      description:
        "API token of the organization, a workspace or a deployment.",
      secret: true,
      environmentVariable: "ASTRO_API_TOKEN",
    },
    headersSetting("astro"),
  ],
  open: async (options) => {
    const { openAstro } = loadOpening();
    return openAstro(options);
  },
};

function loadOpening(): typeof Opening {
  // Not an import: the plan of another platform shall not load the adapter.
  return require("./open") as typeof Opening;
}
