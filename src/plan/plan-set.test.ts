import { Secret } from "../diagnostics";
import type {
  Connection,
  ObservedConnection,
  ObservedLink,
  Value,
} from "../model";
import { createMemoryPlatform, everyCapability } from "../testing";
import {
  declaredAttachment,
  declaredConnection,
  declaredLink,
} from "../../test/support/declared-of";
import {
  type Declared,
  nothingRemembered,
  type ObservedSet,
  planSet,
  rulesOf,
  type SecretsMemory,
} from "./index";

const owner = { kind: "organization", name: "acme" } as const;
const key = { owner, name: "warehouse" };
const id = "organization/acme/warehouse";
const postgresql: Connection = {
  ...key,
  type: "postgresql",
  config: { host: "db.example.com", login: "loader", port: 5432 },
};
const stored: ObservedConnection = {
  ...postgresql,
  platformId: "connection-1",
  secretFields: [],
  autoLink: false,
  autoLinkExcept: [],
  status: "unknown",
  concurrencyToken: "1",
};
const attachment = { connection: key, workspace: "analytics" };
const link = { connection: key, deployment: "prod", overrides: {} };
const storedLink: ObservedLink = { ...link, platformId: "link-1" };
const nothing: ObservedSet = {
  workspaces: [],
  deployments: [],
  connections: [],
  attachments: [],
  links: [],
};
const there: ObservedSet = {
  ...nothing,
  connections: [stored],
  attachments: [{ ...attachment, platformId: "attachment-1" }],
  links: [storedLink],
};
const titles = {
  connection: "connection",
  attachment: "attachment",
  link: "link",
  workspace: "workspace",
  deployment: "deployment",
};

function plan(
  desired: readonly Declared[],
  observed: ObservedSet,
  options: {
    readonly prune?: boolean;
    readonly memory?: SecretsMemory;
    readonly capabilities?: typeof everyCapability;
  } = {},
) {
  const { capabilities = everyCapability, memory, ...rest } = options;
  const platform = createMemoryPlatform({ capabilities });
  return planSet(desired, observed, rulesOf(platform), {
    titles,
    ...(memory === undefined ? {} : { memory: () => memory }),
    ...rest,
  });
}

function actionsOf({ planned }: ReturnType<typeof plan>) {
  return planned.map(({ kind, action }) => `${kind} ${action}`);
}

const all = (connection: Connection = postgresql): readonly Declared[] => [
  declaredLink(link),
  declaredAttachment(attachment),
  declaredConnection(connection),
  { kind: "workspace", owner: "organization/acme", name: "analytics" },
];

test("what others belong to is planned before them, in whatever order it is declared", () => {
  expect(actionsOf(plan(all(), nothing))).toEqual([
    "workspace create",
    "connection create",
    "attachment create",
    "link create",
  ]);
});

test("what is as declared is left alone, however it is written", () => {
  const written = { ...postgresql.config, port: "5432", database: null };
  const { planned, diagnostics } = plan(
    all({ ...postgresql, description: "", config: written }),
    {
      ...there,
      workspaces: [{ owner, name: "analytics", platformId: "workspace-1" }],
    },
  );
  expect(diagnostics).toEqual([]);
  expect(planned.map(({ action }) => action)).toEqual(Array(4).fill("none"));
});

test("fields are told before and after, and who sees them", () => {
  const { planned } = plan(
    [
      declaredConnection({
        ...postgresql,
        config: { ...postgresql.config, host: "new.example.com" },
      }),
      declaredLink(link),
      declaredLink({
        ...link,
        deployment: "staging",
        overrides: { host: "staging.example.com" },
      }),
    ],
    {
      ...there,
      links: [
        storedLink,
        {
          ...storedLink,
          deployment: "staging",
          overrides: { host: "staging.example.com" },
        },
      ],
    },
  );
  expect(planned).toMatchObject([
    {
      action: "update",
      fields: [
        {
          path: ["config", "host"],
          before: "db.example.com",
          after: "new.example.com",
        },
      ],
      seenBy: ["prod"],
    },
    { action: "update", fields: [], overridesChanged: false },
    { action: "none" },
  ]);
});

