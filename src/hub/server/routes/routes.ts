import type { Route } from "../route";
import { accountRoutes } from "./account-routes";
import { attachmentRoutes } from "./attachment-routes";
import { connectionRoutes } from "./connection-routes";
import { deploymentRoutes } from "./deployment-routes";
import { linkRoutes } from "./link-routes";
import { tokenRoutes } from "./token-routes";
import { workspaceRoutes } from "./workspace-routes";

/** Every operation of the HTTP API. */
export const routes: readonly Route[] = [
  ...accountRoutes,
  ...workspaceRoutes,
  ...deploymentRoutes,
  ...connectionRoutes,
  ...attachmentRoutes,
  ...linkRoutes,
  ...tokenRoutes,
];
