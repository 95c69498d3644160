import { PatchbayError, Secret } from "../../../diagnostics";
import { type Connection, type JsonObject, leafPaths } from "../../../model";
import type { Options } from "../options/option";
import { upsolverIdentity } from "../capabilities";
import {
  canonicalOptions,
  fromOptions,
  toOptions,
  translations,
} from "./index";

const owner = { kind: "organization", name: "acme" } as const;

function declared(
  type: string,
  config: JsonObject,
  secrets: JsonObject,
): Connection {
  return { owner, name: "c", type, config, secrets: new Secret(secrets) };
}

function optionsOf(type: string, config: JsonObject, secrets: JsonObject) {
  const result = toOptions(declared(type, config, secrets));
  if (!result.ok) throw new PatchbayError(result.diagnostics);
  return result.value;
}

const samples: readonly (readonly [
  string,
  string,
  JsonObject,
  JsonObject,
  Options,
])[] = [
  [
    "postgresql",
    "POSTGRES",
    {
      host: "db.example.com",
      port: 5432,
      database: "a b/c",
      schema: "x&y",
      login: "l",
      ssl_mode: "require",
    },
    { password: "geheim" },
    {
      CONNECTION_STRING:
        "jdbc:postgresql://db.example.com:5432/a%20b%2Fc?currentSchema=x%26y&sslmode=require",
      USER_NAME: "l",
      PASSWORD: "geheim",
    },
  ],
  [
    "postgresql",
    "POSTGRES",
    { host: "::1", port: 5433, login: "l" },
    { password: "geheim" },
    {
      CONNECTION_STRING: "jdbc:postgresql://[::1]:5433/",
      USER_NAME: "l",
      PASSWORD: "geheim",
    },
  ],
  [
    "mysql",
    "MYSQL",
    {
      host: "db",
      port: 3306,
      database: "app",
      login: "l",
      ssl_mode: "verify_identity",
    },
    { password: "geheim" },
    {
      CONNECTION_STRING: "jdbc:mysql://db:3306/app?sslMode=VERIFY_IDENTITY",
      USER_NAME: "l",
      PASSWORD: "geheim",
    },
  ],
  [
    "elasticsearch",
    "ELASTICSEARCH",
    {
      host: "search",
      port: 9300,
      scheme: "https",
      cluster_name: "logs",
      login: "l",
    },
    { password: "geheim" },
    {
      CONNECTION_STRING:
        "elasticsearch://search:9300?cluster.name=logs&ssl=true",
      USER_NAME: "l",
      PASSWORD: "geheim",
    },
  ],
  [
    "snowflake",
    "SNOWFLAKE",
    {
      account: "xy12345",
      region: "eu-central-1.aws",
      database: "D",
      schema: "S",
      warehouse: "W",
      role: "R",
      login: "l",
      session_parameters: { QUERY_TAG: "e t l" },
    },
    { password: "geheim" },
    {
      CONNECTION_STRING:
        "jdbc:snowflake://xy12345.eu-central-1.aws.snowflakecomputing.com?db=D&schema=S&warehouse=W&role=R&QUERY_TAG=e%20t%20l",
      USER_NAME: "l",
      PASSWORD: "geheim",
    },
  ],
  [
    "amazon-s3",
    "S3",
    {
      bucket: "landing",
      prefix: "orders/",
      read_only: true,
      access_key_id: "AKIA",
      kms_key_arn: "arn:aws:kms:x",
    },
    { secret_access_key: "geheim" },
    {
      AWS_ACCESS_KEY_ID: "AKIA",
      ENCRYPTION_KMS_KEY: "arn:aws:kms:x",
      AWS_SECRET_ACCESS_KEY: "geheim",
      PATH_DISPLAY_FILTER: "s3://landing/orders/",
      READ_ONLY: true,
    },
  ],
  [
    "amazon-s3",
    "S3",
    {
      role_arn: "arn:aws:iam::123456789012:role/x",
      external_id: "e",
      read_only: false,
    },
    {},
    {
      AWS_ROLE: "arn:aws:iam::123456789012:role/x",
      EXTERNAL_ID: "e",
      READ_ONLY: false,
    },
  ],
  [
    "kafka",
    "KAFKA",
    {
      bootstrap_servers: ["a:1", "b:2"],
      security_protocol: "SASL_SSL",
      sasl_mechanism: "PLAIN",
      login: 'l"\\',
      topics: ["t"],
      properties: { "client.id": "x" },
    },
    {
      password: 'ge"heim',
      secret_properties: { "ssl.key.password": "geheim" },
    },
    {
      HOSTS: ["a:1", "b:2"],
      CONSUMER_PROPERTIES:
        'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="l\\\\"\\\\\\\\" password="ge\\\\"heim";\nclient.id=x\nssl.key.password=geheim\n',
      SSL: true,
      TOPIC_DISPLAY_FILTERS: ["t"],
    },
  ],
  [
    "upsolver:GLUE_CATALOG",
    "GLUE_CATALOG",
    {
      DEFAULT_STORAGE_CONNECTION: "s3",
      DEFAULT_STORAGE_LOCATION: "s3://x",
      AWS_ACCESS_KEY_ID: "AKIA",
    },
    { AWS_SECRET_ACCESS_KEY: "geheim" },
    {
      DEFAULT_STORAGE_CONNECTION: "s3",
      DEFAULT_STORAGE_LOCATION: "s3://x",
      AWS_ACCESS_KEY_ID: "AKIA",
      AWS_SECRET_ACCESS_KEY: "geheim",
    },
  ],
  [
    "upsolver:SNOWFLAKE",
    "SNOWFLAKE",
    {
      CONNECTION_STRING: "jdbc:snowflake://x.snowflakecomputing.com",
      USER_NAME: "l",
      PRIVATE_KEY_FILE: "/keys/k.p8",
    },
    { PRIVATE_KEY_FILE_PWD: "geheim" },
    {
      CONNECTION_STRING: "jdbc:snowflake://x.snowflakecomputing.com",
      USER_NAME: "l",
      PRIVATE_KEY_FILE: "/keys/k.p8",
      PRIVATE_KEY_FILE_PWD: "geheim",
    },
  ],
  [
    "upsolver:CLICKHOUSE",
    "CLICKHOUSE",
    { CONNECTION_STRING: "http://ch:8123/db", USER_NAME: "l", SHARDS: 3 },
    { PASSWORD: "geheim", NEW_API_TOKEN: "geheim" },
    {
      CONNECTION_STRING: "http://ch:8123/db",
      USER_NAME: "l",
      SHARDS: 3,
      PASSWORD: "geheim",
      NEW_API_TOKEN: "geheim",
    },
  ],
];

