# Services that are reached over HTTP, and one that is not.
resource "patchbay_connection" "payments_api" {
  name        = "payments-api"
  type        = "http"
  description = "The payment provider."
  config = {
    base_url = "https://api.payments.example/v2"
    headers  = { Accept = "application/json" }
  }
  secrets_wo = { token = var.payments_token }
}

resource "patchbay_connection" "partner_api" {
  name        = "partner-api"
  type        = "http"
  description = "Stock levels of our partner."
  config = {
    base_url       = "https://stock.partner.example"
    login          = "acme"
    url_parameters = { format = "json" }
  }
  secrets_wo = {
    password       = var.partner_password
    secret_headers = { X-Api-Key = var.partner_api_key }
  }
}

resource "patchbay_connection" "search" {
  name        = "search"
  type        = "elasticsearch"
  description = "Search of the shop."
  config = {
    host  = "search.acme.example"
    port  = 9243
    index = "products"
  }
  secrets_wo = { api_key = var.search_api_key }
}

resource "patchbay_connection" "logs" {
  name        = "logs"
  type        = "elasticsearch"
  description = "Logs of the platform."
  config = {
    host  = "logs.acme.example"
    login = "monitor"
  }
  secrets_wo = { password = var.logs_password }
}

resource "patchbay_connection" "bank_statements" {
  name        = "bank-statements"
  type        = "generic"
  description = "Where the bank puts its statements."
  config = {
    conn_type = "sftp"
    host      = "sftp.bank.example"
    port      = 22
    login     = "acme"
    extra     = { remote_path = "/statements" }
  }
  secrets_wo = { password = var.bank_password }
}

resource "patchbay_workspace_attachment" "services" {
  for_each = {
    ingestion-payments = { connection = patchbay_connection.payments_api, workspace = "ingestion" }
    ingestion-partner  = { connection = patchbay_connection.partner_api, workspace = "ingestion" }
    ingestion-bank     = { connection = patchbay_connection.bank_statements, workspace = "ingestion" }
    analytics-search   = { connection = patchbay_connection.search, workspace = "analytics" }
    operations-logs    = { connection = patchbay_connection.logs, workspace = "operations" }
  }
  connection_id = each.value.connection.id
  workspace     = patchbay_workspace.all[each.value.workspace].name
}

resource "patchbay_deployment_link" "payments_prod" {
  connection_id = patchbay_workspace_attachment.services["ingestion-payments"].connection_id
  deployment    = patchbay_deployment.all["ingestion-prod"].name
}

resource "patchbay_deployment_link" "payments_staging" {
  connection_id       = patchbay_workspace_attachment.services["ingestion-payments"].connection_id
  deployment          = patchbay_deployment.all["ingestion-staging"].name
  overrides           = { base_url = "https://sandbox.payments.example/v2" }
  override_secrets_wo = { token = var.payments_sandbox_token }
}

resource "patchbay_deployment_link" "partner_prod" {
  connection_id = patchbay_workspace_attachment.services["ingestion-partner"].connection_id
  deployment    = patchbay_deployment.all["ingestion-prod"].name
}

resource "patchbay_deployment_link" "bank_prod" {
  connection_id = patchbay_workspace_attachment.services["ingestion-bank"].connection_id
  deployment    = patchbay_deployment.all["ingestion-prod"].name
}

resource "patchbay_deployment_link" "search_prod" {
  connection_id = patchbay_workspace_attachment.services["analytics-search"].connection_id
  deployment    = patchbay_deployment.all["analytics-prod"].name
}

resource "patchbay_deployment_link" "search_staging" {
  connection_id = patchbay_workspace_attachment.services["analytics-search"].connection_id
  deployment    = patchbay_deployment.all["analytics-staging"].name
  overrides     = { index = "products-staging" }
}

resource "patchbay_deployment_link" "logs_monitoring" {
  connection_id = patchbay_workspace_attachment.services["operations-logs"].connection_id
  deployment    = patchbay_deployment.all["monitoring"].name
}
