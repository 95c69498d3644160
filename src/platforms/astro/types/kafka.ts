import { isList } from "../../../model";
import { tableType } from "./table-type";

/** Paths of Python functions. The hook fails on one that Airflow's own settings do not name. */
const callbacks = [
  "error_cb",
  "throttle_cb",
  "stats_cb",
  "log_cb",
  "oauth_cb",
  "on_commit",
];

/** Airflow's `kafka`: extra is the configuration of librdkafka, which refuses what it does not know. */
export const kafka = tableType({
  name: "kafka",
  airflowType: "kafka",
  fields: {
    bootstrap_servers: {
      path: "extra.bootstrap.servers",
      encode: (servers) => (isList(servers) ? servers.join(",") : servers),
      decode: (servers) =>
        typeof servers === "string" ? servers.split(",") : undefined,
    },
    security_protocol: {
      path: "extra.security.protocol",
      // librdkafka takes it in any case.
      decode: (protocol) => String(protocol).toUpperCase(),
    },
    sasl_mechanism: { path: "extra.sasl.mechanism" },
    login: { path: "extra.sasl.username" },
    password: { path: "extra.sasl.password" },
    ssl_root_certificate: { path: "extra.ssl.ca.pem" },
    ssl_certificate: { path: "extra.ssl.certificate.pem" },
    ssl_key: { path: "extra.ssl.key.pem" },
  },
  members: {
    field: "properties",
    reserved: (key) =>
      callbacks.includes(key)
        ? `Airflow takes ${JSON.stringify(key)} as a function of the project, and only where its setting [apache_kafka] callback_allowlist names it. Keep it in extra of the native type astro:kafka.`
        : undefined,
    secret: {
      field: "secret_properties",
      keys: [
        "ssl.key.password",
        "ssl.keystore.password",
        "sasl.oauthbearer.client.secret",
        "sasl.oauthbearer.config",
      ],
    },
  },
  unsupported: {
    topics:
      "Airflow's connections have no such field; give the topics to the task.",
  },
});