test.each(samples)(
  "%s becomes %s and is read back without its secrets",
  (type, keyword, config, secrets, options) => {
    const translated = optionsOf(type, config, secrets);
    expect(translated.keyword).toBe(keyword);
    expect(translated.options).toEqual(options);
    const read = fromOptions(keyword, options);
    expect(JSON.parse(JSON.stringify(read))).toEqual({ type, config });
    expect(JSON.stringify(read)).not.toContain("heim");
  },
);

test("every type of the capabilities has its translation", () => {
  expect(translations.map(({ type }) => type).sort()).toEqual(
    upsolverIdentity.capabilities.types,
  );
});

const login = { host: "h", port: 1, login: "l" };
const password = { password: "geheim" };

test.each<[string, JsonObject, JsonObject, readonly [string, string][]]>([
  [
    "postgresql",
    { ...login, parameters: {} },
    password,
    [["unsupported", "config.parameters"]],
  ],
  [
    "postgresql",
    { ...login, ssl_certificate: "x" },
    { ...password, ssl_key: "geheim" },
    [
      ["unsupported", "config.ssl_certificate"],
      ["unsupported", "secrets.ssl_key"],
    ],
  ],
  ["postgresql", login, {}, [["missing_field", "secrets.password"]]],
  [
    "mysql",
    { ...login, charset: "utf8mb4" },
    password,
    [["unsupported", "config.charset"]],
  ],
  [
    "elasticsearch",
    { host: "h" },
    { api_key: "geheim" },
    [
      ["unsupported", "secrets.api_key"],
      ["missing_field", "config.login"],
      ["missing_field", "secrets.password"],
    ],
  ],
  [
    "snowflake",
    { account: "a.b", login: "l" },
    password,
    [["invalid_field", "config.account"]],
  ],
  [
    "snowflake",
    { account: "a", login: "l", session_parameters: { Warehouse: "x" } },
    password,
    [["conflicting_arguments", "config.session_parameters.Warehouse"]],
  ],
  [
    "snowflake",
    { account: "a", login: "l" },
    { private_key: "geheim" },
    [
      ["unsupported", "secrets.private_key"],
      ["missing_field", "secrets.password"],
    ],
  ],
  [
    "amazon-s3",
    { prefix: "x", region: "eu" },
    {},
    [
      ["unsupported", "config.region"],
      ["missing_field", "config.bucket"],
    ],
  ],
  [
    "kafka",
    { bootstrap_servers: ["a:1"], properties: { "x.password": "geheim" } },
    { secret_properties: { "client.id": "geheim" } },
    [
      ["secret_in_config", "config.properties.x.password"],
      ["plain_field_in_secrets", "secrets.secret_properties.client.id"],
    ],
  ],
  [
    "kafka",
    {
      bootstrap_servers: ["a:1"],
      properties: { "sasl.mechanism": "PLAIN" },
      login: "l",
    },
    {},
    [
      ["missing_field", "config.sasl_mechanism"],
      ["missing_field", "secrets.password"],
      ["conflicting_arguments", "config.properties.sasl.mechanism"],
    ],
  ],
  ["http", {}, {}, [["unsupported", "type"]]],
  ["upsolver:mongodb", {}, {}, [["unknown_type", "type"]]],
  [
    "upsolver:MONGODB",
    {
      CONNECTION_STRING: "mongodb://u:geheim@h/db",
      PASSWORD: "geheim",
      COMMENT: "x",
      lower: "x",
    },
    { USER_NAME: "l" },
    [
      ["unknown_field", "config.COMMENT"],
      ["unknown_field", "config.lower"],
      ["secret_in_config", "config.PASSWORD"],
      ["plain_field_in_secrets", "secrets.USER_NAME"],
      ["secret_in_config", "config.CONNECTION_STRING"],
      ["missing_field", "config.USER_NAME"],
      ["missing_field", "secrets.PASSWORD"],
    ],
  ],
])(
  "what %s cannot say is refused at once: %j",
  (type, config, secrets, faults) => {
    const result = toOptions(declared(type, config, secrets));
    expect(
      result.ok
        ? []
        : result.diagnostics.map(({ code, path }) => [code, path.join(".")]),
    ).toEqual(faults);
    expect(JSON.stringify(result)).not.toContain("geheim");
  },
);

