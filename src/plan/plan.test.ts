import { errorDiagnostic, Secret } from "../diagnostics";
import type { Connection, Link } from "../model";
import { createMemoryPlatform, everyCapability } from "../testing";
import { changedFields } from "./field-change";
import type { DesiredModel, ObservedModel } from "./models";
import { planChanges, type PlanOptions } from "./plan";
import { carriedOut } from "./reference-fixture";
import { KNOWN_AFTER_APPLY } from "../model";

const platform = { name: "hub", title: "Hub", capabilities: everyCapability };
const owner = { kind: "organization", name: "acme" } as const;
const id = "organization/acme/warehouse";
const warehouse: Connection = {
  owner,
  name: "warehouse",
  type: "postgresql",
  config: { host: "db", login: "x", port: 5432 },
  secrets: new Secret({ password: "first" }),
};
const prod: Link = {
  connection: { owner, name: "warehouse" },
  deployment: "prod",
  overrides: { schema: "PROD" },
};
const attached = {
  connection: { owner, name: "warehouse" },
  workspace: "analytics",
};
const model = (given: Partial<DesiredModel>): DesiredModel => ({
  connections: [],
  attachments: [],
  links: [],
  ...given,
});
const nothing: ObservedModel = { connections: [], attachments: [], links: [] };
const shownOf = (desired: DesiredModel) =>
  carriedOut(
    nothing,
    planChanges({ desired, observed: nothing, platform }).changes,
  );
const all = model({
  connections: [warehouse],
  attachments: [attached],
  links: [prod],
});
const planOf = (desired: DesiredModel, options: Partial<PlanOptions> = {}) =>
  planChanges({ desired, observed: shownOf(all), platform, ...options });

test("a changed field is one update with its path", () => {
  const { changes } = planOf({
    ...all,
    connections: [
      { ...warehouse, config: { ...warehouse.config, host: "new" } },
    ],
  });
  expect(changes).toMatchObject([
    {
      object: "connection",
      action: "update",
      id,
      fields: [
        { kind: "plain", path: ["config", "host"], before: "db", after: "new" },
      ],
      replacedBecause: [],
    },
  ]);
});

test.each<[title: string, changed: Connection]>([
  [
    "a number as text",
    { ...warehouse, config: { ...warehouse.config, port: "5432" } },
  ],
  [
    "a null field",
    { ...warehouse, config: { ...warehouse.config, schema: null } },
  ],
  ["no description and an empty one", { ...warehouse, description: "" }],
  [
    "a field that has its default and is left out",
    { ...warehouse, config: { host: "db", login: "x" } },
  ],
  [
    "a default that is written out",
    {
      ...warehouse,
      config: { ...warehouse.config, ssl_mode: "prefer" },
    },
  ],
  [
    "secrets in another order or not declared",
    { ...warehouse, secrets: undefined },
  ],
])("%s is no change", (_title, changed) => {
  expect(planOf({ ...all, connections: [changed] })).toEqual({
    changes: [],
    diagnostics: [],
  });
});

test("what is carried out is in the form that the type prescribes", () => {
  const connections = [
    {
      ...warehouse,
      config: { ...warehouse.config, port: "6432", schema: null },
      secrets: new Secret({ password: 12345 }),
    },
  ];
  const links = [{ ...prod, overrides: { port: "7432", schema: null } }];
  const { changes } = planOf({ ...all, connections, links });
  expect(changes.map(({ desired }) => desired)).toMatchObject([
    { config: { host: "db", login: "x", port: 6432 } },
    { overrides: { port: 7432, schema: null } },
  ]);
});

test("the overrides of a link whose connection is declared elsewhere are compared by the type that is there", () => {
  const links = [{ ...prod, overrides: { port: 7432 } }];
  const observed = shownOf({ ...all, links });
  expect(
    planOf(model({ links: [{ ...prod, overrides: { port: "7432" } }] }), {
      observed,
    }),
  ).toEqual({ changes: [], diagnostics: [] });
});

