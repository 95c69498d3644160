import { errorDiagnostic } from "../../../diagnostics";
import { fieldOf } from "../../../model";
import { tableType } from "../table-type";

/** Airflow's `elasticsearch`: extra goes to the client of Elasticsearch. */
export const elasticsearch = tableType({
  name: "elasticsearch",
  airflowType: "elasticsearch",
  fields: {
    host: { path: "host" },
    port: { path: "port" },
    // What Airflow calls the schema is the scheme.
    scheme: { path: "schema" },
    login: { path: "login" },
    password: { path: "password" },
    api_key: { path: "extra.api_key" },
    verify_tls: { path: "extra.verify_certs" },
    timeout_seconds: { path: "extra.timeout" },
  },
  unsupported: {
    cluster_name: "Airflow's connections have no such field. Remove it.",
    index: "Airflow's connections have no such field; give it to the task.",
    ssl_root_certificate:
      "Airflow takes the path of a file in the deployment here, not its text. Give its path as extra.ca_certs of the native type astro:elasticsearch.",
  },
  check: (config) =>
    fieldOf(config, "scheme") === undefined
      ? [
          errorDiagnostic({
            code: "missing_field",
            path: ["config", "scheme"],
            detail:
              'Without a scheme Airflow connects in clear (http), unlike other platforms. Say which one is meant:\n\n  scheme = "https"',
          }),
        ]
      : [],
});