test("what Kafka takes in place of certificates is held", () => {
  const pem = "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----";
  const config = {
    bootstrap_servers: ["a:1"],
    security_protocol: "SSL",
    properties: {
      "ssl.truststore.type": "PEM",
      "ssl.truststore.certificates": pem,
      "ssl.keystore.type": "PEM",
      "ssl.keystore.certificate.chain": pem,
    },
  };
  const { options } = optionsOf("kafka", config, {
    secret_properties: { "ssl.keystore.key": "geheim" },
  });
  expect(fromOptions("KAFKA", options)).toMatchObject({
    type: "kafka",
    config,
  });
});

test.each<[string, string, Options, string]>([
  [
    "a parameter that the catalogue does not know",
    "POSTGRES",
    { CONNECTION_STRING: "jdbc:postgresql://h/d?ssl=true", USER_NAME: "l" },
    "upsolver:POSTGRES",
  ],
  [
    "an option that it does not know",
    "POSTGRES",
    {
      CONNECTION_STRING: "jdbc:postgresql://h/d",
      USER_NAME: "l",
      MAX_CONCURRENT_CONNECTIONS: 3,
    },
    "upsolver:POSTGRES",
  ],
  [
    "an old version",
    "KAFKA",
    { HOST: "a:1", VERSION: "LEGACY" },
    "upsolver:KAFKA",
  ],
  [
    "several paths",
    "S3",
    { PATH_DISPLAY_FILTERS: ["s3://a", "s3://b"] },
    "upsolver:S3",
  ],
  [
    "the defaults spelled out",
    "KAFKA",
    { HOST: "a:1", VERSION: "CURRENT", SSL: false, REQUIRE_STATIC_IP: true },
    "kafka",
  ],
  ["no type that anybody knows", "PUBSUB", { PROJECT: "x" }, "upsolver:PUBSUB"],
])(
  "a connection with %s is read as what it is",
  (_title, keyword, options, type) => {
    expect(fromOptions(keyword, options).type).toBe(type);
  },
);

