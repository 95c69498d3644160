import type { JsonObject } from "../../../src/model";
import { type Call, example, type RealCase } from "./real-case";

const client = (url: string, given: JsonObject = {}): readonly Call[] => [
  ["Elasticsearch", { "": [url], request_timeout: 10, ...given }],
];

const url = "https://search.example.com:9200/";
const password = "correct-horse-battery-staple";

const of = (
  title: string,
  config: JsonObject,
  calls: RealCase["calls"],
  more: Partial<RealCase> = {},
): RealCase => ({
  title,
  type: "elasticsearch",
  config: { host: "search.example.com", ...config },
  calls,
  ...more,
});

export const elasticsearch: readonly RealCase[] = [
  of(
    "further keys of extra",
    { extra: { max_retries: 5 } },
    client(url, { max_retries: 5, bearer_auth: "s3cret" }),
    { secrets: { secret_extra: { bearer_auth: "s3cret" } } },
  ),
  {
    ...example("elasticsearch", 0),
    without: ["cluster_name", "index"],
    calls: client(url, {
      basic_auth: ["reader", password],
      verify_certs: true,
      request_timeout: 30,
    }),
  },
  {
    ...example("elasticsearch", 1),
    calls: client(url, { api_key: "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6EXAMPLE" }),
  },
  {
    ...example("elasticsearch", 2),
    calls: client(url, { basic_auth: ["reader", password] }),
  },
  of("a host, which is asked over TLS at 9200", {}, client(url)),
  of("a port", { port: 443 }, client("https://search.example.com:443/")),
  of(
    "a cluster in clear",
    { scheme: "http" },
    client("http://search.example.com:9200/"),
  ),
  of(
    "a server whose certificate is not checked",
    { verify_tls: false },
    client(url, { verify_certs: false }),
  ),
  of(
    "a cluster in clear, where there is nothing to check",
    { scheme: "http", verify_tls: false },
    client("http://search.example.com:9200/", { verify_certs: false }),
  ),
  of(
    "a time-out",
    { timeout_seconds: 60 },
    client(url, { request_timeout: 60 }),
  ),
  of(
    "a root certificate as text",
    { ssl_root_certificate: "-----BEGIN CERTIFICATE-----" },
    client(url),
    { without: ["ssl_root_certificate"] },
  ),
  of(
    "overrides of every kind",
    { login: "reader", verify_tls: false },
    client("http://prod.example.com:9201/", {
      basic_auth: ["prod", "prod-password"],
      verify_certs: true,
      request_timeout: 60,
    }),
    {
      secrets: { password },
      link: {
        config: {
          host: "prod.example.com",
          port: 9201,
          scheme: "http",
          login: "prod",
          verify_tls: true,
          timeout_seconds: 60,
        },
        secrets: { password: "prod-password" },
      },
    },
  ),
  of(
    "another API key in a deployment",
    {},
    client(url, { api_key: "prod-key" }),
    {
      secrets: { api_key: "dev-key" },
      link: { config: {}, secrets: { api_key: "prod-key" } },
    },
  ),
  of(
    "a user who takes the place of an API key by an update",
    { login: "reader" },
    client(url, { basic_auth: ["reader", password] }),
    {
      secrets: { password },
      before: {
        config: { host: "search.example.com" },
        secrets: { api_key: "dev-key" },
      },
    },
  ),
];
