/** An example of each resource and data source; together they are one configuration, which a test validates. */
export const schemaExamples: Readonly<Record<string, string>> = {
  provider: `terraform {
  required_providers {
    patchbay = { source = "patchbay/patchbay" }
  }
}

provider "patchbay" {
  organization = "acme"
}`,
  patchbay_connection: `variable "warehouse_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "patchbay_connection" "warehouse" {
  name = "warehouse"
  type = "snowflake"
  config = {
    account  = "xy12345"
    login    = "loader"
    database = "DEMO"
  }
  secrets_wo          = { password = var.warehouse_password }
  deletion_protection = true
}`,
  patchbay_workspace_attachment: `resource "patchbay_workspace_attachment" "warehouse" {
  connection_id = patchbay_connection.warehouse.id
  workspace     = patchbay_workspace.analytics.name
}`,
  patchbay_deployment_link: `resource "patchbay_deployment_link" "warehouse_prod" {
  # Through the attachment, so that Terraform makes it first and removes it last.
  connection_id = patchbay_workspace_attachment.warehouse.connection_id
  deployment    = patchbay_deployment.prod.name
  overrides     = { database = "PROD" }
}`,
  patchbay_workspace: `resource "patchbay_workspace" "analytics" {
  name = "analytics"
}`,
  patchbay_deployment: `resource "patchbay_deployment" "prod" {
  name      = "prod"
  workspace = patchbay_workspace.analytics.name
}`,
  "data patchbay_connection": `data "patchbay_connection" "events" {
  name = "events"
}

output "events_type" {
  value = data.patchbay_connection.events.type
}`,
  "data patchbay_connections": `data "patchbay_connections" "all" {}

output "names" {
  value = [for connection in data.patchbay_connections.all.connections : connection.name]
}`,
  "data patchbay_connection_types": `data "patchbay_connection_types" "all" {}

output "types" {
  value = [for type in data.patchbay_connection_types.all.types : type.name]
}`,
  "data patchbay_connection_usage": `data "patchbay_connection_usage" "events" {
  connection_id = "organization/acme/events"
}

output "who_sees_events" {
  value = data.patchbay_connection_usage.events.deployments
}`,
  "data patchbay_effective_connection": `data "patchbay_effective_connection" "warehouse_prod" {
  connection_id = patchbay_deployment_link.warehouse_prod.connection_id
  deployment    = "prod"
}

output "database_of_prod" {
  value = data.patchbay_effective_connection.warehouse_prod.effective.database
}`,
  "data patchbay_workspace": `data "patchbay_workspace" "science" {
  name = "science"
}`,
  "data patchbay_workspaces": `data "patchbay_workspaces" "all" {}

resource "patchbay_workspace_attachment" "everywhere" {
  for_each      = toset([for workspace in data.patchbay_workspaces.all.workspaces : workspace.name])
  connection_id = patchbay_connection.warehouse.id
  workspace     = each.key
}`,
  "data patchbay_deployment": `data "patchbay_deployment" "nightly" {
  name = "nightly"
}

output "workspace_of_nightly" {
  value = data.patchbay_deployment.nightly.workspace
}`,
  "data patchbay_deployments": `data "patchbay_deployments" "all" {}

output "deployments" {
  value = [for deployment in data.patchbay_deployments.all.deployments : deployment.name]
}`,
};
