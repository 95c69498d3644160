import type { JsonObject } from "../../../src/model";
import { createCertificate } from "../../../src/provider/wire/certificate";
import { type Call, example, type RealCase } from "./real-case";

const admin = (given: JsonObject): readonly Call[] => [
  ["AdminClient", { "bootstrap.servers": "localhost:9092", ...given }],
];

const of = (
  title: string,
  config: JsonObject,
  given: JsonObject,
  more: Partial<RealCase> = {},
): RealCase => ({
  title,
  type: "kafka",
  config: { bootstrap_servers: ["localhost:9092"], ...config },
  calls: admin(given),
  ...more,
});

const password = "correct-horse-battery-staple";
const sasl = {
  "security.protocol": "SASL_SSL",
  "sasl.username": "loader",
  "sasl.password": password,
};
// librdkafka reads them at once.
const { certPem, keyPem } = createCertificate(new Date());

export const kafka: readonly RealCase[] = [
  of(
    "further keys of extra",
    { extra: { "socket.timeout.ms": 5000 } },
    { "socket.timeout.ms": 5000, "client.rack": "s3cret" },
    { secrets: { secret_extra: { "client.rack": "s3cret" } } },
  ),
  {
    ...example("kafka", 0),
    without: ["topics"],
    calls: admin({
      "bootstrap.servers": "kafka-1.example.com:9092,kafka-2.example.com:9092",
      ...sasl,
      "sasl.mechanism": "SCRAM-SHA-512",
      "client.id": "etl",
      "ssl.keystore.password": "tr0ub4dor-and-3",
    }),
  },
  { ...example("kafka", 1), calls: admin({}) },
  ...["PLAINTEXT", "SSL"].map((protocol) =>
    of(
      `security_protocol ${protocol}`,
      { security_protocol: protocol },
      { "security.protocol": protocol },
    ),
  ),
  ...["PLAIN", "SCRAM-SHA-256"].map((mechanism) =>
    of(
      `sasl_mechanism ${mechanism}`,
      {
        security_protocol: "SASL_SSL",
        sasl_mechanism: mechanism,
        login: "loader",
      },
      { ...sasl, "sasl.mechanism": mechanism },
      { secrets: { password } },
    ),
  ),
  of(
    "certificates and a key as text",
    {
      security_protocol: "SSL",
      ssl_root_certificate: certPem,
      ssl_certificate: certPem,
    },
    {
      "security.protocol": "SSL",
      "ssl.ca.pem": certPem,
      "ssl.certificate.pem": certPem,
      "ssl.key.pem": keyPem,
    },
    { secrets: { ssl_key: keyPem } },
  ),
  of(
    "properties",
    { properties: { "group.id": "etl", "socket.timeout.ms": "5000" } },
    { "group.id": "etl", "socket.timeout.ms": "5000" },
  ),
  of(
    "a callback, which Airflow takes of those only that its own settings name",
    { properties: { error_cb: "include.kafka.on_error" } },
    {},
    { without: ["properties"] },
  ),
  of(
    "the secret of OAuth",
    {
      security_protocol: "SASL_SSL",
      properties: {
        "sasl.mechanisms": "OAUTHBEARER",
        "sasl.oauthbearer.method": "oidc",
        "sasl.oauthbearer.client.id": "etl",
        "sasl.oauthbearer.token.endpoint.url": "https://id.example.com/token",
      },
    },
    {
      "security.protocol": "SASL_SSL",
      "sasl.mechanisms": "OAUTHBEARER",
      "sasl.oauthbearer.method": "oidc",
      "sasl.oauthbearer.client.id": "etl",
      "sasl.oauthbearer.client.secret": "s3cret",
      "sasl.oauthbearer.token.endpoint.url": "https://id.example.com/token",
    },
    {
      secrets: {
        secret_properties: { "sasl.oauthbearer.client.secret": "s3cret" },
      },
    },
  ),
  of(
    "overrides of every kind",
    {
      security_protocol: "SASL_PLAINTEXT",
      sasl_mechanism: "PLAIN",
      login: "dev",
      properties: { "client.id": "etl", "group.id": "dev" },
    },
    {
      "bootstrap.servers": "prod-1:9092,prod-2:9092",
      ...sasl,
      "sasl.mechanism": "SCRAM-SHA-512",
      "client.id": "etl",
      "group.id": "prod",
    },
    {
      secrets: { password: "dev-password" },
      link: {
        config: {
          bootstrap_servers: ["prod-1:9092", "prod-2:9092"],
          security_protocol: "SASL_SSL",
          sasl_mechanism: "SCRAM-SHA-512",
          login: "loader",
          properties: { "group.id": "prod" },
        },
        secrets: { password },
      },
    },
  ),
  of(
    "a deployment without a property",
    { properties: { "client.id": "etl", "group.id": "dev" } },
    { "client.id": "etl" },
    { link: { config: { properties: { "group.id": null } } } },
  ),
  of(
    "a property that is taken away by an update",
    {},
    {},
    {
      before: {
        config: {
          bootstrap_servers: ["localhost:9092"],
          properties: { "client.id": "etl" },
        },
      },
    },
  ),
];
