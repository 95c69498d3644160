# For the workspace, with another schema and password in one of its deployments.
resource "patchbay_connection" "warehouse" {
  name        = "warehouse"
  type        = "snowflake"
  owner       = "workspace/analytics"
  description = "Orders and customers"
  config = {
    account   = "xy12345"
    login     = "loader"
    database  = "DEMO"
    schema    = "PUBLIC"
    warehouse = "LOADING"
  }
  secrets_wo = { password = var.warehouse_password }
}

resource "patchbay_deployment_link" "warehouse_prod" {
  connection_id = patchbay_connection.warehouse.id
  deployment    = "prod"
}

resource "patchbay_deployment_link" "warehouse_staging" {
  connection_id       = patchbay_connection.warehouse.id
  deployment          = "staging"
  overrides           = { schema = var.staging_schema }
  override_secrets_wo = { password = var.warehouse_staging_password }
}

# For every deployment of the workspace, those to come included, but one.
resource "patchbay_connection" "lake" {
  name             = "lake"
  type             = "amazon-s3"
  owner            = "workspace/analytics"
  auto_link        = true
  auto_link_except = ["prod"]
  config = {
    bucket        = "acme-landing"
    region        = "eu-central-1"
    access_key_id = "AKIAIOSFODNN7EXAMPLE"
  }
  secrets_wo = { secret_access_key = var.lake_secret_access_key }
}

# For one deployment alone, of a type that only Airflow knows.
resource "patchbay_connection" "airbyte" {
  name  = "airbyte"
  type  = "astro:airbyte"
  owner = "deployment/prod"
  config = {
    host  = "airbyte.example.com"
    port  = 8000
    login = "loader"
    extra = { client_id = "patchbay" }
  }
  secrets_wo = { password = var.airbyte_password }
}

data "patchbay_connection_usage" "warehouse" {
  connection_id = patchbay_connection.warehouse.id
  depends_on = [
    patchbay_deployment_link.warehouse_prod,
    patchbay_deployment_link.warehouse_staging,
  ]
}

output "warehouse_deployments" {
  value = [for use in data.patchbay_connection_usage.warehouse.deployments : use.deployment]
}
