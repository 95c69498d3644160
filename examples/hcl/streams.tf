# Event streams.
resource "patchbay_connection" "events" {
  name        = "events"
  type        = "kafka"
  description = "Events of the shop."
  config = {
    bootstrap_servers = [
      "kafka-1.acme.example:9093",
      "kafka-2.acme.example:9093",
      "kafka-3.acme.example:9093",
    ]
    security_protocol = "SASL_SSL"
    sasl_mechanism    = "SCRAM-SHA-512"
    login             = "airflow"
    topics            = ["orders", "payments"]
  }
  secrets_wo = { password = var.kafka_password }
}

resource "patchbay_workspace_attachment" "events" {
  connection_id = patchbay_connection.events.id
  workspace     = patchbay_workspace.all["ingestion"].name
}

resource "patchbay_deployment_link" "events" {
  for_each = {
    ingestion-prod    = null
    ingestion-staging = { topics = ["orders-staging"] }
  }
  connection_id = patchbay_workspace_attachment.events.connection_id
  deployment    = patchbay_deployment.all[each.key].name
  overrides     = each.value
}
