import { openAt, startUpsolverStandin } from "../../../test/standins/upsolver";
import { equalInMeaning, tryFindConnectionType } from "../../catalog";
import {
  type Connection,
  type JsonObject,
  type JsonValue,
  objectOf,
  type ObservedConnection,
  type Platform,
} from "../../model";
import { fullConnections } from "./full-connections-fixture";
import { catalogueTypes } from "./options/catalogue-types";

const fields = Object.keys(catalogueTypes).flatMap((type) =>
  Object.entries(tryFindConnectionType(type)!.schema.properties ?? {}).flatMap(
    ([field, schema]): [string, string, JsonValue][] =>
      schema.default === undefined ? [] : [[type, field, schema.default]],
  ),
);

describe.each(fields)("%s with %s at its default, %j", (type, field, value) => {
  const full = fullConnections.find((connection) => connection.type === type)!;
  const others = Object.entries(full.config).filter(([name]) => name !== field);
  const absent = declared(objectOf(others));
  const spelledOut = declared(objectOf([...others, [field, value]]));

  function declared(config: JsonObject): Connection {
    return { ...full, config };
  }

  /** What an empty plan needs. */
  function expectNoDifference(observed: ObservedConnection | undefined): void {
    expect(observed?.type).toBe(type);
    for (const { config } of [absent, spelledOut])
      expect(equalInMeaning(type, observed?.config ?? null, config)).toBe(true);
  }

  async function withPlatform(
    use: (
      platform: Platform,
      statements: () => readonly string[],
    ) => Promise<void>,
  ): Promise<void> {
    const standin = await startUpsolverStandin();
    try {
      await use(openAt(standin.url, standin.token), () =>
        standin
          .requests({ method: "POST" })
          .map(({ body }) => (body as { readonly sql: string }).sql),
      );
    } finally {
      await standin.close();
    }
  }

  test.each([
    ["absent", absent],
    ["spelled out", spelledOut],
  ])("is created %s, and there is no difference", (_how, connection) =>
    withPlatform(async ({ connections }) => {
      expectNoDifference(await connections.create(connection));
      expectNoDifference(await connections.tryFind(connection));
    }),
  );

  test("is the same statement either way", () =>
    withPlatform(async ({ connections }, statements) => {
      for (const connection of [absent, spelledOut]) {
        await connections.create(connection);
        await connections.delete(connection);
      }
      const [first, , second] = statements();
      expect(first).toMatch(/^CREATE/);
      expect(second).toBe(first);
    }));

  test.each([
    ["spelled out", absent, spelledOut],
    ["left out", spelledOut, absent],
  ])("is %s later, and nothing is sent", (_how, before, after) =>
    withPlatform(async ({ connections }, statements) => {
      await connections.create(before);
      const plain = { ...after, secrets: undefined };
      expectNoDifference(await connections.update(before, plain));
      expectNoDifference(await connections.tryFind(before));
      expect(statements().filter((sql) => sql.startsWith("ALTER"))).toEqual([]);
    }),
  );

  if (!Object.hasOwn(full.config, field)) return;
  test.each([
    ["absent", absent],
    ["spelled out", spelledOut],
  ])("takes the place of another value, %s", (_how, connection) =>
    withPlatform(async ({ connections }) => {
      await connections.create(full);
      expectNoDifference(await connections.update(full, connection));
      expectNoDifference(await connections.tryFind(full));
    }),
  );
});