test("another type replaces the connection with everything that hangs on it", () => {
  const { changes } = planOf({
    ...all,
    connections: [{ ...warehouse, type: "mysql" }],
    links: [{ ...prod, overrides: { port: 1 } }],
  });
  expect(
    changes.map(({ object, action, replacedBecause }) => [
      object,
      action,
      replacedBecause,
    ]),
  ).toEqual([
    ["connection", "replace", ["type cannot be changed in place"]],
    ["attachment", "replace", ["its connection is replaced"]],
    ["link", "replace", ["its connection is replaced"]],
  ]);
});

test("a field that the platform cannot change replaces", () => {
  const capabilities = {
    ...everyCapability,
    immutableFields: { "*": ["region"], postgresql: ["host"] },
  };
  const { changes } = planOf(
    {
      ...all,
      connections: [
        { ...warehouse, config: { ...warehouse.config, host: "new" } },
      ],
    },
    { platform: { ...platform, capabilities } },
  );
  expect(changes[0]).toMatchObject({
    action: "replace",
    replacedBecause: ["config.host cannot be changed in place"],
  });
});

test("a field that the platform cannot take back replaces when it goes, and not when it changes", () => {
  const capabilities = {
    ...everyCapability,
    irremovableFields: { postgresql: ["schema"] },
  };
  const withSchema = (schema?: string): DesiredModel => ({
    ...all,
    connections: [
      {
        ...warehouse,
        config: {
          ...warehouse.config,
          ...(schema === undefined ? {} : { schema }),
        },
      },
    ],
  });
  const plan = (desired: DesiredModel) =>
    planOf(desired, {
      observed: shownOf(withSchema("A")),
      platform: { ...platform, capabilities },
    }).changes[0];
  expect(plan(withSchema("B"))).toMatchObject({ action: "update" });
  expect(plan(withSchema())).toMatchObject({
    action: "replace",
    replacedBecause: ["config.schema cannot be changed in place"],
  });
});

test("what the platform cannot hold is told with the object's id, once the rest is right", () => {
  const fault = (path: readonly string[]) => [
    errorDiagnostic({ code: "unsupported", path, detail: "Leave it out." }),
  ];
  const checking = {
    ...platform,
    connections: { check: () => fault(["config", "host"]) },
    links: { check: () => fault(["overrides", "schema"]) },
  };
  expect(planOf(all, { platform: checking })).toMatchObject({
    changes: [],
    diagnostics: [
      { path: [id, "config", "host"] },
      { path: [`${id}@deployment/prod`, "overrides", "schema"] },
    ],
  });
  const misspelled = {
    ...all,
    connections: [{ ...warehouse, config: { ...warehouse.config, hots: "" } }],
  };
  expect(
    planOf(misspelled, { platform: checking }).diagnostics.map(
      ({ path }) => path,
    ),
  ).toEqual([
    [id, "config", "hots"],
    [`${id}@deployment/prod`, "overrides", "schema"],
  ]);
});

test("a platform checks what it would be given: without nulls, and numbers as numbers", () => {
  const given: unknown[] = [];
  planOf(
    model({
      connections: [
        {
          ...warehouse,
          config: { ...warehouse.config, port: "5432", ssl_mode: null },
        },
      ],
    }),
    {
      platform: {
        ...platform,
        connections: {
          check: ({ config }) => {
            given.push({ ...config });
            return [];
          },
        },
      },
    },
  );
  expect(given).toEqual([warehouse.config]);
});

test("changed secrets are told by name only, when they were sent with other values or under other names", () => {
  expect(planOf(all, { changedSecrets: new Set([id]) }).changes).toMatchObject([
    {
      action: "update",
      fields: [{ kind: "secret", path: ["secrets", "password"] }],
    },
  ]);
  const fewer = {
    ...all,
    connections: [{ ...warehouse, secrets: new Secret({}) }],
  };
  expect(planOf(fewer).changes).toMatchObject([
    { action: "update", fields: [{ kind: "secret", path: ["secrets"] }] },
  ]);
  expect(JSON.stringify(planOf(fewer))).not.toContain("first");
});

