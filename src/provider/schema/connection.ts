import type { Schema } from "../wire";
import {
  attribute,
  BOOL,
  DYNAMIC,
  listOf,
  mapOf,
  nestedAttribute,
  NUMBER,
  setOf,
  STRING,
} from "./attribute";

const principals = (name: string, who: string) =>
  attribute(name, setOf(STRING), {
    kind: "optional",
    description: `Who may ${who} the connection: \`user/…\`, \`team/…\`, \`role/…\`, \`org/…\`, \`tenant\`.`,
  });

/** patchbay_connection: architecture.md, section 5. */
export const connectionSchema: Schema = {
  version: 0,
  block: {
    description:
      "A connection: what to connect to and how to authenticate, defined once, attached to workspaces and linked to deployments.",
    descriptionKind: "markdown",
    attributes: [
      attribute("id", STRING, {
        kind: "computed",
        description:
          "Natural key, known at plan time: `organization/acme/warehouse`.",
      }),
      attribute("name", STRING, {
        kind: "required",
        description: "Name, unique among the owner's connections.",
      }),
      attribute("type", STRING, {
        kind: "required",
        description:
          "Connection type of the catalogue, for example `postgresql`, or a platform's native type, for example `astro:airbyte`. Changing it replaces the connection.",
      }),
      attribute("owner", STRING, {
        kind: "optional_computed",
        description:
          "Whom it belongs to: `organization/NAME`, `user/NAME`, `tenant`, `workspace/NAME` or `deployment/NAME`. Defaults to the provider's organization. Changing it replaces the connection.",
      }),
      attribute("description", STRING, {
        kind: "optional_computed",
        description: "What it is for, in a sentence.",
      }),
      attribute("config", DYNAMIC, {
        kind: "optional",
        description: "Plain fields, checked against the type's schema.",
      }),
      attribute("secrets", DYNAMIC, {
        kind: "optional",
        sensitive: true,
        description: "Secret fields. Stored in the state; prefer `secrets_wo`.",
      }),
      attribute("secrets_wo", DYNAMIC, {
        kind: "optional",
        writeOnly: true,
        description:
          "Secret fields, never stored in plan or state (Terraform 1.11 or newer, OpenTofu 1.11 or newer). A changed value is noticed by itself.",
      }),
      attribute("secrets_version", STRING, {
        kind: "optional",
        description:
          "When set, the secrets are sent again only when this changes. For values that differ on every run.",
      }),
      attribute("auto_link", BOOL, {
        kind: "optional_computed",
        description:
          "Link to every deployment, present and future, of the workspaces that the connection is attached to. Defaults to `false`.",
      }),
      attribute("auto_link_except", setOf(STRING), {
        kind: "optional_computed",
        description: "Deployments that auto-link leaves out.",
      }),
      nestedAttribute(
        "access",
        [
          principals("view", "see"),
          principals("use", "use"),
          principals("edit", "change"),
        ],
        {
          kind: "optional_computed",
          description:
            "Who may do what with it. Without it the platform's default is left alone.",
        },
      ),
      attribute("parent", STRING, {
        kind: "optional_computed",
        description:
          "Folder that holds it, on platforms that have folders: its titles from the top (`Production/Databases`) or its id; `/` is the top level. Without it the connection stays where it is.",
      }),
      attribute("verify", STRING, {
        kind: "optional",
        description:
          "`on_change`: test the connection before it is created or changed; a failing test changes nothing. `off` (default): do not.",
      }),
      attribute("deletion_protection", BOOL, {
        kind: "optional",
        description: "While `true`, destroying the connection is an error.",
      }),
      attribute("platform_id", STRING, {
        kind: "computed",
        description: "The platform's own id.",
      }),
      attribute("status", STRING, {
        kind: "computed",
        description:
          "`ok`, `error`, `disabled`, `pending`, or `unknown` where it was never tested.",
      }),
      attribute("status_message", STRING, {
        kind: "computed",
        description: "What the platform says about the status.",
      }),
      attribute("connection_string", STRING, {
        kind: "computed",
        description:
          "How to reach it, without secrets, where the type has such a form. Known at plan time when `config` is.",
      }),
      attribute("secret_fields", listOf(STRING), {
        kind: "computed",
        description: "Names of the secrets that are set.",
      }),
      attribute("secrets_revision", NUMBER, {
        kind: "computed",
        description:
          "Grows by one with every change of the secrets. Falls to 0 when they were changed or removed elsewhere, so that the next apply sends them again.",
      }),
      attribute("secret_revisions", mapOf(NUMBER), {
        kind: "computed",
        description:
          "Name of each secret that is set, with the `secrets_revision` at which it was last sent changed; 0 where it was never sent from here.",
      }),
    ],
  },
};
