# An HTTP service that workflows call: the token is sent as "Authorization: Bearer …".
resource "patchbay_connection" "orders" {
  name = "orders"
  type = "http"
  config = {
    base_url = "https://orders.example.com/v2"
    headers  = { Accept = "application/json" }
  }
  secrets_wo = { token = var.orders_token }
}

# A secret header, and a further token that a parameter refers to by its name.
resource "patchbay_connection" "partner" {
  name = "partner"
  type = "http"
  config = {
    base_url       = "https://partner.example.com"
    url_parameters = { client = "{{ partnerClient }}" }
  }
  secrets_wo = {
    secret_headers = { X-Api-Key = var.partner_key }
    tokens         = { partnerClient = var.partner_key }
  }
}

# One of Datadog's own integrations, by Datadog's own names.
resource "patchbay_connection" "openai" {
  name       = "openai"
  type       = "datadog:OpenAI"
  config     = { tags = ["env:prod", "team:platform"] }
  secrets_wo = { api_token = var.openai_token }

  # Who may see it, use it in a workflow, and change it. Without this, the whole organization may see it.
  access = {
    use  = ["team/${var.platform_team}"]
    edit = ["team/${var.platform_team}"]
  }
}

# No secret: Datadog assumes a role. status_message shows what the role's trust policy has to name.
resource "patchbay_connection" "aws" {
  name   = "aws-production"
  type   = "datadog:AWS"
  config = { account_id = "123456789012", role = "datadog-workflows" }
}

output "aws_trust" {
  value = patchbay_connection.aws.status_message
}
