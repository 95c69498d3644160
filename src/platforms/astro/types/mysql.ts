import { tableType } from "./table-type";

const certificateFile = (key: string) =>
  `Airflow takes the path of a file in the deployment here, not its text. Put the file into the project and give its path in extra of the native type astro:mysql: extra = { ssl = { ${key} = … } }.`;

/** The keys of extra that Airflow's hook hands on; it passes over all others. */
const handedOn = ["client", "cursor", "local_infile", "unix_socket"];

/** Airflow's `mysql`. */
export const mysql = tableType({
  name: "mysql",
  airflowType: "mysql",
  fields: {
    host: { path: "host" },
    port: { path: "port" },
    // What Airflow calls the schema is the database.
    database: { path: "schema" },
    login: { path: "login" },
    password: { path: "password" },
    charset: { path: "extra.charset" },
    // Not written out where it is not given: "PREFERRED" changes nothing for mysqlclient, and mysql-connector-python refuses it.
    ssl_mode: {
      path: "extra.ssl_mode",
      encode: (mode) => String(mode).toUpperCase(),
      decode: (mode) => String(mode).toLowerCase(),
    },
  },
  members: {
    field: "parameters",
    reserved: (key) =>
      handedOn.includes(key)
        ? undefined
        : `Airflow's MySQL hook passes over the parameter ${JSON.stringify(key)}; it hands on ${handedOn.join(", ")} only. Remove it; keys that another hook knows can be kept in extra of the native type astro:mysql.`,
  },
  unsupported: {
    ssl_root_certificate: certificateFile("ca"),
    ssl_certificate: certificateFile("cert"),
    ssl_key: certificateFile("key"),
  },
});