test("credentials in the address of a connection made elsewhere are not shown", () => {
  const address = "mongodb+srv://u:geheim@h/db?x=1&authPassword=geheim&y=2";
  const { config } = fromOptions("MONGODB", {
    CONNECTION_STRING: address,
    USER_NAME: "u",
    PASSWORD: "geheim",
  });
  expect(leafPaths(config)).toEqual(["CONNECTION_STRING", "USER_NAME"]);
  expect(JSON.stringify(config)).not.toContain("geheim");
});

test("nor does the catalogue's type show them, whose session may have any parameter", () => {
  const { type, config } = fromOptions("SNOWFLAKE", {
    CONNECTION_STRING:
      "jdbc:snowflake://x.snowflakecomputing.com?db=d&password=geheim&TOKEN=geheim",
    USER_NAME: "l",
  });
  expect(type).toBe("upsolver:SNOWFLAKE");
  expect(JSON.stringify(config)).not.toContain("geheim");
});

test("what is only written differently is the same", () => {
  expect(
    canonicalOptions("KAFKA", {
      HOST: "a:1",
      TOPIC_DISPLAY_FILTER: "t",
      VERSION: "CURRENT",
      COMMENT: "c",
    }),
  ).toEqual({ HOSTS: ["a:1"], TOPIC_DISPLAY_FILTERS: ["t"], COMMENT: "c" });
});

describe("what is shown as the type that is known", () => {
  const known = (type: string, config: JsonObject = {}) => ({
    type,
    config,
    secretFields: [],
  });
  const postgres = {
    CONNECTION_STRING: "jdbc:postgresql://h:5432/d?socketTimeout=30",
    USER_NAME: "l",
  };
  const fields = { host: "h", port: 5432, database: "d", login: "l" };

  test("holds under extra what the type has no field for, without secrets", () => {
    expect(fromOptions("POSTGRES", postgres, known("postgresql"))).toEqual({
      type: "postgresql",
      config: {
        ...fields,
        extra: { CONNECTION_STRING: postgres.CONNECTION_STRING },
      },
    });
    expect(
      fromOptions(
        "POSTGRES",
        {
          CONNECTION_STRING: "jdbc:postgresql://h:5432/d?password=geheim",
          USER_NAME: "l",
          MAX_CONCURRENT_CONNECTIONS: 3,
          API_TOKEN: "geheim",
        },
        known("postgresql"),
      ),
    ).toEqual({
      type: "postgresql",
      config: {
        ...fields,
        extra: {
          CONNECTION_STRING: "jdbc:postgresql://h:5432/d?",
          MAX_CONCURRENT_CONNECTIONS: 3,
        },
      },
    });
    expect(
      fromOptions(
        "KAFKA",
        { HOSTS: ["a:1"], REQUIRE_STATIC_IP: false, VERSION: "LEGACY" },
        known("kafka"),
      ),
    ).toEqual({
      type: "kafka",
      config: {
        bootstrap_servers: ["a:1"],
        extra: { REQUIRE_STATIC_IP: false, VERSION: "LEGACY" },
      },
    });
  });

  test("is the native type where that is known, and nothing of it where Upsolver stores another", () => {
    const plain = { ...postgres, CONNECTION_STRING: "jdbc:postgresql://h/d" };
    expect(fromOptions("POSTGRES", plain, known("upsolver:POSTGRES"))).toEqual({
      type: "upsolver:POSTGRES",
      config: plain,
    });
    expect(fromOptions("POSTGRES", plain, known("mysql")).type).toBe(
      "postgresql",
    );
    expect(fromOptions("POSTGRES", postgres).type).toBe("upsolver:POSTGRES");
  });

  test("keeps the order of lists that is known", () => {
    const shown = { HOSTS: ["a:1", "b:2", "c:3"] };
    expect(
      fromOptions(
        "KAFKA",
        shown,
        known("kafka", { bootstrap_servers: ["c:3", "a:1"] }),
      ).config["bootstrap_servers"],
    ).toEqual(["c:3", "a:1", "b:2"]);
    expect(
      fromOptions("KAFKA", shown, known("upsolver:KAFKA", { HOSTS: ["b:2"] }))
        .config["HOSTS"],
    ).toEqual(["b:2", "a:1", "c:3"]);
  });
});

