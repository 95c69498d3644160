# Where Upsolver writes. No secret: it assumes a role.
resource "patchbay_connection" "lake" {
  name        = "lake"
  type        = "amazon-s3"
  description = "Tables and intermediate files"

  config = {
    bucket      = "acme-lake"
    role_arn    = "arn:aws:iam::123456789012:role/upsolver"
    external_id = "acme-upsolver"
  }
}

# A type of Upsolver's that the catalogue does not know: its options by their own names.
resource "patchbay_connection" "glue" {
  name = "glue"
  type = "upsolver:GLUE_CATALOG"

  config = {
    AWS_ROLE                   = "arn:aws:iam::123456789012:role/upsolver"
    EXTERNAL_ID                = "acme-upsolver"
    DEFAULT_STORAGE_CONNECTION = patchbay_connection.lake.name
    DEFAULT_STORAGE_LOCATION   = "s3://acme-lake/tables"
    REGION                     = "eu-central-1"
  }
}

# Plain properties and secrets go to Upsolver in one text; only the plain ones come back.
resource "patchbay_connection" "events" {
  name = "events"
  type = "kafka"

  config = {
    bootstrap_servers = var.brokers
    security_protocol = "SASL_SSL"
    sasl_mechanism    = "SCRAM-SHA-512"
    login             = "upsolver"
    topics            = ["orders", "payments"]
    properties        = { "client.id" = "upsolver" }
  }
  secrets_wo = { password = var.kafka_password }
}

resource "patchbay_connection" "orders" {
  name        = "orders"
  type        = "postgresql"
  description = "The shop's orders"

  config = {
    host     = "orders.example.com"
    port     = 5432
    database = "orders"
    login    = "upsolver"
    ssl_mode = "require"
  }
  secrets_wo = { password = var.orders_password }
}

resource "patchbay_connection" "shop" {
  name = "shop"
  type = "upsolver:MONGODB"

  config = {
    CONNECTION_STRING = "mongodb+srv://shop.example.com/shop"
    USER_NAME         = "upsolver"
  }
  secrets_wo = { PASSWORD = var.shop_password }
}
