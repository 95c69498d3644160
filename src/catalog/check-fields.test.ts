import { formatPath } from "../diagnostics";
import { KNOWN_AFTER_APPLY, objectOf, type Value } from "../model";
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

function faults(options: Options): readonly string[] {
  return check(options).map(
    ({ code, path }) => `${code} at ${formatPath(path)}`,
  );
}

function details(options: Options): readonly string[] {
  return check(options).map(({ detail }) => detail);
}

const pg = { host: "h", login: "l" };

/** For each type: a valid connection, and a field of each sort that it has. */
const samples: Readonly<
  Record<
    string,
    {
      config: Record<string, Value>;
      secrets: Record<string, Value>;
      plain: string;
      secret: string;
    }
  >
> = {
  postgresql: {
    config: { host: "h", login: "l" },
    secrets: {},
    plain: "host",
    secret: "password",
  },
  mysql: {
    config: { host: "h", login: "l" },
    secrets: {},
    plain: "login",
    secret: "password",
  },
  snowflake: {
    config: { account: "a", login: "l" },
    secrets: { password: "p" },
    plain: "account",
    secret: "private_key",
  },
  "amazon-s3": {
    config: {},
    secrets: {},
    plain: "bucket",
    secret: "secret_access_key",
  },
  kafka: {
    config: { bootstrap_servers: ["a:9092"] },
    secrets: {},
    plain: "topics",
    secret: "secret_properties",
  },
  http: {
    config: { base_url: "https://a.example" },
    secrets: {},
    plain: "headers",
    secret: "secret_headers",
  },
  elasticsearch: {
    config: { host: "h" },
    secrets: {},
    plain: "host",
    secret: "api_key",
  },
  generic: {
    config: { conn_type: "ftp" },
    secrets: {},
    plain: "extra",
    secret: "secret_extra",
  },
};

describe.each(Object.entries(samples))(
  "%s",
  (type, { config, secrets, plain, secret }) => {
    test("a minimal connection has no faults", () => {
      expect(faults({ type, config, secrets })).toEqual([]);
    });

    test("an unknown field is named with its path, the type and the nearest valid name", () => {
      const misspelt = `${plain}s`;
      expect(
        faults({ type, config: { ...config, [misspelt]: 1 }, secrets }),
      ).toEqual([`unknown_field at config.${misspelt}`]);
      expect(
        details({ type, config: { ...config, [misspelt]: 1 }, secrets }),
      ).toEqual([
        `The type ${type} has no field "${misspelt}". Did you mean "${plain}"?`,
      ]);
    });

    test("a misspelt secret in config is told where it belongs", () => {
      const [detail] = details({
        type,
        config: { ...config, [`${secret}x`]: "hunter2-secret" },
        secrets,
      });
      expect(detail).toBe(
        `The type ${type} has no field "${secret}x". Did you mean "${secret}"? That is a secret field and belongs in secrets (stored in the state) or secrets_wo (never stored).`,
      );
    });

    test("an unlike unknown field gets the list of fields", () => {
      const [detail] = details({
        type,
        config: { ...config, qqqqqqqqqq: 1 },
        secrets,
      });
      expect(detail).toContain(`It has: `);
      expect(detail).toContain(plain);
      expect(detail).toContain(`${secret} (secret)`);
    });

    test("a secret field in config is told to move to the secrets, without its value", () => {
      const [diagnostic, ...others] = checkFields({
        type,
        config: { ...config, [secret]: "hunter2-secret" },
        secrets: type === "snowflake" ? {} : secrets,
        secretsPath: "secrets_wo",
        secretsComplete: true,
      }).filter(({ code }) => code !== "missing_field");
      expect(others).toEqual([]);
      expect(diagnostic).toMatchObject({
        code: "secret_in_config",
        path: ["config", secret],
      });
      expect(diagnostic?.detail).toBe(
        `"${secret}" is a secret field. Move it to secrets (stored in the state) or secrets_wo (never stored).`,
      );
    });

    test("a plain field in the secrets is told to move to config", () => {
      const { [plain]: moved, ...rest } = config;
      expect(
        faults({
          type,
          config: rest,
          secrets: { ...secrets, [plain]: moved ?? "x" },
          secretsPath: "secrets_wo",
        }),
      ).toEqual([`plain_field_in_secrets at secrets_wo.${plain}`]);
    });

    test("a secret of the wrong type is never shown", () => {
      const all = checkFields({
        type,
        config,
        secrets: { ...secrets, [secret]: ["hunter2-secret"] },
        secretsPath: "secrets",
        secretsComplete: true,
      });
      expect(all.length).toBeGreaterThan(0);
      expect(JSON.stringify(all)).not.toContain("hunter2-secret");
    });

    test("nothing is wrong while config and secrets are known after apply", () => {
      expect(
        faults({ type, config: KNOWN_AFTER_APPLY, secrets: KNOWN_AFTER_APPLY }),
      ).toEqual([]);
      expect(faults({ type, config: KNOWN_AFTER_APPLY, secrets })).toEqual([]);
      expect(faults({ type, config, secrets: KNOWN_AFTER_APPLY })).toEqual([]);
    });
  },
);

test("everything that is wrong is reported at once", () => {
  expect(
    faults({
      type: "postgresql",
      config: { prot: 1, port: 0, password: "x", database: [] },
      secrets: { host: "h", pasword: "x" },
    }),
  ).toEqual([
    "unknown_field at config.prot",
    "secret_in_config at config.password",
    "plain_field_in_secrets at secrets.host",
    "unknown_field at secrets.pasword",
    "invalid_field at config.port",
    "invalid_field at config.database",
    "missing_field at config.login",
  ]);
});

