import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import type { AstroType } from "./astro-type";
import { tableType } from "./table-type";

const certificateFile = (key: string) =>
  `Airflow takes the path of a file in the deployment here, not its text. Put the file into the project and give its path in extra of the native type astro:mysql: extra = { ssl = { ${key} = … } }.`;

/** The keys of extra that Airflow's hook takes; it passes over all others. `local_infile` is an argument of the task. */
const handedOn = ["client", "cursor", "unix_socket"];

const CLIENT = "extra.client";

/** What the hook hands to mysqlclient only; the other client does not get it, or refuses it. */
const ofMysqlclient: Readonly<Record<string, readonly string[]>> = {
  "extra.charset": ["charset"],
  "extra.ssl_mode": ["ssl_mode"],
  "extra.cursor": ["parameters", "cursor"],
  "extra.unix_socket": ["parameters", "unix_socket"],
};

const table = tableType({
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

/** Airflow's `mysql`. */
export const mysql: AstroType = {
  ...table,
  encode: (fields) => {
    const { patch, faults } = table.encode(fields);
    const at = fields.parent === undefined ? "config" : "overrides";
    const of = (path: string) =>
      patch.has(path) ? patch.get(path) : fields.parent?.get(path);
    return { patch, faults: [...faults, ...clientFaults(of, at)] };
  },
};

/** What does not go with the client that extra chooses. */
function clientFaults(
  of: (path: string) => unknown,
  at: string,
): readonly Diagnostic[] {
  const client = of(CLIENT) ?? "mysqlclient";
  const fault = (path: readonly string[], detail: string) =>
    errorDiagnostic({ code: "unsupported", path: [at, ...path], detail });
  if (client === "mysqlclient") return [];
  if (client !== "mysql-connector-python")
    return [
      fault(
        ["parameters", "client"],
        "Airflow's MySQL hook knows the clients mysqlclient and mysql-connector-python only.",
      ),
    ];
  return Object.entries(ofMysqlclient)
    .filter(([path]) => (of(path) ?? null) !== null)
    .map(([, path]) =>
      fault(
        path,
        `Airflow's MySQL hook has ${path.join(".")} for mysqlclient only, and parameters.client chooses ${client}. Remove one of them.`,
      ),
    );
}
