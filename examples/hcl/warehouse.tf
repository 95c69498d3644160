# One connection for all teams; each deployment has its own default schema.
resource "patchbay_connection" "warehouse" {
  name        = "warehouse"
  type        = "snowflake"
  description = "The company's warehouse. Deployments choose their schema."
  config = {
    account   = "xy12345"
    region    = "eu-central-1"
    database  = "DEMO"
    schema    = "PUBLIC"
    warehouse = "LOADING"
    role      = "LOADER"
    login     = "loader"
  }
  secrets_wo = { password = var.warehouse_password }
}

resource "patchbay_workspace_attachment" "warehouse" {
  for_each      = patchbay_workspace.all
  connection_id = patchbay_connection.warehouse.id
  workspace     = each.value.name
}

# A link takes its connection from the attachment, so that Terraform makes the attachment first and removes it last.
resource "patchbay_deployment_link" "warehouse_analytics_prod" {
  connection_id = patchbay_workspace_attachment.warehouse["analytics"].connection_id
  deployment    = patchbay_deployment.all["analytics-prod"].name
  overrides     = { schema = "PROD" }
}

resource "patchbay_deployment_link" "warehouse_analytics_staging" {
  connection_id = patchbay_workspace_attachment.warehouse["analytics"].connection_id
  deployment    = patchbay_deployment.all["analytics-staging"].name
  overrides = {
    schema    = var.staging_schema
    warehouse = "LOADING_XS"
  }
}

resource "patchbay_deployment_link" "warehouse_ingestion_prod" {
  connection_id = patchbay_workspace_attachment.warehouse["ingestion"].connection_id
  deployment    = patchbay_deployment.all["ingestion-prod"].name
  overrides     = { schema = "RAW" }
}

resource "patchbay_deployment_link" "warehouse_ingestion_staging" {
  connection_id = patchbay_workspace_attachment.warehouse["ingestion"].connection_id
  deployment    = patchbay_deployment.all["ingestion-staging"].name
  overrides = {
    database = "DEMO_STAGING"
    schema   = "RAW"
    role     = null # the login's own
  }
  override_secrets_wo = { password = var.warehouse_staging_password }
}
