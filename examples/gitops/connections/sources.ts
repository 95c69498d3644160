import { MysqlConnection, PostgresqlConnection, Secret } from "cdktf-patchbay";
import type { Construct } from "constructs";
import type { Places } from "../places";

/** The databases of the product teams. */
export function declareSources(
  scope: Construct,
  { ingestion, operations, ...deployments }: Places,
): void {
  const orders = new PostgresqlConnection(scope, "orders", {
    description: "Read replica of the shop's orders.",
    host: "orders-replica.db.acme.example",
    port: 5432,
    database: "orders",
    login: "ingest",
    password: Secret.fromVariable(scope, "ORDERS_PASSWORD"),
    sslMode: "verify-full",
    parameters: { application_name: "airflow" },
  });
  orders.attachTo(ingestion);
  orders.linkTo(deployments.ingestionProd);
  orders.linkTo(deployments.ingestionStaging, {
    overrides: { host: "orders.staging.db.acme.example", sslMode: "require" },
    overrideSecrets: {
      password: Secret.fromVariable(scope, "ORDERS_STAGING_PASSWORD"),
    },
  });

  const airflowMetadata = new PostgresqlConnection(scope, "airflow-metadata", {
    description: "What Airflow knows about its runs, for monitoring.",
    host: "airflow.db.acme.example",
    database: "airflow",
    schema: "public",
    login: "monitor",
    password: Secret.fromVariable(scope, "AIRFLOW_METADATA_PASSWORD"),
  });
  airflowMetadata.attachTo(operations);
  airflowMetadata.linkTo(deployments.monitoring);

  const customers = new MysqlConnection(scope, "customers", {
    description: "The CRM's database.",
    host: "crm.db.acme.example",
    port: 3306,
    database: "crm",
    login: "ingest",
    password: Secret.fromVariable(scope, "CRM_PASSWORD"),
    charset: "utf8mb4",
  });
  customers.attachTo(ingestion);
  customers.linkTo(deployments.ingestionProd);
  customers.linkTo(deployments.ingestionStaging, {
    overrides: { database: "crm_staging" },
  });

  const billing = new MysqlConnection(scope, "billing", {
    description: "Invoices and payments.",
    host: "billing.db.acme.example",
    database: "billing",
    login: "ingest",
    password: Secret.fromVariable(scope, "BILLING_PASSWORD"),
    sslMode: "required",
  });
  billing.attachTo(ingestion);
  billing.linkTo(deployments.ingestionProd);
}
