import { pipesMoves } from "./moves";

const source = {
  id: "acme/aws",
  organization: "acme",
  handle: "aws",
  plugin: "turbot/aws",
  connection_id: "c_00000000000000000001",
  config: JSON.stringify({
    regions: ["*"],
    secret_key: "a-secret-of-the-test",
    access_key: null,
  }),
};

test.each([
  ["pipes_connection", {}, "organization/acme"],
  ["pipes_organization_connection", {}, "organization/acme"],
  ["pipes_tenant_connection", {}, "tenant"],
  [
    "pipes_workspace_connection",
    { workspace: "analytics" },
    "workspace/analytics",
  ],
] as const)(
  "the state of a %s becomes ours, without its secrets",
  (type, more, owner) => {
    expect(converted(type, { ...source, ...more })).toEqual({
      ok: true,
      value: {
        id: `${owner}/aws`,
        owner,
        name: "aws",
        type: "pipes:aws",
        config: { regions: ["*"] },
        platform_id: "c_00000000000000000001",
      },
    });
  },
);

test("a Snowflake connection becomes one of the catalogue's type", () => {
  const config = JSON.stringify({ account: "a", user: "u" });
  expect(
    converted("pipes_connection", { ...source, plugin: "snowflake", config }),
  ).toMatchObject({
    value: { type: "snowflake", config: { account: "a", login: "u" } },
  });
});

test("a schema becomes an attachment of an organization's connection", () => {
  expect(
    converted("pipes_workspace_schema", {
      organization: "acme",
      workspace: "analytics",
      connection_handle: "aws",
      workspace_schema_id: "c_00000000000000000002",
    }),
  ).toEqual({
    ok: true,
    value: {
      id: "organization/acme/aws@workspace/analytics",
      connection_id: "organization/acme/aws",
      workspace: "analytics",
      platform_id: "c_00000000000000000002",
    },
  });
});

test.each([
  ["pipes_connection", { ...source, organization: "" }],
  ["pipes_tenant_connection", { ...source, plugin: null }],
  ["pipes_workspace_connection", source],
  [
    "pipes_workspace_connection",
    { ...source, organization: null, workspace: "mine" },
  ],
  [
    "pipes_workspace_schema",
    { organization: "acme", workspace: "a", aggregator_handle: "all_aws" },
  ],
  ["pipes_workspace_schema", { workspace: "a", connection_handle: "aws" }],
  [
    "pipes_workspace_schema",
    { organization: "acme", connection_handle: "aws" },
  ],
] as const)("what of a %s cannot be moved is refused: %j", (type, state) => {
  expect(converted(type, state)).toMatchObject({
    ok: false,
    diagnostics: [{ code: "move_refused" }],
  });
});

function converted(
  type: string,
  state: Parameters<(typeof pipesMoves)[number]["convert"]>[0],
) {
  const moves = pipesMoves.filter(({ sourceType }) => sourceType === type);
  expect(moves).toHaveLength(1);
  const outcome = moves[0]!.convert(state);
  // Objects are made without a prototype.
  return JSON.parse(JSON.stringify(outcome)) as unknown;
}
