import type { Schema } from "../wire";
import {
  attribute,
  DYNAMIC,
  listOf,
  mapOf,
  NUMBER,
  setOf,
  STRING,
} from "./attribute";

/** patchbay_workspace_attachment and patchbay_deployment_link: architecture.md, section 5. */

const id = (example: string) =>
  attribute("id", STRING, {
    kind: "computed",
    description: `Natural key, known at plan time: \`${example}\`.`,
  });

const platformId = attribute("platform_id", STRING, {
  kind: "computed",
  description: "The platform's own id.",
});

const connectionId = attribute("connection_id", STRING, {
  kind: "required",
  description:
    "The connection's `id`: refer to it, so that a connection that is renamed in place keeps this. Another connection, or one that is replaced, replaces this resource.",
});

const identity = (name: string, what: string) =>
  attribute(name, STRING, {
    kind: "computed",
    description: `The platform's own id of ${what}. By it a new name is told from another object.`,
  });

const connectionPlatformId = identity(
  "connection_platform_id",
  "the connection",
);

export const attachmentSchema: Schema = {
  version: 0,
  block: {
    description: "Makes a connection available in a workspace.",
    descriptionKind: "markdown",
    attributes: [
      id("organization/acme/warehouse@workspace/analytics"),
      connectionId,
      attribute("workspace", STRING, {
        kind: "required",
        description:
          "Name of the workspace. Another workspace, or one that is replaced, replaces the attachment; one that is only renamed keeps it.",
      }),
      platformId,
      connectionPlatformId,
      identity("workspace_platform_id", "the workspace"),
    ],
  },
};

export const linkSchema: Schema = {
  version: 1,
  block: {
    description:
      "Makes a connection available in a deployment, with the fields that this deployment sees differently.",
    descriptionKind: "markdown",
    attributes: [
      id("organization/acme/warehouse@deployment/prod"),
      connectionId,
      attribute("deployment", STRING, {
        kind: "required",
        description:
          "Name of the deployment. Another deployment, or one that is replaced, replaces the link; one that is only renamed or moved keeps it.",
      }),
      attribute("overrides", DYNAMIC, {
        kind: "optional",
        description:
          "Plain fields that this deployment sees differently, merged into the connection's `config` (RFC 7396). `null` is as good as not given.",
      }),
      attribute("removed_fields", setOf(STRING), {
        kind: "optional",
        description:
          'Fields of the connection that this deployment does not see, as paths: `["port", "headers.X-Trace"]`, a key with a dot in quotes: `extra["a.b"]`.',
      }),
      attribute("override_secrets", DYNAMIC, {
        kind: "optional",
        sensitive: true,
        description:
          "Secret fields that this deployment sees differently. Stored in the state; prefer `override_secrets_wo`.",
      }),
      attribute("override_secrets_wo", DYNAMIC, {
        kind: "optional",
        writeOnly: true,
        description:
          "Secret fields that this deployment sees differently, never stored in plan or state (Terraform 1.11 or newer, OpenTofu 1.11 or newer).",
      }),
      attribute("override_secrets_version", STRING, {
        kind: "optional",
        description:
          "When set, the overridden secrets are sent again only when this changes.",
      }),
      platformId,
      connectionPlatformId,
      identity("deployment_platform_id", "the deployment"),
      identity(
        "attachment_platform_id",
        "the attachment that it goes through, where the platform has attachments",
      ),
      attribute("effective", DYNAMIC, {
        kind: "computed",
        description:
          "The configuration that this deployment sees, without secrets: the connection as it will be after this plan, with the overrides merged in.",
      }),
      attribute("override_secret_fields", listOf(STRING), {
        kind: "computed",
        description:
          "Names of the secrets that this deployment sees differently.",
      }),
      attribute("override_secrets_revision", NUMBER, {
        kind: "computed",
        description:
          "Grows by one with every change of the overridden secrets. Falls to 0 when they were changed or removed elsewhere.",
      }),
      attribute("override_secret_revisions", mapOf(NUMBER), {
        kind: "computed",
        description:
          "Name of each overridden secret, with the `override_secrets_revision` at which it was last sent changed; 0 where it was never sent from here.",
      }),
      attribute("seen_secrets_revision", NUMBER, {
        kind: "computed",
        description:
          "The last change of those of the connection's secrets that this link does not override, in terms of the connection's `secret_revisions`: a new password shows at every deployment that sees it.",
      }),
    ],
  },
};
