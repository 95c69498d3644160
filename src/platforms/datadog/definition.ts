/**
 * The platform "datadog": the action connections of Workflow Automation and App
 * Builder. This folder holds what is Datadog's alone: its API, its errors, its
 * integrations. The definition is data; HTTP is loaded when Datadog is opened.
 * Nothing here knows Terraform or plans.
 */
import type { PlatformDefinition } from "../../model";
import { headersSetting } from "../kit/headers-setting";
import { datadogIdentity } from "./capabilities";
import { datadogMoves } from "./moves";
import type * as Opening from "./open";
import type * as Rules from "./rules";

export const datadogDefinition: PlatformDefinition = {
  ...datadogIdentity,
  description:
    "Datadog's action connections, for Workflow Automation and App Builder.",
  moves: datadogMoves,
  get rules() {
    return (require("./rules") as typeof Rules).datadogRules;
  },
  settings: [
    {
      name: "site",
      description:
        'Datadog site, for example "datadoghq.eu" or "us5.datadoghq.com". Default: "datadoghq.com".',
      secret: false,
      environmentVariable: "DD_SITE",
    },
    {
      name: "api_key",
      description: "API key of the organization.",
      secret: true,
      environmentVariable: "DD_API_KEY",
    },
    {
      name: "app_key",
      description:
        'Application key, with "Actions API access" turned on in Datadog.',
      secret: true,
      environmentVariable: "DD_APP_KEY",
    },
    {
      name: "bearer_token",
      description:
        "Personal or service access token, in place of the two keys.",
      secret: true,
      environmentVariable: "DD_BEARER_TOKEN",
    },
    {
      name: "api_url",
      description:
        "Address of the API in place of the site's, for example that of a proxy. Plain http only for this machine.",
      secret: false,
      environmentVariable: "DD_HOST",
    },
    {
      name: "allow_self_lockout",
      description:
        'Whether access lists may take away the right to edit of whoever applies them: "true" or "false". Default: "false".',
      secret: false,
    },
    headersSetting("datadog"),
  ],
  open: async (options) => {
    const { openDatadog } = loadOpening();
    return openDatadog(options);
  },
};

function loadOpening(): typeof Opening {
  // Not an import: the plan of another platform shall not load this one.
  return require("./open") as typeof Opening;
}
