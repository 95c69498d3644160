import { Secret, SnowflakeConnection } from "cdktf-patchbay";
import type { Construct } from "constructs";
import type { Places } from "../places";

export interface WarehouseOptions extends Places {
  readonly stagingSchema: string;
}

/** Snowflake: one connection for all teams, each deployment with its own default schema; one for dashboards. */
export function declareWarehouses(scope: Construct, options: WarehouseOptions) {
  const { analytics, ingestion, operations } = options;

  const warehouse = new SnowflakeConnection(scope, "warehouse", {
    description: "The company's warehouse. Deployments choose their schema.",
    account: "xy12345",
    region: "eu-central-1",
    database: "DEMO",
    schema: "PUBLIC",
    warehouse: "LOADING",
    role: "LOADER",
    login: "loader",
    password: Secret.fromVariable(scope, "WAREHOUSE_PASSWORD"),
  });
  for (const workspace of [analytics, ingestion, operations])
    warehouse.attachTo(workspace);
  warehouse.linkTo(options.analyticsProd, { overrides: { schema: "PROD" } });
  warehouse.linkTo(options.analyticsStaging, {
    overrides: { schema: options.stagingSchema, warehouse: "LOADING_XS" },
  });
  warehouse.linkTo(options.ingestionProd, { overrides: { schema: "RAW" } });
  warehouse.linkTo(options.ingestionStaging, {
    overrides: { database: "DEMO_STAGING", schema: "RAW" },
    overrideSecrets: {
      password: Secret.fromVariable(scope, "WAREHOUSE_STAGING_PASSWORD"),
    },
  });

  const dashboards = new SnowflakeConnection(scope, "dashboards", {
    description: "Read-only, for dashboards; signs in with a key pair.",
    account: "xy12345",
    region: "eu-central-1",
    database: "DEMO",
    warehouse: "REPORTING",
    role: "REPORTER",
    login: "dashboards",
    privateKey: Secret.fromVariable(scope, "DASHBOARDS_PRIVATE_KEY"),
    sessionParameters: { QUERY_TAG: "dashboards" },
  });
  dashboards.attachTo(analytics);
  dashboards.linkTo(options.analyticsProd);

  return { warehouse, dashboards };
}
