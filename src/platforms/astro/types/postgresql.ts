import { fieldOf, type JsonValue } from "../../../model";
import { tableType } from "./table-type";

const certificateFile = (key: string) =>
  `Airflow takes the path of a file in the deployment here, not its text. Put the file into the project and give its path in extra.${key} of the native type astro:postgres.`;

/** Keys of extra that are paths of files, or options of the hook itself, or of psycopg. */
const ofFilesOrHook = [
  "sslrootcert",
  "sslcert",
  "sslkey",
  "cursor",
  "iam",
  "redshift",
  "redshift-serverless",
  "cluster-identifier",
  "workgroup-name",
  "aws_conn_id",
  "azure_conn_id",
  "sqlalchemy_scheme",
  "sqlalchemy_query",
  "autocommit",
  "conninfo",
  "context",
  "cursor_factory",
  "prepare_threshold",
  "row_factory",
];

/** libpq's names of what the connection has fields for: the hook lets extra take their place. */
const fieldsOfLibpq: Readonly<Record<string, string>> = {
  host: "host",
  port: "port",
  dbname: "database",
  user: "login",
  password: "password, among the secrets,",
};

/** Airflow's `postgres`: every key of extra that it does not know itself goes to libpq. */
export const postgresql = tableType({
  name: "postgresql",
  airflowType: "postgres",
  fields: {
    host: { path: "host" },
    port: { path: "port" },
    // What Airflow calls the schema is the database.
    database: { path: "schema" },
    schema: {
      path: "extra.options",
      encode: (schema) => `${SEARCH_PATH}${escaped(String(schema))}`,
      decode: searchPathOf,
    },
    login: { path: "login" },
    password: { path: "password" },
    ssl_mode: { path: "extra.sslmode" },
  },
  members: {
    field: "parameters",
    reserved: (key) => {
      const field = fieldOf(fieldsOfLibpq, key);
      if (field !== undefined)
        return `The parameter ${JSON.stringify(key)} would take the place of the field. Use ${field} in place of it.`;
      return ofFilesOrHook.includes(key)
        ? `Airflow takes ${JSON.stringify(key)} as the path of a file in the deployment, or as an option of its own hook. Keep it in extra of the native type astro:postgres.`
        : undefined;
    },
  },
  unsupported: {
    ssl_root_certificate: certificateFile("sslrootcert"),
    ssl_certificate: certificateFile("sslcert"),
    ssl_key: certificateFile("sslkey"),
  },
});

const SEARCH_PATH = "-c search_path=";

/** In libpq's options a backslash makes the next character a part of the value. */
function escaped(schema: string): string {
  return schema.replace(/[\\\s]/g, (character) => `\\${character}`);
}

function searchPathOf(options: JsonValue): string | undefined {
  if (typeof options !== "string" || !options.startsWith(SEARCH_PATH))
    return undefined;
  const schema = options.slice(SEARCH_PATH.length);
  if (schema === "" || /(?<!\\)(\\\\)*\s/.test(schema)) return undefined;
  return schema.replace(/\\(.)/gs, "$1");
}
