import { injectFault } from "../../../test/standins/kit";
import {
  startUpsolverStandin,
  type UpsolverStandin,
  type UpsolverStandinOptions,
} from "../../../test/standins/upsolver";
import { Secret } from "../../diagnostics";
import type { JsonObject } from "../../model";
import { describePlatform, type PlatformExpectations } from "../../testing";
import { createUpsolverAdapter } from "./upsolver-adapter";
import { upsolverIdentity } from "./upsolver-capabilities";

const common = {
  owner: { kind: "organization", name: "acme" },
  unusualNames: [
    "a b",
    "ä ö \u{1F418}",
    "100%",
    "back\\slash",
    'quo"te',
    "o'clock",
    "select",
    "__proto__",
    "constructor",
    "a; DROP CONNECTION b --",
  ],
  concurrencyTokens: false,
} as const;

const login = {
  secrets: { password: "first-sample-password" },
  secretFields: ["password"],
  otherSecrets: { password: "second-sample-password" },
  secretsRemovable: false,
};

const postgresql: PlatformExpectations = {
  ...common,
  sample: {
    type: "postgresql",
    config: {
      host: "db.example.com",
      port: 5432,
      database: "app",
      schema: "public",
      login: "loader",
      ssl_mode: "verify-full",
    },
    ...login,
  },
  otherValues: {
    host: "other.example.com",
    port: 6432,
    database: "o'ther & more",
    schema: "private",
    login: "o'brien",
    ssl_mode: "require",
  },
  optionalFields: ["port", "database", "schema", "ssl_mode"],
};

const kafka: PlatformExpectations = {
  ...common,
  sample: {
    type: "kafka",
    config: {
      bootstrap_servers: [
        "kafka-1.example.com:9092",
        "kafka-2.example.com:9092",
      ],
      security_protocol: "SSL",
      topics: ["orders"],
      properties: { "client.id": "etl" },
    },
    secrets: {
      secret_properties: { "ssl.keystore.password": "first-sample-password" },
    },
    secretFields: ["secret_properties.ssl.keystore.password"],
    otherSecrets: {
      secret_properties: { "ssl.keystore.password": "second-sample-password" },
    },
  },
  otherValues: {
    topics: ["payments", "orders"],
    security_protocol: "PLAINTEXT",
    properties: { "client.id": "o'ther", "fetch.min.bytes": "1" },
  },
  replacingValues: { bootstrap_servers: ["kafka-3.example.com:9092"] },
  optionalFields: ["security_protocol", "properties"],
};

const native: PlatformExpectations = {
  ...common,
  sample: {
    type: "upsolver:MONGODB",
    config: {
      CONNECTION_STRING: "mongodb+srv://db.example.com/app",
      USER_NAME: "loader",
      TIMEOUT: 4,
    },
    ...login,
    secrets: { PASSWORD: "first-sample-password" },
    secretFields: ["PASSWORD"],
    otherSecrets: { PASSWORD: "second-sample-password" },
  },
  otherValues: {
    CONNECTION_STRING: "mongodb+srv://other.example.com/app",
    USER_NAME: "reader",
    TIMEOUT: 5,
  },
  optionalFields: [],
};

const plain: UpsolverStandinOptions = { secretDisplay: "clear" };
const quirky: UpsolverStandinOptions = { polls: 2, listed: true, pageSize: 90 };

describe.each([
  ["postgresql, answers that take their time", postgresql, quirky],
  ["kafka, secrets in clear", kafka, plain],
  ["a native type, secrets left out", native, { secretDisplay: "omitted" }],
] as [string, PlatformExpectations, UpsolverStandinOptions][])(
  "%s",
  (title, expectations, options) => {
    let standin: UpsolverStandin;
    beforeAll(async () => {
      standin = await startUpsolverStandin(options);
    });
    // Rejects where an exchange did not fit the contract.
    afterAll(() => standin.close());

    const connect = () => {
      let now = 0;
      return createUpsolverAdapter({
        apiUrl: standin.url,
        token: new Secret(standin.token),
        organization: "acme",
        time: {
          now: () => now,
          sleep: async (milliseconds) => {
            now += milliseconds;
            await Promise.resolve();
          },
        },
      });
    };

    describePlatform({
      name: `upsolver, ${title}`,
      capabilities: upsolverIdentity.capabilities,
      expectations,
      open: async () => {
        standin.reset();
        return await Promise.resolve(connect());
      },
      openElsewhere: () => Promise.resolve(connect()),
      storedNames: () =>
        Promise.resolve(standin.stored().map(({ name }) => name)),
      storedSecrets: (_platform, { name }) =>
        Promise.resolve(storedSecrets(standin, name)),
      useConnection: (_platform, { name }) => {
        standin.use(
          name,
          "Table: default_glue_catalog.db.orders",
          "Job: load_orders",
        );
        return Promise.resolve("load_orders");
      },
      injectFault: (_platform, injection) =>
        injectFault(standin, injection, ({ body }) => {
          const { sql = "" } = (body ?? {}) as { sql?: string };
          return /^(SELECT|SHOW)/.test(sql);
        }),
      clearFaults: () => standin.clearFaults(),
    });
  },
);

/** As declared: what Upsolver holds, by the catalogue's names. */
function storedSecrets(standin: UpsolverStandin, name: string): JsonObject {
  const { type, options } = standin
    .stored()
    .find((connection) => connection.name === name)!;
  if (type === "MONGODB") return { PASSWORD: String(options["PASSWORD"]) };
  if (type !== "KAFKA") return { password: String(options["PASSWORD"]) };
  const line = /^ssl\.keystore\.password=(.*)$/m.exec(
    String(options["CONSUMER_PROPERTIES"] ?? ""),
  );
  return line === null
    ? {}
    : { secret_properties: { "ssl.keystore.password": line[1]! } };
}
