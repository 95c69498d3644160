# An HTTP service that workflows call: the token is sent as "Authorization: Bearer …".
resource "patchbay_connection" "orders" {
  name = "orders"
  type = "http"
  config = {
    base_url = "https://orders.example.com/v2"
    headers  = { Accept = "application/json" }
    tags     = ["env:prod", "team:shop"]
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

# No secret: Datadog assumes a role, and itself chooses what the role's trust policy has to name.
resource "patchbay_connection" "aws" {
  name   = "aws-production"
  type   = "datadog:AWS"
  config = { account_id = "123456789012", role = "datadog-workflows" }
}

locals {
  # From Datadog: external_id 0123…, principal_id 4646…
  aws_trust = regex(
    "external_id (?P<external_id>\\w+), principal_id (?P<principal_id>\\w+)",
    patchbay_connection.aws.status_message
  )
}

# For the argument assume_role_policy of the role's aws_iam_role.
output "aws_trust_policy" {
  value = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::${local.aws_trust.principal_id}:root" }
      Condition = { StringEquals = { "sts:ExternalId" = local.aws_trust.external_id } }
    }]
  })
}
