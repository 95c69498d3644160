/** What attachments and links do when what they join is called otherwise, is moved or is made anew. */
import { everyCapability } from "../../testing";
import type { CtyValue } from "../wire";
import { type Declared, dynamic } from "./core-fixture";
import {
  acme,
  actions,
  applied,
  attachment,
  connection,
  expectSettled,
  type Given,
  id,
  key,
  link,
  postgresql,
  setUp,
  stateOf,
  withPlaces,
  workspace,
} from "./declared-fixture";

const deployment = (
  given: Given = {},
  address = "deployment.prod",
): Declared => ({
  address,
  type: "patchbay_deployment",
  config: () => ({ name: "prod", workspace: "analytics", ...given }),
});

/** Everything from workspaces to links, in the order in which core makes them. */
const all = (given: {
  readonly workspace?: string;
  readonly deployment?: string;
  readonly in?: string;
  readonly connection?: string;
}): readonly Declared[] => {
  const {
    workspace: analytics = "analytics",
    deployment: prod = "prod",
    in: place = analytics,
    connection: name = "warehouse",
  } = given;
  const connectionId = `organization/acme/${name}`;
  return [
    workspace({ name: analytics }),
    workspace({ name: "science" }, "workspace.science"),
    deployment({ name: prod, workspace: place }),
    connection({ name }),
    attachment({ connection_id: connectionId, workspace: analytics }),
    attachment(
      { connection_id: connectionId, workspace: "science" },
      "attachment.science",
    ),
    link({
      connection_id: connectionId,
      deployment: prod,
      overrides: dynamic({ schema: "PROD" }),
    }),
  ];
};

const ids = [
  "platform_id",
  "connection_platform_id",
  "deployment_platform_id",
  "attachment_platform_id",
] as const;

test("a link and an attachment note the ids of what they join", async () => {
  const { core } = setUp();
  await applied(core, all({}));
  const idOf = (address: string): CtyValue =>
    stateOf(core, address)["platform_id"]!;
  expect(stateOf(core, "link.prod")).toMatchObject({
    connection_platform_id: idOf("connection.warehouse"),
    deployment_platform_id: idOf("deployment.prod"),
    attachment_platform_id: idOf("attachment.analytics"),
  });
  expect(stateOf(core, "attachment.analytics")).toMatchObject({
    connection_platform_id: idOf("connection.warehouse"),
    workspace_platform_id: idOf("workspace.analytics"),
  });
  expect(stateOf(core, "deployment.prod")).toMatchObject({
    workspace_platform_id: idOf("workspace.analytics"),
  });
});

test.each<
  [
    title: string,
    change: Parameters<typeof all>[0],
    planned: Readonly<Record<string, string>>,
  ]
>([
  [
    "a connection that is renamed",
    { connection: "lake" },
    {
      "connection.warehouse": "update",
      "attachment.analytics": "update",
      "attachment.science": "update",
      "link.prod": "update",
    },
  ],
  [
    "a workspace that is renamed",
    { workspace: "insights" },
    {
      "workspace.analytics": "update",
      "deployment.prod": "update",
      "attachment.analytics": "update",
    },
  ],
  [
    "a deployment that is renamed",
    { deployment: "production" },
    { "deployment.prod": "update", "link.prod": "update" },
  ],
  [
    "a deployment that moves",
    { in: "science" },
    { "deployment.prod": "update" },
  ],
  [
    "all of them at once",
    { connection: "lake", workspace: "insights", deployment: "production" },
    {
      "workspace.analytics": "update",
      "deployment.prod": "update",
      "connection.warehouse": "update",
      "attachment.analytics": "update",
      "attachment.science": "update",
      "link.prod": "update",
    },
  ],
])("%s is followed in place", async (_title, change, planned) => {
  const { core, platform } = setUp();
  await applied(core, all({}));
  const before = ids.map((name) => stateOf(core, "link.prod")[name]);
  platform.resetCalls();
  const walk = await applied(core, all(change));
  expect(
    Object.fromEntries(
      Object.entries(actions(walk)).filter(([, action]) => action !== "no-op"),
    ),
  ).toEqual(planned);
  for (const method of [
    "links.create",
    "links.update",
    "links.delete",
    "attachments.create",
    "attachments.delete",
    "connections.create",
    "connections.delete",
  ] as const)
    expect([method, platform.callCount(method)]).toEqual([method, 0]);
  await expectSettled(core, all(change));
  const after = ids.map((name) => stateOf(core, "link.prod")[name]);
  // One that moves is seen through another attachment.
  if (change.in === undefined) expect(after).toEqual(before);
  else expect(after.slice(0, 3)).toEqual(before.slice(0, 3));
  await applied(core, []);
  expect(platform.connectionNames()).toEqual([]);
});

