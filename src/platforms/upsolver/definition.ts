/**
 * The platform "upsolver": connections of Upsolver (SQLake), which are made,
 * changed and removed by SQL statements. The definition is data; the adapter is
 * loaded when one is opened. Nothing here knows Terraform or plans.
 */
import type { PlatformDefinition } from "../../model";
import { headersSetting } from "../kit/headers-setting";
import type * as Opening from "./open";
import type * as Rules from "./rules";
import { upsolverIdentity } from "./capabilities";

export const upsolverDefinition: PlatformDefinition = {
  ...upsolverIdentity,
  description:
    "Connections of Upsolver, through its SQL statements. Qlik bought Upsolver and goes on with it as Qlik Open Lakehouse: for organizations that still run Upsolver itself.",
  get rules() {
    return (require("./rules") as typeof Rules).upsolverRules;
  },
  settings: [
    {
      name: "api_url",
      description:
        "Address of the API that runs your organization's statements; some organizations have one of their own, https://api-<id>.upsolver.com.",
      example: "https://mt-api-prod.upsolver.com",
      secret: false,
      environmentVariable: "UPSOLVER_API_URL",
    },
    {
      name: "token",
      description:
        "API token, made in Upsolver's console under Settings, API Tokens.",
      secret: true,
      environmentVariable: "UPSOLVER_TOKEN",
    },
    headersSetting("upsolver"),
  ],
  open: async (options) => {
    const { openUpsolver } = loadOpening();
    return openUpsolver(options);
  },
};

function loadOpening(): typeof Opening {
  // Not an import: the plan of another platform shall not load this one.
  return require("./open") as typeof Opening;
}
