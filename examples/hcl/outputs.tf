output "warehouse_address" {
  description = "How the warehouse is reached, without secrets."
  value       = patchbay_connection.warehouse.connection_string
}

# What the hub says once everything is in place.
data "patchbay_connection_usage" "lake" {
  connection_id = patchbay_connection.lake.id
  depends_on    = [patchbay_workspace_attachment.lake, patchbay_deployment.all]
}

data "patchbay_connections" "snowflake" {
  type       = "snowflake"
  depends_on = [patchbay_connection.warehouse]
}

output "lake_deployments" {
  description = "Where auto-link brought the lake."
  value       = data.patchbay_connection_usage.lake.deployments[*].deployment
}

output "snowflake_connections" {
  value = data.patchbay_connections.snowflake.connections[*].name
}
