import type { Capabilities, PlatformIdentity } from "../../model";
import { catalogueTypes } from "./options/catalogue-types";
import { immutableFields, irremovableFields } from "./options/field-limits";

const capabilities: Capabilities = {
  owners: ["organization"],
  types: Object.keys(catalogueTypes).sort(),
  features: ["list", "description"],
  instead: {
    rename:
      "There, the name is what makes a connection the same one: another name is another connection.",
    extra:
      "Its connections have fixed options; a native type (upsolver:TYPE) has all of them. Remove it.",
    attachments:
      "A connection there is available everywhere in its organization; workspaces are arranged in Upsolver's own console.",
    links:
      "A connection there is the same for every job. Declare one connection for each environment.",
    overrides: "Declare one connection for each environment.",
    override_secrets: "Declare one connection for each environment.",
    auto_link: "A connection there is available to every job.",
    folders:
      "Its connections stand side by side, told apart by their names. Remove parent.",
    access:
      "Permissions are part of the policies in Upsolver's own console, which has no public API for them.",
    verify:
      'Upsolver tests a connection when it is created, and refuses one that does not work. Remove "verify", or set it to "off".',
    usage:
      "Upsolver tells the tables and jobs that use a connection when it refuses to drop it.",
    inventory: "It has no public API for workspaces, and no deployments.",
    manage_inventory:
      "It has no public API for workspaces, and no deployments.",
  },
  // Some settings are only changed together with a secret.
  secretsWithEveryUpdate: true,
  immutableFields: immutableFields(),
  irremovableFields: irremovableFields(),
};

/** Who this platform is, in native types, in the provider block and in messages. */
export const upsolverIdentity: PlatformIdentity & { readonly name: string } = {
  name: "upsolver",
  title: "Upsolver",
  capabilities,
};
