import type { JsonObject } from "../../../src/model";
import { type Call, example, type RealCase } from "./real-case";

const request = (
  url: string,
  headers: JsonObject,
  given: JsonObject = {},
): readonly Call[] => [
  [
    "requests",
    {
      method: "GET",
      url,
      headers,
      verify: true,
      cert: null,
      proxies: {},
      stream: false,
      timeout: null,
      allow_redirects: true,
      ...given,
    },
  ],
];

const url = "https://api.example.com/things";
const basic = (login: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${login}:${password}`, "latin1").toString("base64")}`,
});

const of = (
  title: string,
  config: JsonObject,
  calls: RealCase["calls"],
  more: Partial<RealCase> = {},
): RealCase => ({
  title,
  type: "http",
  config: { base_url: "https://api.example.com", ...config },
  calls,
  ...more,
});

const token = "0p3n-s3same-token";
const placeless = [
  "secret_headers",
  "url_parameters",
  "secret_url_parameters",
  "body",
  "tokens",
  "tags",
];

export const http: readonly RealCase[] = [
  of(
    "further keys of extra: an option of the hook, and a secret header",
    { extra: { timeout: 30 } },
    request(url, { "X-Api-Key": "s3cret" }, { timeout: 30 }),
    { secrets: { secret_extra: { "X-Api-Key": "s3cret" } } },
  ),
  {
    ...example("http", 0),
    without: placeless,
    calls: request("https://api.example.com/v2/things", {
      Accept: "application/json",
      "X-Partner": "{{ partner }}",
      Authorization: `Bearer ${token}`,
    }),
  },
  {
    ...example("http", 1),
    calls: request(url, basic("loader", "correct-horse-battery-staple")),
  },
  of("a URL", {}, request(url, {})),
  of(
    "a URL in clear, with port and path",
    { base_url: "http://10.0.0.7:8080/api/" },
    request("http://10.0.0.7:8080/api/things", {}),
  ),
  of("a token", {}, request(url, { Authorization: `Bearer ${token}` }), {
    secrets: { token },
  }),
  of(
    "a token with another word before it",
    { token_prefix: "Token", token_header: "Authorization" },
    request(url, { Authorization: `Token ${token}` }),
    { secrets: { token } },
  ),
  of(
    "a token alone",
    { token_prefix: "" },
    request(url, { Authorization: token }),
    { secrets: { token } },
  ),
  of(
    "a server whose certificate is not checked",
    { verify_tls: false },
    request(url, {}, { verify: false }),
  ),
  of(
    "a server whose certificate is checked",
    { verify_tls: true },
    request(url, {}),
  ),
  of(
    "headers that sound like options, and are none",
    { headers: { Timeout: "30", "X-Verify": "no", Cert: "c" } },
    request(url, { Timeout: "30", "X-Verify": "no", Cert: "c" }),
  ),
  of(
    "options of the hook among the headers",
    { headers: { timeout: "30", verify: "no", proxy: "p" } },
    request(url, {}),
    { without: ["headers"] },
  ),
  of(
    "another URL and header in a deployment",
    { headers: { Accept: "text/csv", "X-Team": "data" } },
    request("https://prod.example.com/things", {
      Accept: "application/json",
      "X-Team": "data",
      Authorization: `Bearer ${token}`,
    }),
    {
      secrets: { token },
      link: {
        config: {
          base_url: "https://prod.example.com",
          headers: { Accept: "application/json" },
        },
      },
    },
  ),
  of(
    "another token in a deployment, with the connection's prefix",
    { token_prefix: "Token" },
    request(url, { Authorization: "Token prod-token" }, { verify: false }),
    {
      secrets: { token },
      link: { config: { verify_tls: false }, secrets: { token: "prod-token" } },
    },
  ),
  of(
    "another user in a deployment",
    { login: "loader" },
    request(url, basic("prod", "prod-password")),
    {
      secrets: { password: "dev-password" },
      link: {
        config: { login: "prod" },
        secrets: { password: "prod-password" },
      },
    },
  ),
  of(
    "a deployment without a header",
    { headers: { Accept: "text/csv", "X-Team": "data" } },
    request(url, { Accept: "text/csv" }),
    { link: { config: { headers: { "X-Team": null } } } },
  ),
  of(
    "a header and a token that are taken away by an update",
    {},
    request(url, basic("loader", "secret")),
    {
      config: { base_url: "https://api.example.com", login: "loader" },
      secrets: { password: "secret" },
      before: {
        config: {
          base_url: "https://old.example.com",
          headers: { Accept: "text/csv" },
        },
        secrets: { token },
      },
    },
  ),
];
