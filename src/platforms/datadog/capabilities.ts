import type { Capabilities, PlatformIdentity } from "../../model";
import { immutableFields, irremovableFields } from "./types/integrations";

const capabilities: Capabilities = {
  owners: ["organization"],
  types: ["http"],
  principals: {
    user: "user/UUID",
    team: "team/UUID",
    role: "role/UUID",
    org: "org/UUID",
  },
  features: ["rename", "access"],
  instead: {
    list: "Its API gives a connection only by its UUID: the address of the connection's page in Datadog ends with it.",
    description:
      'Remove it; tags ("config.tags") can say what a connection is for.',
    extra:
      "Its integrations have fixed fields; of http, headers and url_parameters have free names. Remove it.",
    attachments:
      "A connection there can be used by the workflows and apps of the whole organization; access says by whom.",
    links:
      "It has no deployments. Declare one connection for each environment, told apart by tags.",
    overrides:
      "Declare one connection for each environment, told apart by tags.",
    override_secrets:
      "Declare one connection for each environment, told apart by tags.",
    auto_link:
      "A connection there can be used by the whole organization; access says by whom.",
    folders:
      "Connections stand side by side there, told apart by tags. Remove parent.",
    verify: 'Remove "verify", or set it to "off"; Datadog tests on first use.',
    usage: "Look at the connection's page in Datadog.",
    inventory: "It has neither workspaces nor deployments.",
    manage_inventory: "It has neither workspaces nor deployments.",
  },
  immutableFields,
  irremovableFields,
  sharedNames: true,
};

/** Who this platform is, in native types, in the provider block and in messages. */
export const datadogIdentity: PlatformIdentity & { readonly name: string } = {
  name: "datadog",
  title: "Datadog",
  capabilities,
};
