import { errorDiagnostic } from "../../../diagnostics";
import { fieldOf, type JsonObject, objectOf } from "../../../model";
import { type AirflowView, extraPath } from "./airflow-fields";
import type {
  AstroType,
  DecodedFields,
  EncodedFields,
  FieldsToDecode,
  FieldsToEncode,
} from "./astro-type";
import { tableType } from "./table-type";

const inClear =
  "Airflow would keep it in extra, among the headers, where Astro shows it in clear and nothing tells that it is secret. Use token, or login and password.";
const notOfAirflow =
  "Airflow's connections have no such field; give it to the task instead.";

/** Keys of extra that Airflow's hook takes for itself. */
const ofHook = [
  "stream",
  "cert",
  "proxies",
  "proxy",
  "timeout",
  "verify",
  "verify_ssl",
  "allow_redirects",
  "max_redirects",
  "trust_env",
  "check_response",
  "srv",
  "srv_lookup",
];

const AUTHORIZATION = extraPath("Authorization");
const DEFAULT_PREFIX = "Bearer";

const table = tableType({
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
    token: { path: AUTHORIZATION },
    verify_tls: { path: "extra.verify" },
  },
  members: {
    field: "headers",
    reserved: (key) => {
      if (key.toLowerCase() === "authorization")
        return "On Astro, the header Authorization is where the token is kept. Use token and token_prefix, or login and password.";
      return ofHook.includes(key)
        ? `Airflow's HTTP hook takes ${JSON.stringify(key)} as an option of its own, not as a header. Keep it in extra of the native type astro:http.`
        : undefined;
    },
  },
  unsupported: {
    secret_headers: inClear,
    secret_url_parameters: notOfAirflow,
    url_parameters: notOfAirflow,
    body: notOfAirflow,
    tags: "Airflow's connections have no labels. Remove it.",
    tokens: notOfAirflow,
  },
  fixed: {
    token_header:
      "In another header nothing would tell that it is secret. Remove token_header.",
  },
});

/**
 * Airflow's `http`: the keys of extra that its hook does not know are headers.
 * The token is one, prefix included: `Authorization: Bearer TOKEN`.
 */
export const http: AstroType = {
  ...table,
  encode,
  decode,
  besideSecrets: ["token_prefix"],
};

function encode(fields: FieldsToEncode): EncodedFields {
  const { config, secrets, parent } = fields;
  const isOverride = parent !== undefined;
  const declared = fieldOf(config, "token_prefix");
  const encoded = table.encode({ ...fields, config: withoutPrefix(config) });
  const faults = [...encoded.faults];
  if (isOverride && declared !== undefined)
    faults.push(
      errorDiagnostic({
        code: "unsupported",
        path: ["overrides", "token_prefix"],
        detail:
          "Airflow keeps prefix and token as one text, so a deployment cannot see another prefix with the connection's token. Remove token_prefix from the overrides; a token that is overridden gets the connection's prefix.",
      }),
    );
  const token = fieldOf(secrets ?? {}, "token");
  if (typeof token !== "string") return { ...encoded, faults };
  if (token.includes(" "))
    faults.push(
      errorDiagnostic({
        code: "unsupported",
        path: [isOverride ? "override_secrets" : "secrets", "token"],
        detail:
          "Airflow keeps prefix and token as one text, so a token with a blank could not be told from its prefix. Move what comes before the last blank to token_prefix.",
      }),
    );
  const prefix = isOverride
    ? (prefixIn(parent) ?? DEFAULT_PREFIX)
    : String(declared ?? DEFAULT_PREFIX);
  const patch = new Map(encoded.patch);
  patch.set(AUTHORIZATION, prefix === "" ? token : `${prefix} ${token}`);
  return { patch, faults };
}

function decode(fields: FieldsToDecode): DecodedFields {
  const { view, parent } = fields;
  const decoded = table.decode(fields);
  const prefix = prefixIn(view);
  const expected = (parent && prefixIn(parent)) ?? DEFAULT_PREFIX;
  if (prefix === undefined || prefix === expected) return decoded;
  return {
    ...decoded,
    config: objectOf([
      ...Object.entries(decoded.config),
      ["token_prefix", prefix],
    ]),
  };
}

/** What comes before the token; undefined where there is none, or it is not shown. */
function prefixIn(view: AirflowView): string | undefined {
  const value = view.get(AUTHORIZATION);
  if (typeof value !== "string") return undefined;
  return value.slice(0, Math.max(0, value.lastIndexOf(" ")));
}

function withoutPrefix(config: JsonObject): JsonObject {
  return objectOf(
    Object.entries(config).filter(([field]) => field !== "token_prefix"),
  );
}
