import type { Capabilities, PlatformIdentity } from "../../model";
import { optionTables } from "./options/option-tables";

/** What ALTER cannot set, as the fields of native types. */
const unalterableOptions = Object.fromEntries(
  Object.entries(optionTables)
    .map(([keyword, rules]): [string, readonly string[]] => [
      `upsolver:${keyword}`,
      Object.keys(rules).filter((option) => rules[option]?.alterable === false),
    ])
    .filter(([, options]) => options.length > 0),
);

const capabilities: Capabilities = {
  owners: ["organization"],
  types: [
    "amazon-s3",
    "elasticsearch",
    "kafka",
    "mysql",
    "postgresql",
    "snowflake",
  ],
  features: ["list", "description"],
  instead: {
    rename:
      "There, the name is what makes a connection the same one: another name is another connection.",
    attachments:
      "A connection there is available everywhere in its organization; workspaces are arranged in Upsolver's own console.",
    links:
      "A connection there is the same for every job. Declare one connection for each environment.",
    overrides: "Declare one connection for each environment.",
    override_secrets: "Declare one connection for each environment.",
    auto_link: "A connection there is available to every job.",
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
  immutableFields: { kafka: ["bootstrap_servers"], ...unalterableOptions },
};

/** Who this platform is, in native types, in the provider block and in messages. */
export const upsolverIdentity: PlatformIdentity & { readonly name: string } = {
  name: "upsolver",
  title: "Upsolver",
  capabilities,
};
