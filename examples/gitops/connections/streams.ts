import { KafkaConnection, Secret } from "cdktf-patchbay";
import type { Construct } from "constructs";
import type { Places } from "../places";

/** Event streams. */
export function declareStreams(
  scope: Construct,
  { ingestion, ingestionProd, ingestionStaging }: Places,
): void {
  const events = new KafkaConnection(scope, "events", {
    description: "Events of the shop.",
    bootstrapServers: [
      "kafka-1.acme.example:9093",
      "kafka-2.acme.example:9093",
      "kafka-3.acme.example:9093",
    ],
    securityProtocol: "SASL_SSL",
    saslMechanism: "SCRAM-SHA-512",
    login: "airflow",
    password: Secret.fromVariable(scope, "KAFKA_PASSWORD"),
    topics: ["orders", "payments"],
  });
  events.attachTo(ingestion);
  events.linkTo(ingestionProd);
  events.linkTo(ingestionStaging, {
    overrides: { topics: ["orders-staging"] },
  });
}
