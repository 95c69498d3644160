# Three teams, five Airflow deployments.
resource "patchbay_workspace" "all" {
  for_each = toset(["analytics", "ingestion", "operations"])
  name     = each.key
}

resource "patchbay_deployment" "all" {
  for_each = {
    analytics-prod    = "analytics"
    analytics-staging = "analytics"
    ingestion-prod    = "ingestion"
    ingestion-staging = "ingestion"
    monitoring        = "operations"
  }
  name      = each.key
  workspace = patchbay_workspace.all[each.value].name
}