test("a change that cannot be made in place replaces what belongs to it, and sends its secrets anew", () => {
  const remembered: SecretsMemory = {
    ...nothingRemembered,
    wereSent: true,
    isSame: () => true,
    revision: 4,
    fields: ["password"],
  };
  const mysql: Connection = {
    ...postgresql,
    type: "mysql",
    secrets: new Secret({ password: "geheim" }),
  };
  const { planned } = plan(
    all(mysql).slice(0, 3),
    {
      ...there,
      connections: [{ ...stored, secretFields: ["password"] }],
    },
    { memory: remembered },
  );
  expect(
    planned.map(({ kind, action, replacing }) => [kind, action, replacing]),
  ).toEqual([
    ["connection", "replace", [["type"]]],
    ["attachment", "replace", [["connection_platform_id"]]],
    ["link", "replace", [["connection_platform_id"]]],
  ]);
  expect(planned[0]).toMatchObject({
    fields: [
      { path: ["type"], before: "postgresql", after: "mysql" },
      { kind: "secret", path: ["secrets", "password"] },
    ],
    secrets: { send: true, revision: 1 },
  });
  expect(JSON.stringify(planned)).not.toContain("geheim");
});

test("what is declared no more goes only where it is asked for", () => {
  expect(actionsOf(plan([], there))).toEqual([]);
  expect(actionsOf(plan([], there, { prune: true }))).toEqual([
    "connection delete",
    "attachment delete",
    "link delete",
  ]);
});

test("one name declared twice is told at the second, and how the two differ", () => {
  const other: Connection = { ...postgresql, type: "mysql" };
  const { diagnostics } = plan(
    [declaredConnection(postgresql), declaredConnection(other)],
    nothing,
  );
  expect(diagnostics.map(({ code, path }) => [code, path])).toEqual(
    expect.arrayContaining([["duplicate_name", [id, "name"]]]),
  );
  const { detail } = diagnostics.find(({ code }) => code === "duplicate_name")!;
  expect(detail).toContain('here (type "mysql"');
  expect(detail).toContain('another connection (type "postgresql"');
});

test("every fault of every object is told at once, each under its object and once", () => {
  const { diagnostics } = plan(
    [
      declaredConnection({
        ...postgresql,
        name: "a ",
        config: { ...postgresql.config, prot: 1 },
      }),
      { ...declaredConnection(postgresql), owner: "nobody" },
      { ...declaredConnection(postgresql), owner: undefined },
      {
        ...declaredLink(link),
        overrides: "text" as Value,
      },
      {
        kind: "deployment",
        owner: "organization/acme",
        name: "",
        workspace: "w",
      },
    ],
    nothing,
  );
  expect(
    diagnostics.map(({ code, path }) => `${code} ${path.join(" ")}`),
  ).toEqual([
    "invalid_name organization/acme/deployment/ name",
    "invalid_name organization/acme/a  name",
    "unknown_field organization/acme/a  config prot",
    "invalid_owner connection owner",
    "missing_argument connection owner",
    expect.stringMatching(/^invalid_field .*@deployment\/prod overrides$/),
  ]);
});

test("what the platform has not is refused at its argument", () => {
  const { diagnostics } = plan([declaredConnection(postgresql)], nothing, {
    capabilities: { ...everyCapability, owners: ["user"], types: ["mysql"] },
  });
  expect(diagnostics.map(({ code, path }) => [code, path])).toEqual([
    ["unsupported", [id, "owner"]],
    ["unsupported", [id, "type"]],
  ]);
});

test("what was sent as a secret is none of the fields, even where the platform shows it", () => {
  const memory = { ...nothingRemembered, fields: ["login"] };
  const { planned } = plan([declaredConnection(postgresql)], there, { memory });
  expect(planned[0]).toMatchObject({
    action: "update",
    fields: [{ path: ["config", "login"], before: undefined, after: "loader" }],
  });
});

test("a link to a connection that is not declared sees it as it is", () => {
  const { planned } = plan(
    [declaredLink({ ...link, overrides: { schema: "PROD" } })],
    { ...nothing, connections: [stored] },
  );
  expect(planned[0]).toMatchObject({
    action: "create",
    effective: { ...postgresql.config, schema: "PROD" },
  });
});