test("what is there and not declared is deleted only on demand, with the token that it was seen with", () => {
  const observed = {
    ...shownOf(all),
    connections: shownOf(all).connections.map((shown) => ({
      ...shown,
      concurrencyToken: "7",
    })),
  };
  expect(planOf(model({}), { observed }).changes).toEqual([]);
  const { changes } = planOf(model({}), { observed, prune: true });
  expect(
    changes.map(({ object, action, concurrencyToken }) => [
      object,
      action,
      concurrencyToken,
    ]),
  ).toEqual([
    ["connection", "delete", "7"],
    ["attachment", "delete", undefined],
    ["link", "delete", undefined],
  ]);
});

test.each<
  [
    title: string,
    desired: DesiredModel,
    codes: readonly string[],
    path: readonly unknown[],
  ]
>([
  [
    "the same connection twice",
    model({ connections: [warehouse, warehouse] }),
    ["duplicate_name"],
    [id],
  ],
  [
    "the same attachment twice",
    model({ attachments: [attached, attached] }),
    ["duplicate_name"],
    [`${id}@workspace/analytics`],
  ],
  [
    "the same link twice",
    model({ links: [prod, prod] }),
    ["duplicate_name"],
    [`${id}@deployment/prod`],
  ],
  [
    "an unknown type",
    model({ connections: [{ ...warehouse, type: "postgres" }] }),
    ["unknown_type"],
    [id, "type"],
  ],
  [
    "an unknown field",
    model({
      connections: [{ ...warehouse, config: { ...warehouse.config, prot: 1 } }],
    }),
    ["unknown_field"],
    [id, "config", "prot"],
  ],
  [
    "a secret in the config",
    model({
      connections: [
        { ...warehouse, config: { ...warehouse.config, password: "x" } },
      ],
    }),
    ["secret_in_config"],
    [id, "config", "password"],
  ],
  [
    "a bad name",
    model({ connections: [{ ...warehouse, name: "a/b" }] }),
    ["invalid_name"],
    ["organization/acme/a/b", "name"],
  ],
  [
    "overrides that remove a required field",
    model({
      connections: [warehouse],
      links: [{ ...prod, overrides: { host: null } }],
    }),
    ["missing_field"],
    [`${id}@deployment/prod`, "overrides", "host"],
  ],
])(
  "%s is a diagnostic with its path, and then nothing is planned",
  (_title, desired, codes, path) => {
    const { changes, diagnostics } = planOf(desired);
    expect(changes).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(codes);
    expect(diagnostics[0]!.path).toEqual(path);
  },
);

test("everything that the platform cannot do is told at once", () => {
  const capabilities = {
    owners: ["tenant"],
    types: ["kafka"],
    features: [],
  } as const;
  const demanding: Connection = {
    ...warehouse,
    description: "x",
    autoLink: true,
    access: { view: [] },
  };
  const desired = model({
    connections: [demanding],
    attachments: [attached],
    links: [{ ...prod, overrideSecrets: new Secret({ password: "x" }) }],
  });
  const { diagnostics } = planOf(desired, {
    platform: { ...platform, capabilities },
  });
  expect(diagnostics.map(({ code }) => code)).toEqual(
    Array(9).fill("unsupported"),
  );
  expect(diagnostics.map(({ path }) => path.slice(1).join("."))).toEqual([
    "owner",
    "type",
    "description",
    "auto_link",
    "access",
    "",
    "",
    "overrides",
    "override_secrets",
  ]);
});

test("a platform that shows more than it was told is no reason to change anything", () => {
  expect(createMemoryPlatform().capabilities).toBe(everyCapability);
  const observed = {
    ...shownOf(all),
    connections: shownOf(all).connections.map((shown) => ({
      ...shown,
      access: { view: ["user/jane"] },
      status: "ok" as const,
      statusMessage: "fine",
    })),
  };
  expect(planOf(all, { observed }).changes).toEqual([]);
});

test("a value that is not known yet counts as different, as the only difference", () => {
  expect(
    changedFields(
      { a: 1, b: [1, { c: 2 }] },
      { a: KNOWN_AFTER_APPLY, b: [1, { c: 2 }] },
    ),
  ).toEqual([
    { kind: "plain", path: ["a"], before: 1, after: KNOWN_AFTER_APPLY },
  ]);
  expect(
    changedFields({ b: [KNOWN_AFTER_APPLY] }, { b: [KNOWN_AFTER_APPLY] }),
  ).toHaveLength(1);
});
