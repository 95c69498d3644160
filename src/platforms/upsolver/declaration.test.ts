import { openAt, startUpsolverStandin } from "../../../test/standins/upsolver";
import { diagnosticsOf, Secret } from "../../diagnostics";
import type { Connection, JsonObject } from "../../model";

const declared: Connection = {
  owner: { kind: "organization", name: "acme" },
  name: "warehouse",
  type: "postgresql",
  config: { host: "db.example.com", login: "loader" },
  secrets: new Secret({ password: "passwordgeheim" }),
};

function native(keyword: string, config: JsonObject): Partial<Connection> {
  return {
    type: `upsolver:${keyword}`,
    config,
    secrets: new Secret({ PASSWORD: "passwordgeheim" }),
  };
}

const mongodb = { CONNECTION_STRING: "mongodb+srv://db/app", USER_NAME: "l" };
const kafka = { bootstrap_servers: ["a:1"] };
const noSecrets = new Secret({});

const refusals: readonly (readonly [
  what: string,
  changes: Partial<Connection>,
  faults: readonly [code: string, path: string, words: string][],
])[] = [
  [
    "an owner whom the token does not speak for",
    { owner: { kind: "organization", name: "other" } },
    [["invalid_owner", "owner", 'connections of "other"']],
  ],
  [
    "a name that a statement may not end",
    { name: "back\\" },
    [["invalid_name", "name", "ends with a backslash"]],
  ],
  [
    "a description with the same",
    { description: "it\\'s" },
    [["invalid_field", "description", "holds a backslash before a '"]],
  ],
  [
    "a secret with the same",
    { secrets: new Secret({ password: "geheim\\" }) },
    [["invalid_field", "secrets.password", "ends with a backslash"]],
  ],
  [
    "half of a character, however deep",
    {
      type: "kafka",
      config: { ...kafka, properties: { "client.id": "\ud83d" } },
      secrets: noSecrets,
    },
    [["invalid_field", "config.properties.client.id", "half of a character"]],
  ],
  [
    "a field that Upsolver has no place for, and a secret that it needs",
    {
      config: { ...declared.config, parameters: { x: "y" } },
      secrets: noSecrets,
    },
    [
      ["unsupported", "config.parameters", '"upsolver:POSTGRES"'],
      ["missing_field", "secrets.password", "need"],
    ],
  ],
  [
    "everything that is wrong at once",
    {
      owner: { kind: "organization", name: "other" },
      name: "back\\",
      description: "back\\",
      config: { host: "h", login: "l", ssl_certificate: "x" },
    },
    [
      ["invalid_owner", "owner", "one organization"],
      ["invalid_name", "name", "backslash"],
      ["unsupported", "config.ssl_certificate", "Remove it"],
      ["invalid_field", "description", "backslash"],
    ],
  ],
  [
    "an address that could not be taken apart again",
    { config: { host: "a;b", login: "l" } },
    [["invalid_field", "config.host", '"upsolver:POSTGRES"']],
  ],
  [
    "empty properties, which would not be shown",
    { type: "kafka", config: { ...kafka, properties: {} }, secrets: noSecrets },
    [["invalid_field", "config.properties", "Remove it"]],
  ],
  [
    "both at once",
    {
      type: "kafka",
      config: { ...kafka, properties: {}, topics: [] },
      secrets: noSecrets,
    },
    [
      ["invalid_field", "config.properties", "Remove it"],
      ["invalid_field", "config.topics", "Leave it out"],
    ],
  ],
  [
    "an empty list, which no statement can say",
    { type: "kafka", config: { ...kafka, topics: [] }, secrets: noSecrets },
    [["invalid_field", "config.topics", "Leave it out"]],
  ],
  [
    "a property without a name, which would not be shown",
    {
      type: "kafka",
      config: { ...kafka, properties: { "": "x" } },
      secrets: noSecrets,
    },
    [["invalid_field", "config.properties", "otherwise than it is declared"]],
  ],
  [
    "a Kafka without hosts, which may be given in either of two options",
    {
      type: "upsolver:KAFKA",
      config: { VERSION: "LEGACY" },
      secrets: noSecrets,
    },
    [
      [
        "missing_field",
        "config.HOSTS",
        "need HOSTS in config, or HOST in config.",
      ],
    ],
  ],
  [
    "a Snowflake without a password and without a key file",
    {
      type: "upsolver:SNOWFLAKE",
      config: {
        CONNECTION_STRING: "jdbc:snowflake://x/?db=d",
        USER_NAME: "l",
        MAX_CONCURRENT_CONNECTIONS: 4,
      },
      secrets: noSecrets,
    },
    [
      [
        "missing_field",
        "secrets.PASSWORD",
        "need PASSWORD in secrets, or PRIVATE_KEY_FILE in config.",
      ],
    ],
  ],
  [
    "a credential among the parameters of a session",
    {
      type: "snowflake",
      config: {
        account: "x",
        login: "l",
        session_parameters: { Password: "geheim" },
      },
    },
    [
      [
        "secret_in_config",
        "config.session_parameters.Password",
        "give the password in secrets",
      ],
    ],
  ],
  [
    "an option in quotation marks",
    native("MONGODB", { ...mongodb, TIMEOUT: "4" }),
    [["invalid_field", "config.TIMEOUT", "without quotation marks"]],
  ],
  [
    "a list without brackets",
    native("KINESIS", { REGION: "eu-central-1", STREAM_DISPLAY_FILTERS: "x" }),
    [["invalid_field", "config.STREAM_DISPLAY_FILTERS", "into brackets"]],
  ],
];

