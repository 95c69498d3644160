# In every deployment, present and future; monitoring has no business with raw data.
resource "patchbay_connection" "lake" {
  name        = "lake"
  type        = "amazon-s3"
  description = "The data lake."
  config = {
    bucket      = "acme-lake"
    region      = "eu-central-1"
    role_arn    = "arn:aws:iam::123456789012:role/airflow-lake"
    external_id = "acme-airflow"
  }
  auto_link        = true
  auto_link_except = [patchbay_deployment.all["monitoring"].name]
}

resource "patchbay_connection" "partner_exports" {
  name        = "partner-exports"
  type        = "amazon-s3"
  description = "What partners fetch from us."
  config = {
    bucket        = "acme-partner-exports"
    prefix        = "daily/"
    region        = "eu-west-1"
    access_key_id = "AKIAIOSFODNN7EXAMPLE"
  }
  secrets_wo = { secret_access_key = var.partner_exports_secret_access_key }
}

resource "patchbay_workspace_attachment" "lake" {
  for_each      = patchbay_workspace.all
  connection_id = patchbay_connection.lake.id
  workspace     = each.value.name
}

resource "patchbay_workspace_attachment" "partner_exports" {
  connection_id = patchbay_connection.partner_exports.id
  workspace     = patchbay_workspace.all["analytics"].name
}

resource "patchbay_deployment_link" "partner_exports_prod" {
  connection_id = patchbay_workspace_attachment.partner_exports.connection_id
  deployment    = patchbay_deployment.all["analytics-prod"].name
}

resource "patchbay_deployment_link" "partner_exports_staging" {
  connection_id = patchbay_workspace_attachment.partner_exports.connection_id
  deployment    = patchbay_deployment.all["analytics-staging"].name
  overrides     = { prefix = "staging/" }
}