test.each([
  ["prot", "port"],
  ["username", "login"],
  ["user", "login"],
  ["dbname", "database"],
  ["sslmode", "ssl_mode"],
  ["Host", "host"],
])("for the field %s of postgresql, %s is proposed", (given, meant) => {
  const [detail] = details({
    type: "postgresql",
    config: { ...pg, [given]: "x" },
  });
  expect(detail).toContain(`Did you mean "${meant}"?`);
});

test("a plain field misspelt among the secrets is told that it belongs in config", () => {
  expect(
    details({ type: "postgresql", config: pg, secrets: { databse: "x" } }),
  ).toEqual([
    'The type postgresql has no field "databse". Did you mean "database"? That is not a secret field and belongs in config.',
  ]);
});

test.each<[string, Value, Value]>([
  [
    "one of two alternatives, the other given",
    { account: "a", login: "l" },
    { password: KNOWN_AFTER_APPLY, private_key: "k" },
  ],
  [
    "one of two alternatives, the other not given",
    { account: "a", login: "l" },
    { password: KNOWN_AFTER_APPLY },
  ],
  [
    "both alternatives",
    { account: "a", login: "l" },
    { password: KNOWN_AFTER_APPLY, private_key: KNOWN_AFTER_APPLY },
  ],
  [
    "what another field depends on",
    { account: "a", login: "l" },
    { private_key: KNOWN_AFTER_APPLY, private_key_passphrase: "p" },
  ],
  [
    "a field that depends on another",
    { account: "a", login: "l" },
    { password: "p", private_key_passphrase: KNOWN_AFTER_APPLY },
  ],
  [
    "required fields",
    { account: KNOWN_AFTER_APPLY, login: KNOWN_AFTER_APPLY },
    { password: "p" },
  ],
  [
    "a value in a map",
    { account: "a", login: "l", session_parameters: { A: KNOWN_AFTER_APPLY } },
    { password: "p" },
  ],
])("what is known after apply causes no fault: %s", (_, config, secrets) => {
  expect(faults({ type: "snowflake", config, secrets })).toEqual([]);
});

test("items that are known after apply cause no fault, but a list is still no string", () => {
  const servers: Value = ["a:1", KNOWN_AFTER_APPLY, KNOWN_AFTER_APPLY];
  expect(
    faults({ type: "kafka", config: { bootstrap_servers: servers } }),
  ).toEqual([]);
  expect(
    faults({
      type: "postgresql",
      config: { ...pg, host: [KNOWN_AFTER_APPLY] },
    }),
  ).toEqual(["invalid_field at config.host"]);
});

test("a misplaced field counts as given, even when it is known after apply", () => {
  expect(
    faults({
      type: "snowflake",
      config: { account: "a", login: "l", password: KNOWN_AFTER_APPLY },
    }),
  ).toEqual(["secret_in_config at config.password"]);
  expect(
    faults({
      type: "mysql",
      config: { login: "l" },
      secrets: { host: KNOWN_AFTER_APPLY },
    }),
  ).toEqual(["plain_field_in_secrets at secrets.host"]);
});

test("numbers and texts may stand for each other where they say the same", () => {
  expect(
    faults({
      type: "postgresql",
      config: {
        ...pg,
        port: "5432",
        database: 7,
        parameters: { a: 1, b: true },
      },
    }),
  ).toEqual([]);
  expect(faults({ type: "amazon-s3", config: { read_only: "true" } })).toEqual(
    [],
  );
});

test("free fields take anything", () => {
  const extra = { a: 1, b: [{ c: null }], d: { e: { f: "x" } } };
  expect(
    faults({
      type: "generic",
      config: { conn_type: "ftp", extra },
      secrets: { secret_extra: extra },
    }),
  ).toEqual([]);
});

test("keys that JavaScript treats in a special way are fields like any other", () => {
  for (const field of [
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
  ]) {
    const config = objectOf<Value>([
      ...Object.entries(pg),
      [field, { host: 1 }],
    ]);
    expect(faults({ type: "postgresql", config })).toEqual([
      `unknown_field at config.${field}`,
    ]);
    const headers = objectOf<Value>([[field, ["x"]]]);
    expect(
      faults({
        type: "http",
        config: { base_url: "https://a.example", headers },
      }),
    ).toEqual([`invalid_field at config.headers.${field}`]);
  }
});

test.each<[string, Value, string]>([
  [
    "what jsonencode() made",
    '{"host":"db"}',
    "config must be an object of fields, but is a text that holds JSON: write { host = … } without jsonencode().",
  ],
  ["a list", [], "config must be an object of fields, but is a list."],
  [
    "a text",
    "hunter2-secret",
    "config must be an object of fields, but is a string.",
  ],
])(
  "config that is %s is refused without being shown, for native types too",
  (_, config, detail) => {
    for (const type of ["postgresql", "pipes:github"]) {
      expect(details({ type, config })).toEqual([detail]);
    }
    expect(
      faults({
        type: "pipes:github",
        secrets: config,
        secretsPath: "secrets_wo",
      }),
    ).toEqual(["invalid_field at secrets_wo"]);
  },
);

test("of a native type nothing but the objects is checked", () => {
  expect(
    faults({
      type: "pipes:github",
      config: { anything: [1, null] },
      secrets: { token: "x" },
    }),
  ).toEqual([]);
  expect(faults({ type: "pipes:github" })).toEqual([]);
});
