import { Deployment, Workspace } from "cdktf-patchbay";
import type { Construct } from "constructs";

/** Where connections are used. */
export interface Places {
  readonly analytics: Workspace;
  readonly ingestion: Workspace;
  readonly operations: Workspace;

  readonly analyticsProd: Deployment;
  readonly analyticsStaging: Deployment;
  readonly ingestionProd: Deployment;
  readonly ingestionStaging: Deployment;
  readonly monitoring: Deployment;
}

/** Three teams, five Airflow deployments. */
export function declarePlaces(scope: Construct): Places {
  const analytics = new Workspace(scope, "analytics");
  const ingestion = new Workspace(scope, "ingestion");
  const operations = new Workspace(scope, "operations");
  return {
    analytics,
    ingestion,
    operations,
    analyticsProd: new Deployment(scope, "analytics-prod", {
      workspace: analytics,
    }),
    analyticsStaging: new Deployment(scope, "analytics-staging", {
      workspace: analytics,
    }),
    ingestionProd: new Deployment(scope, "ingestion-prod", {
      workspace: ingestion,
    }),
    ingestionStaging: new Deployment(scope, "ingestion-staging", {
      workspace: ingestion,
    }),
    monitoring: new Deployment(scope, "monitoring", { workspace: operations }),
  };
}
