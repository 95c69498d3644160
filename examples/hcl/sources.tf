# The databases of the product teams.
resource "patchbay_connection" "orders" {
  name        = "orders"
  type        = "postgresql"
  description = "Read replica of the shop's orders."
  config = {
    host       = "orders-replica.db.acme.example"
    port       = 5432
    database   = "orders"
    login      = "ingest"
    ssl_mode   = "verify-full"
    parameters = { application_name = "airflow" }
  }
  secrets_wo          = { password = var.orders_password }
  deletion_protection = false # set it to true, and not even a removed block deletes the connection
}

resource "patchbay_connection" "airflow_metadata" {
  name        = "airflow-metadata"
  type        = "postgresql"
  description = "What Airflow knows about its runs, for monitoring."
  config = {
    host     = "airflow.db.acme.example"
    database = "airflow"
    schema   = "public"
    login    = "monitor"
  }
  secrets_wo = { password = var.airflow_metadata_password }
}

resource "patchbay_connection" "customers" {
  name        = "customers"
  type        = "mysql"
  description = "The CRM's database."
  config = {
    host     = "crm.db.acme.example"
    port     = 3306
    database = "crm"
    login    = "ingest"
    charset  = "utf8mb4"
  }
  secrets_wo = { password = var.crm_password }
}

resource "patchbay_workspace_attachment" "orders" {
  connection_id = patchbay_connection.orders.id
  workspace     = patchbay_workspace.all["ingestion"].name
}

resource "patchbay_workspace_attachment" "airflow_metadata" {
  connection_id = patchbay_connection.airflow_metadata.id
  workspace     = patchbay_workspace.all["operations"].name
}

resource "patchbay_workspace_attachment" "customers" {
  connection_id = patchbay_connection.customers.id
  workspace     = patchbay_workspace.all["ingestion"].name
}

resource "patchbay_deployment_link" "orders_prod" {
  connection_id = patchbay_workspace_attachment.orders.connection_id
  deployment    = patchbay_deployment.all["ingestion-prod"].name
}

resource "patchbay_deployment_link" "orders_staging" {
  connection_id = patchbay_workspace_attachment.orders.connection_id
  deployment    = patchbay_deployment.all["ingestion-staging"].name
  overrides = {
    host     = "orders.staging.db.acme.example"
    ssl_mode = "require"
  }
  override_secrets_wo = { password = var.orders_staging_password }
}

resource "patchbay_deployment_link" "airflow_metadata_monitoring" {
  connection_id = patchbay_workspace_attachment.airflow_metadata.connection_id
  deployment    = patchbay_deployment.all["monitoring"].name
}

resource "patchbay_deployment_link" "customers_prod" {
  connection_id = patchbay_workspace_attachment.customers.connection_id
  deployment    = patchbay_deployment.all["ingestion-prod"].name
}

resource "patchbay_deployment_link" "customers_staging" {
  connection_id = patchbay_workspace_attachment.customers.connection_id
  deployment    = patchbay_deployment.all["ingestion-staging"].name
  overrides     = { database = "crm_staging" }
}