describe.each(refusals)("%s", (_what, changes, faults) => {
  const connection: Connection = { ...declared, ...changes };

  test("is told without asking, and by a creation and an update before anything is sent", async () => {
    const standin = await startUpsolverStandin();
    try {
      const { connections } = openAt(standin.url, standin.token);
      const told = connections.check!(connection);
      expect(told.map(({ code, path }) => [code, path.join(".")])).toEqual(
        faults.map(([code, path]) => [code, path]),
      );
      told.forEach(({ detail }, index) =>
        expect(detail).toContain(faults[index]![2]),
      );
      expect(JSON.stringify(told)).not.toContain("geheim");
      for (const write of [
        connections.create(connection),
        connections.update(connection, connection),
      ]) {
        const error: unknown = await write.catch((thrown: unknown) => thrown);
        expect(diagnosticsOf(error)).toEqual(told);
      }
      expect(standin.requests()).toEqual([]);
    } finally {
      await standin.close();
    }
  });
});

describe("what is not looked at", () => {
  const { check } = openAt("https://localhost", "token").connections;

  test.each<[string, Partial<Connection>]>([
    ["a password that may be there", {}],
    [
      "properties that may say more than the catalogue's type can",
      { type: "upsolver:KAFKA", config: { HOSTS: ["a:1"] } },
    ],
    [
      "the other of two options",
      { type: "upsolver:KAFKA", config: { HOST: "a:1" } },
    ],
  ])("%s is not missed", (_what, changes) => {
    expect(check!({ ...declared, ...changes, secrets: undefined })).toEqual([]);
  });
});

test.each([
  ["MSK's own mechanism", "sasl.mechanism=AWS_MSK_IAM"],
  ["TLS without SSL", "security.protocol=SSL"],
])(
  "a native Kafka with %s is one that the catalogue's type cannot be",
  async (_what, properties) => {
    const standin = await startUpsolverStandin();
    try {
      const { connections } = openAt(standin.url, standin.token);
      const connection: Connection = {
        ...declared,
        type: "upsolver:KAFKA",
        config: { HOSTS: ["a:1"] },
        secrets: new Secret({ CONSUMER_PROPERTIES: properties }),
      };
      expect(connections.check!(connection)).toEqual([]);
      await connections.create(connection);
      expect(await connections.tryFind(connection)).toMatchObject({
        type: connection.type,
        config: connection.config,
      });
    } finally {
      await standin.close();
    }
  },
);
