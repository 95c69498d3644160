import type { Capabilities, PlatformIdentity } from "../../model";

const capabilities: Capabilities = {
  owners: ["tenant", "organization", "workspace"],
  types: ["snowflake"],
  principals: { org: "org/HANDLE", user: "user/HANDLE", tenant: "tenant" },
  features: [
    "list",
    "rename",
    "extra",
    "attachments",
    "folders",
    "access",
    "verify",
    "usage",
    "status",
    "inventory",
  ],
  // It is not documented whether a change of the configuration keeps secrets that are left out.
  secretsWithEveryUpdate: true,
  instead: {
    description: "Pipes connections have no description. Remove it.",
    links:
      "Pipes has workspaces and no deployments: use patchbay_workspace_attachment.",
    overrides:
      "A workspace sees a connection as it is. Declare a second connection with the other values.",
    override_secrets:
      "A workspace sees a connection as it is. Declare a second connection with the other secrets.",
    auto_link:
      "Pipes has workspaces and no deployments: attach the connection to each workspace with patchbay_workspace_attachment.",
    manage_inventory:
      "Create workspaces in Pipes itself; patchbay_workspace as a data source looks them up.",
  },
};

/** Who this platform is, in native types, in the provider block and in messages. */
export const pipesIdentity: PlatformIdentity & { readonly name: string } = {
  name: "pipes",
  title: "Turbot Pipes",
  capabilities,
};
