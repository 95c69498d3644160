# A plugin of Steampipe by its own name. Regions are drift-checked, keys never come back.
resource "patchbay_connection" "aws" {
  name   = "aws_prod"
  type   = "pipes:aws"
  config = { regions = var.aws_regions }

  secrets_wo = {
    access_key = var.aws_access_key
    secret_key = var.aws_secret_key
  }
}

# Owned by one workspace; nobody else sees it.
resource "patchbay_connection" "github" {
  owner      = "workspace/analytics"
  name       = "github"
  type       = "pipes:github"
  secrets_wo = { token = var.github_token }
}

# A type of the catalogue, tested by Pipes before it is created or changed, and kept in a folder that is there already.
resource "patchbay_connection" "warehouse" {
  name   = "warehouse"
  type   = "snowflake"
  parent = "Production/Databases"
  verify = "on_change"

  config = {
    account   = "xy12345"
    region    = "eu-central-1"
    login     = "steampipe"
    role      = "READER"
    warehouse = "SMALL"
  }

  secrets_wo = { password = var.warehouse_password }
}

# No credentials at all. Every workspace of these organizations may attach it, those of others may not.
resource "patchbay_connection" "net" {
  owner  = "tenant"
  name   = "net"
  type   = "pipes:net"
  access = { use = ["org/acme", "org/other"] }
}
