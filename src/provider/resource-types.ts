import type { KindTitles } from "../plan";

/** What Terraform calls each kind of object. */
export const resourceTypes: KindTitles = {
  connection: "patchbay_connection",
  attachment: "patchbay_workspace_attachment",
  link: "patchbay_deployment_link",
  workspace: "patchbay_workspace",
  deployment: "patchbay_deployment",
};