test.each([
  // Where something is, or how long it holds, is no secret.
  ["TOKEN_URL", false],
  ["PRIVATE_LINK_ENDPOINT", false],
  ["PASSWORD_FILE_PATH", false],
  ["PARTITION_KEY", false],
  ["ACCESS_TOKEN", true],
  ["WEBHOOK_URL", true],
  ["SHARED_ACCESS_KEY", true],
])(
  "an option that Upsolver's documents do not have is judged as everywhere: %s",
  (option, isSecret) => {
    const other = { USER_NAME: "l" };
    const shown = fromOptions("PUBSUB", { ...other, [option]: "x" });
    expect(shown.config).toEqual(
      isSecret ? other : { ...other, [option]: "x" },
    );
    expect(
      toOptions(
        isSecret
          ? declared("upsolver:PUBSUB", other, { [option]: "x" })
          : declared("upsolver:PUBSUB", { ...other, [option]: "x" }, {}),
      ),
    ).toMatchObject({ ok: true });
  },
);

test.each([
  ["sasl.oauthbearer.token.endpoint.url", false],
  ["sasl.login.callback.handler.class", false],
  ["ssl.truststore.certificates", false],
  ["ssl.keystore.key", true],
  ["schema.registry.basic.auth.user.info", true],
  ["sasl.oauthbearer.client.secret", true],
  ["ssl.truststore.password", true],
])("and so is a property of a Kafka client: %s", (property, isSecret) => {
  const { config } = fromOptions("KAFKA", {
    HOSTS: ["a:1"],
    CONSUMER_PROPERTIES: `${property}=x\n`,
  });
  expect(config).toEqual({
    bootstrap_servers: ["a:1"],
    ...(isSecret ? {} : { properties: { [property]: "x" } }),
  });
});

test("what Upsolver documents as what holds without an option is no drift; anything else is, and can be set back", () => {
  const known = { type: "kafka", config: {}, secretFields: [] };
  const shown = (REQUIRE_STATIC_IP: boolean) =>
    fromOptions("KAFKA", { HOSTS: ["a:1"], REQUIRE_STATIC_IP }, known).config;
  expect(shown(false)).toEqual({
    bootstrap_servers: ["a:1"],
    extra: { REQUIRE_STATIC_IP: false },
  });
  // Taking FALSE back is SET REQUIRE_STATIC_IP = TRUE, as no statement takes an
  // option back: were TRUE a change, no plan would ever be empty again.
  expect(shown(true)).toEqual({ bootstrap_servers: ["a:1"] });
});
