import { environmentObjectMove } from "./moves";

const state = {
  id: "cme0000000000000000000001",
  object_key: "warehouse",
  object_type: "CONNECTION",
  scope: "WORKSPACE",
  scope_entity_id: "cmw0000000000000000000001",
  type: "postgres",
  host: "db.example.com",
  port: 5432,
  schema: "app",
  login: "loader",
  password: "geheim",
  extra: '{"sslmode":"require"}',
  description: null,
  auto_link_deployments: true,
};

test("a connection becomes one of the catalogue's type, without its secrets", () => {
  expect(environmentObjectMove.convert(state)).toEqual({
    ok: true,
    value: {
      id: "workspace/cmw0000000000000000000001/warehouse",
      name: "warehouse",
      type: "postgresql",
      owner: "workspace/cmw0000000000000000000001",
      description: null,
      config: {
        host: "db.example.com",
        port: 5432,
        database: "app",
        login: "loader",
        ssl_mode: "require",
      },
      auto_link: true,
      platform_id: "cme0000000000000000000001",
    },
  });
});

test("exclusions come along, also where auto-link is off", () => {
  const exclude_links = [
    { scope: "DEPLOYMENT", scope_entity_id: "cmd0000000000000000000002" },
  ];
  expect(
    environmentObjectMove.convert({
      ...state,
      auto_link_deployments: false,
      exclude_links,
    }),
  ).toMatchObject({
    value: {
      auto_link: false,
      auto_link_except: ["cmd0000000000000000000002"],
    },
  });
});

test.each([
  ["a variable", { object_type: "AIRFLOW_VARIABLE" }],
  ["extra that is no JSON", { extra: "{geheim" }],
  ["extra that is no object", { extra: "[]" }],
  ["a name that no key can hold", { object_key: "a\n" }],
])("%s is refused", (_what, change) => {
  const converted = environmentObjectMove.convert({ ...state, ...change });
  expect(converted.ok).toBe(false);
  expect(JSON.stringify(converted)).not.toContain("geheim");
});
