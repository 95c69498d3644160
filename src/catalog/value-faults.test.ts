import { formatPath } from "../diagnostics";
import type { Value } from "../model";
import { checkFields, type CheckFieldsOptions } from "./index";

type Options = Partial<CheckFieldsOptions> & { readonly type: string };

function check(options: Options) {
  return checkFields({
    config: undefined,
    secrets: undefined,
    secretsPath: "secrets",
    secretsComplete: true,
    ...options,
  });
}

function details(options: Options): readonly string[] {
  return check(options).map(({ detail }) => detail);
}

const pg = { host: "h", login: "l" };
test.each<[string, string, Value, string, string]>([
  [
    "a port in a host",
    "postgresql",
    { ...pg, host: "db:5432" },
    "config.host",
    '"host" holds a port: write the host alone, and port = 5432.',
  ],
  [
    "a port in a host that is an address",
    "elasticsearch",
    { host: "[::1]:9200" },
    "config.host",
    '"host" holds a port: write the host alone, and port = 9200.',
  ],
  [
    "a port in a host of a type of one's own",
    "generic",
    { conn_type: "ftp", host: "ftp.example.com:21" },
    "config.host",
    '"host" holds a port: write the host alone, and port = 21.',
  ],
  [
    "a text for a number",
    "postgresql",
    { ...pg, port: "abc" },
    "config.port",
    '"port" must be a whole number from 1 to 65535, but is "abc".',
  ],
  [
    "a number that is too big",
    "postgresql",
    { ...pg, port: 65536 },
    "config.port",
    '"port" must be a whole number from 1 to 65535, but is 65536.',
  ],
  [
    "a number that is too small",
    "mysql",
    { ...pg, port: 0 },
    "config.port",
    '"port" must be a whole number from 1 to 65535, but is 0.',
  ],
  [
    "a fraction",
    "elasticsearch",
    { host: "h", port: 9200.5 },
    "config.port",
    '"port" must be a whole number from 1 to 65535, but is 9200.5.',
  ],
  [
    "a list for a text",
    "postgresql",
    { ...pg, database: ["a"] },
    "config.database",
    '"database" must be a string, but is a list.',
  ],
  [
    "an object for a text",
    "snowflake",
    { account: "a", login: "l", role: {} },
    "config.role",
    '"role" must be a string, but is an object.',
  ],
  [
    "a text for a list",
    "kafka",
    { bootstrap_servers: "a:1" },
    "config.bootstrap_servers",
    '"bootstrap_servers" must be a list, but is a string.',
  ],
  [
    "a text for a map",
    "http",
    { base_url: "https://a.example", headers: "a" },
    "config.headers",
    '"headers" must be an object, but is a string.',
  ],
  [
    "a text for a boolean",
    "amazon-s3",
    { read_only: "yes" },
    "config.read_only",
    '"read_only" must be true or false, but is a string.',
  ],
  [
    "a null in a list",
    "kafka",
    { bootstrap_servers: [null] },
    "config.bootstrap_servers[0]",
    'Item 1 of "bootstrap_servers" must be a string, but is null.',
  ],
  [
    "an empty text",
    "mysql",
    { host: "h", login: "" },
    "config.login",
    '"login" must not be empty.',
  ],
  [
    "an empty list",
    "kafka",
    { bootstrap_servers: [] },
    "config.bootstrap_servers",
    '"bootstrap_servers" must not be empty.',
  ],
  [
    "an item twice",
    "kafka",
    { bootstrap_servers: ["a:1", "a:1"] },
    "config.bootstrap_servers",
    '"bootstrap_servers" must not hold the same item twice.',
  ],
  [
    "a value in a map",
    "http",
    { base_url: "https://a.example", headers: { Accept: [] } },
    "config.headers.Accept",
    '"headers.Accept" must be a string, but is a list.',
  ],
  [
    "a name in a map",
    "http",
    { base_url: "https://a.example", headers: { "a b": "x" } },
    'config.headers["a b"]',
    'The name "a b" in "headers" must be a header name, without blanks and colons.',
  ],
  [
    "a field of a nested object",
    "http",
    {
      base_url: "https://a.example",
      body: { content_type: "json", content: "x" },
    },
    "config.body.content_type",
    '"body.content_type" must look like "application/json". Media type of the body, as type/subtype.',
  ],
  [
    "one of a list of words",
    "postgresql",
    { ...pg, ssl_mode: "requird" },
    "config.ssl_mode",
    '"ssl_mode" must be one of "disable", "allow", "prefer", "require", "verify-ca", "verify-full" (did you mean "require"?), but is "requird".',
  ],
  [
    "a host with a scheme",
    "postgresql",
    { ...pg, host: "https://h" },
    "config.host",
    '"host" must look like "db.example.com". Host name or IP address of the server, without scheme and port.',
  ],
  [
    "a URL without scheme",
    "http",
    { base_url: "a.example" },
    "config.base_url",
    '"base_url" must look like "https://api.example.com/v2". URL that the paths of requests are appended to: http or https, without login and parameters.',
  ],
  [
    "a URL that is none",
    "http",
    { base_url: "https://a.example/%zz" },
    "config.base_url",
    '"base_url" must be a complete URL like "https://api.example.com/v2". URL that the paths of requests are appended to: http or https, without login and parameters.',
  ],
  [
    "an account with a domain",
    "snowflake",
    { account: "a.snowflakecomputing.com", login: "l" },
    "config.account",
    '"account" must look like "xy12345". Account identifier: organization and account name, or the account locator. Without ".snowflakecomputing.com".',
  ],
  [
    "a role that is no ARN",
    "amazon-s3",
    { role_arn: "loader" },
    "config.role_arn",
    '"role_arn" must look like "arn:aws:iam::123456789012:role/loader". ARN of the role to assume.',
  ],
  [
    "a broker without port",
    "kafka",
    { bootstrap_servers: ["a:1", "b"] },
    "config.bootstrap_servers[1]",
    'Item 2 of "bootstrap_servers" must look like "kafka-1.example.com:9092". One broker, as host:port.',
  ],
])(
  "an invalid value is told with its rule: %s (%s)",
  (_, type, config, path, detail) => {
    const diagnostics = checkFields({
      type,
      config,
      secrets: undefined,
      secretsPath: "secrets",
      secretsComplete: false,
    });
    expect(
      diagnostics.map((d) => [d.code, formatPath(d.path), d.detail]),
    ).toEqual([["invalid_field", path, detail]]);
  },
);

test("a password inside a URL is not shown", () => {
  const [detail] = details({
    type: "http",
    config: { base_url: "https://jane:hunter2-secret@a.example" },
  });
  expect(detail).toContain("without login");
  expect(detail).not.toContain("hunter2-secret");
});

test("a long value is cut", () => {
  const [detail] = details({
    type: "postgresql",
    config: { ...pg, host: "x ".repeat(500) },
  });
  expect(detail!.length).toBeLessThan(300);
});

test.each(["::1", "fe80::1:5432", "[::1]", "db.example.com"])(
  "the host %s holds no port",
  (host) => {
    expect(details({ type: "postgresql", config: { ...pg, host } })).toEqual(
      [],
    );
  },
);
