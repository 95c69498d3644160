import { PatchbayError, Secret } from "../diagnostics";
import type { Platform } from "../model";
import {
  type DesiredModel,
  type ObservedModel,
  orderedSteps,
  planChanges,
} from "../plan";
import { createMemoryPlatform, type MemoryPlatform } from "../testing";
import { applyStep } from "./apply-step";

const owner = { kind: "organization", name: "acme" } as const;
const key = { owner, name: "warehouse" };
const desired: DesiredModel = {
  connections: [
    {
      ...key,
      type: "postgresql",
      config: { host: "db", login: "x", port: "5432" },
      secrets: new Secret({ password: "one" }),
    },
  ],
  attachments: [{ connection: key, workspace: "analytics" }],
  links: [{ connection: key, deployment: "prod", overrides: { port: "6432" } }],
};

async function setUp(): Promise<MemoryPlatform> {
  const platform = createMemoryPlatform({ organization: "acme" });
  await platform.inventoryManagement!.createWorkspace({
    owner,
    name: "analytics",
  });
  await platform.inventoryManagement!.createDeployment({
    owner,
    name: "prod",
    workspace: "analytics",
  });
  return platform;
}

async function observe(platform: Platform): Promise<ObservedModel> {
  return {
    connections: await platform.connections.list!(owner),
    attachments: await platform.attachments!.list(owner),
    links: await platform.links!.list(owner),
  };
}

async function planned(platform: Platform, wanted: DesiredModel) {
  const { changes, diagnostics } = planChanges({
    desired: wanted,
    observed: await observe(platform),
    platform,
    prune: true,
  });
  expect(diagnostics).toEqual([]);
  return orderedSteps(changes);
}

async function converge(
  platform: Platform,
  wanted: DesiredModel,
): Promise<readonly string[]> {
  const steps = await planned(platform, wanted);
  for (const step of steps) await applyStep(platform, step);
  expect(await planned(platform, wanted)).toEqual([]);
  return steps.map(({ change, half }) => `${half} ${change.object}`);
}

test("a plan is carried out in order: made, changed, replaced and removed", async () => {
  const platform = await setUp();
  expect(await converge(platform, desired)).toEqual([
    "make connection",
    "make attachment",
    "make link",
  ]);
  const changed = {
    ...desired,
    connections: [{ ...desired.connections[0]!, description: "new" }],
    links: [{ ...desired.links[0]!, overrides: {} }],
  };
  expect(await converge(platform, changed)).toEqual([
    "make connection",
    "make link",
  ]);
  const replaced = {
    ...changed,
    connections: [{ ...changed.connections[0]!, type: "mysql" }],
  };
  expect(await converge(platform, replaced)).toEqual([
    "remove link",
    "remove attachment",
    "remove connection",
    "make connection",
    "make attachment",
    "make link",
  ]);
  expect(platform.secretsOf(key)).toEqual({ password: "one" });
  expect(
    await converge(platform, { connections: [], attachments: [], links: [] }),
  ).toEqual(["remove link", "remove attachment", "remove connection"]);
});

test("stopped at any step, the next run goes on without a duplicate", async () => {
  for (let stop = 0; stop < 3; stop++) {
    const platform = await setUp();
    const steps = await planned(platform, desired);
    for (const step of steps.slice(0, stop)) await applyStep(platform, step);
    platform.outcomeUnknownAfterEffect("connections.create");
    await converge(platform, desired);
    const { connections, attachments, links } = await observe(platform);
    expect([connections.length, attachments.length, links.length]).toEqual([
      1, 1, 1,
    ]);
  }
});

test.each(["update", "delete"] as const)(
  "a connection that somebody else has changed since the plan refuses the %s",
  async (action) => {
    const platform = await setUp();
    await converge(platform, { ...desired, attachments: [], links: [] });
    const wanted =
      action === "delete"
        ? []
        : [{ ...desired.connections[0]!, description: "ours" }];
    const [step] = await planned(platform, {
      connections: wanted,
      attachments: [],
      links: [],
    });
    await platform.connections.update(key, {
      ...key,
      type: "postgresql",
      config: { host: "theirs", login: "x" },
    });
    await expect(applyStep(platform, step!)).rejects.toBeInstanceOf(
      PatchbayError,
    );
    await expect(applyStep(platform, step!)).rejects.toThrow(/conflict/);
  },
);
