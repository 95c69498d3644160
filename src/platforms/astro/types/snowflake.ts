import { tableType } from "./table-type";

const PRIVATE_KEY = "extra.private_key_content";

/** Airflow's `snowflake`: its password is the key's passphrase where there is a key. */
export const snowflake = tableType({
  name: "snowflake",
  airflowType: "snowflake",
  fields: {
    account: { path: "extra.account" },
    region: { path: "extra.region" },
    login: { path: "login" },
    database: { path: "extra.database" },
    schema: { path: "schema" },
    warehouse: { path: "extra.warehouse" },
    role: { path: "extra.role" },
    session_parameters: { path: "extra.session_parameters" },
    password: { path: "password", when: (isSet) => !isSet(PRIVATE_KEY) },
    private_key: { path: PRIVATE_KEY },
    private_key_passphrase: {
      path: "password",
      when: (isSet) => isSet(PRIVATE_KEY),
    },
  },
});
