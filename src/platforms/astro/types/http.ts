import { tableType } from "../table-type";

const inClear =
  "Airflow would keep it in extra, among the headers, where Astro shows it in clear and nothing tells that it is secret. Use token, or login and password.";
const notOfAirflow =
  "Airflow's connections have no such field; give it to the task instead.";
const bearerOnly =
  'Remove it: on Astro a token is sent as "Authorization: Bearer TOKEN".';

/** Keys of extra that Airflow's hook takes for itself. */
const ofHook = [
  "stream",
  "cert",
  "proxies",
  "proxy",
  "verify",
  "verify_ssl",
  "allow_redirects",
  "max_redirects",
  "srv_lookup",
];

/** Airflow's `http`: the keys of extra that its hook does not know are headers. */
export const http = tableType({
  name: "http",
  airflowType: "http",
  fields: {
    base_url: {
      path: "host",
      decode: (host) =>
        typeof host === "string" && host.includes("://") ? host : undefined,
    },
    login: { path: "login" },
    password: { path: "password" },
    token: {
      path: "extra.Authorization",
      encode: (token) => `Bearer ${String(token)}`,
    },
    verify_tls: { path: "extra.verify" },
  },
  members: {
    field: "headers",
    reserved: (key) =>
      ofHook.includes(key) || key.toLowerCase() === "authorization",
  },
  unsupported: {
    secret_headers: inClear,
    secret_url_parameters: notOfAirflow,
    url_parameters: notOfAirflow,
    body: notOfAirflow,
    tags: "Airflow's connections have no labels. Remove it.",
    tokens: notOfAirflow,
    token_header: bearerOnly,
    token_prefix: bearerOnly,
  },
});
