import type { Capabilities, PlatformIdentity } from "../../model";
import { translatedTypes } from "./types";

/** What Astro's environment objects can do; see README.md for what rests on an inference. */
const capabilities: Capabilities = {
  owners: ["workspace", "deployment"],
  types: translatedTypes.map(({ name }) => name).sort(),
  features: [
    "list",
    "description",
    "extra",
    "links",
    "overrides",
    "override_secrets",
    "auto_link",
    "usage",
    "inventory",
  ],
  instead: {
    rename: "A connection with another name is another connection there.",
    attachments:
      'A connection there belongs to one workspace (owner = "workspace/NAME"), which is where it can be used; link it to deployments with patchbay_deployment_link.',
    access:
      "Who may use a connection follows from the roles in its workspace. Remove the access list.",
    verify:
      'Remove "verify", or set it to "off"; a task in the deployment can test the connection.',
    status: "Remove it; a task in the deployment can test the connection.",
    secrets_version:
      "Secrets that were removed elsewhere are noticed, changed ones are not.",
    manage_inventory:
      "Look them up with the data sources patchbay_workspace and patchbay_deployment; the provider astronomer/astro manages them.",
  },
  immutableFields: {
    generic: ["conn_type"],
    // It is kept in one text with the token, in the connection and in the links that override the token.
    http: ["token_prefix"],
  },
};

/** Who this platform is, in native types, in the provider block and in messages. */
export const astroIdentity: PlatformIdentity & { readonly name: string } = {
  name: "astro",
  title: "Astro",
  capabilities,
};
