import {
  type Capabilities,
  features,
  type PlatformIdentity,
} from "../../model";

/** The hub is ours, so it has everything but folders and what needs a way to the data source itself. */
const capabilities: Capabilities = {
  owners: ["organization", "user", "workspace", "deployment"],
  types: "all",
  principals: {
    user: "user/NAME",
    team: "team/NAME",
    role: "role/NAME",
    org: "org/NAME",
    tenant: "tenant",
  },
  features: features.filter(
    (feature) => feature !== "verify" && feature !== "folders",
  ),
  instead: {
    folders:
      "Its connections stand side by side under their owner, told apart by their names. Remove parent.",
    verify:
      'The hub keeps connections and does not open them. Remove "verify", or set it to "off"; whoever uses a connection can report its status to the hub.',
  },
};

/** Who this platform is, in native types, in the provider block and in messages. */
export const hubIdentity: PlatformIdentity & { readonly name: string } = {
  name: "hub",
  title: "Patchbay hub",
  capabilities,
};