test.each<
  [
    title: string,
    address: string,
    replaced: Readonly<Record<string, readonly string[]>>,
  ]
>([
  [
    "a connection",
    "connection.warehouse",
    {
      "attachment.analytics": ["connection_platform_id"],
      "attachment.science": ["connection_platform_id"],
      "link.prod": ["connection_platform_id"],
    },
  ],
  [
    "a workspace",
    "workspace.analytics",
    {
      "deployment.prod": ["workspace_platform_id"],
      "attachment.analytics": ["workspace_platform_id"],
      "link.prod": ["deployment_platform_id"],
    },
  ],
  [
    "a deployment",
    "deployment.prod",
    { "link.prod": ["deployment_platform_id"] },
  ],
  [
    "an attachment",
    "attachment.analytics",
    { "link.prod": ["attachment_platform_id"] },
  ],
])(
  "what belongs to %s that is made anew is made anew, and says why",
  async (_title, address, replaced) => {
    for (const asked of ["-replace", "taint"] as const) {
      const { core } = setUp();
      await applied(core, all({}));
      if (asked === "taint") core.taint(address);
      const declared = all({}).map((one) =>
        asked === "-replace" && one.address === address
          ? { ...one, replace: true }
          : one,
      );
      const walk = await applied(core, declared);
      const reasons = [...walk.objects].filter(
        ([one, { action }]) => action === "replace" && one !== address,
      );
      expect(
        Object.fromEntries(reasons.map(([one, { because }]) => [one, because])),
      ).toEqual(replaced);
      await expectSettled(core, all({}));
    }
  },
);

test("a deployment that moves where the platform cannot is made anew, and its link", async () => {
  const { core } = setUp({
    capabilities: {
      ...everyCapability,
      features: everyCapability.features.filter(
        (feature) => feature !== "change_inventory",
      ),
    },
  });
  await applied(core, all({}));
  const walk = await applied(core, all({ in: "science" }));
  expect(walk.objects.get("deployment.prod")).toMatchObject({
    action: "replace",
    because: ["workspace"],
  });
  expect(walk.objects.get("link.prod")).toMatchObject({
    action: "replace",
    because: ["deployment_platform_id"],
  });
  await expectSettled(core, all({ in: "science" }));
});

test("what was renamed elsewhere is renamed back, and nothing that belongs to it is gone", async () => {
  const { core, platform } = setUp();
  await withPlaces(platform);
  const declared = [connection(), attachment(), link()];
  await applied(core, declared);
  await platform.connections.update(key, {
    ...key,
    name: "renamed",
    type: "postgresql",
    config: postgresql,
  });
  await platform.inventoryManagement!.changeDeployment!(
    { owner: acme, name: "prod" },
    { name: "production", workspace: "analytics" },
  );
  const walk = await core.plan([
    connection(),
    attachment(),
    link({ deployment: "production" }),
  ]);
  expect(walk.diagnostics).toEqual([]);
  expect(actions(walk)).toEqual({
    "connection.warehouse": "update",
    "attachment.analytics": "update",
    "link.prod": "update",
  });
  const after = [
    connection(),
    attachment(),
    link({ deployment: "production" }),
  ];
  await applied(core, after);
  await expectSettled(core, after);
  expect(platform.connectionNames()).toEqual([key.name]);
  expect(stateOf(core, "link.prod")["id"]).toBe(`${id}@deployment/production`);
});

test("who names a connection in text, and is planned before it, is told to refer to it", async () => {
  const { core, platform } = setUp();
  await withPlaces(platform);
  await applied(core, [connection(), attachment(), link()]);
  const lake = "organization/acme/lake";
  const { diagnostics } = await core.plan([
    link({ connection_id: lake }),
    attachment({ connection_id: lake }),
    connection({ name: "lake" }),
  ]);
  expect(
    diagnostics.map(({ severity, detail }) => [
      severity,
      /connection_id = patchbay_connection\.NAME\.id/.test(detail ?? ""),
    ]),
  ).toEqual(expect.arrayContaining([["warning", true]]));
});

test("a deployment waits for its connections to be attached where it goes", async () => {
  const { core, platform } = setUp();
  await applied(
    core,
    all({}).filter(({ address }) => address !== "attachment.science"),
  );
  const moving = core.apply([
    ...all({ in: "science" }).filter(
      ({ address }) => address !== "attachment.science",
    ),
  ]);
  setTimeout(
    () =>
      void platform.attachments!.create({
        connection: key,
        workspace: "science",
      }),
    600,
  );
  expect((await moving).diagnostics).toEqual([]);
});
