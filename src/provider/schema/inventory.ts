import type { Schema } from "../wire";
import { attribute, STRING } from "./attribute";

/** patchbay_workspace and patchbay_deployment: architecture.md, section 5. */

const owner = attribute("owner", STRING, {
  kind: "optional_computed",
  description:
    "The organization or user that it belongs to: `organization/NAME` or `user/NAME`. Defaults to the provider's organization. Changing it replaces the resource.",
});
const platformId = attribute("platform_id", STRING, {
  kind: "computed",
  description: "The platform's own id.",
});

export const workspaceSchema: Schema = {
  version: 0,
  block: {
    description:
      "A workspace: where connections are used. Managed on the hub only; elsewhere use the data source.",
    descriptionKind: "markdown",
    attributes: [
      attribute("id", STRING, {
        kind: "computed",
        description: "Natural key: `organization/acme/workspace/analytics`.",
      }),
      attribute("name", STRING, {
        kind: "required",
        description:
          "Name, unique in its owner. A new one renames the workspace in place, and what is in it follows.",
      }),
      owner,
      platformId,
    ],
  },
};

export const deploymentSchema: Schema = {
  version: 0,
  block: {
    description:
      "A deployment: a running environment inside a workspace. Managed on the hub only; elsewhere use the data source.",
    descriptionKind: "markdown",
    attributes: [
      attribute("id", STRING, {
        kind: "computed",
        description: "Natural key: `organization/acme/deployment/prod`.",
      }),
      attribute("name", STRING, {
        kind: "required",
        description:
          "Name, unique in its owner. A new one renames the deployment in place, and its links follow.",
      }),
      attribute("workspace", STRING, {
        kind: "required",
        description:
          "Name of the workspace that it runs in. Another one moves the deployment in place; one that is replaced replaces it.",
      }),
      owner,
      platformId,
      attribute("workspace_platform_id", STRING, {
        kind: "computed",
        description:
          "The platform's own id of the workspace. By it a new name is told from another workspace.",
      }),
    ],
  },
};
