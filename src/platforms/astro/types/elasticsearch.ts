import { tableType } from "./table-type";

/** Airflow's `elasticsearch`: extra goes to the client of Elasticsearch. */
export const elasticsearch = tableType({
  name: "elasticsearch",
  airflowType: "elasticsearch",
  fields: {
    host: { path: "host" },
    // Without a port, one of Airflow's hooks asks at ":None".
    port: { path: "port", unset: null },
    // What Airflow calls the schema is the scheme, and in clear without it.
    scheme: { path: "schema", unset: "http" },
    login: { path: "login" },
    password: { path: "password" },
    api_key: { path: "extra.api_key" },
    verify_tls: { path: "extra.verify_certs" },
    // The client's own depends on its version; "timeout", which Airflow documents, is refused by the newer ones.
    timeout_seconds: { path: "extra.request_timeout", unset: null },
  },
  unsupported: {
    cluster_name: "Airflow's connections have no such field. Remove it.",
    index: "Airflow's connections have no such field; give it to the task.",
    ssl_root_certificate:
      "Airflow takes the path of a file in the deployment here, not its text. Put the file into the project and give its path in extra.ca_certs of the native type astro:elasticsearch.",
  },
});
