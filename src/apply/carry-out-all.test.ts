import { PatchbayError, Secret } from "../diagnostics";
import type { Connection, Owner } from "../model";
import { type Declared, planSet, rulesOf } from "../plan";
import { createMemoryPlatform, type MemoryPlatform } from "../testing";
import {
  declaredAttachment,
  declaredConnection,
  declaredLink,
} from "../../test/support/declared-of";
import { carryOutAll, type StepOutcome } from "./carry-out-all";
import { Snapshot } from "./snapshot";

const owner = { kind: "organization", name: "acme" } as const;
const key = { owner, name: "warehouse" };
const connection: Connection = {
  ...key,
  type: "postgresql",
  config: { host: "db.example.com", login: "loader" },
  secrets: new Secret({ password: "geheim" }),
};
const attachment = { connection: key, workspace: "analytics" };
const link = { connection: key, deployment: "prod", overrides: {} };
const everything: readonly Declared[] = [
  { kind: "workspace", owner: "organization/acme", name: "analytics" },
  {
    kind: "deployment",
    owner: "organization/acme",
    name: "prod",
    workspace: "analytics",
  },
  declaredConnection(connection),
  declaredAttachment(attachment),
  declaredLink(link),
];
const titles = {
  connection: "connection",
  attachment: "attachment",
  link: "link",
  workspace: "workspace",
  deployment: "deployment",
};

async function planned(platform: MemoryPlatform, desired: readonly Declared[]) {
  const { connections, attachments, links, inventory } = platform;
  const of = (list: (owner: Owner) => Promise<readonly unknown[]>) =>
    list(owner) as Promise<readonly never[]>;
  return planSet(
    desired,
    {
      workspaces: await of((one) => inventory!.listWorkspaces(one)),
      deployments: await of((one) => inventory!.listDeployments(one)),
      connections: await of((one) => connections.list!(one)),
      attachments: await of((one) => attachments!.list(one)),
      links: await of((one) => links!.list(one)),
    },
    rulesOf(platform),
    { titles, prune: true },
  ).planned;
}

async function carriedOut(
  platform: MemoryPlatform,
  desired: readonly Declared[],
  signal?: AbortSignal,
): Promise<readonly StepOutcome[]> {
  const plan = await planned(platform, desired);
  return carryOutAll(
    plan,
    { platform, snapshot: new Snapshot(platform), signal },
    { concurrency: 2 },
  );
}

const said = (outcomes: readonly StepOutcome[]) =>
  outcomes.map(
    ({ planned: { kind }, half, outcome, diagnostics }) =>
      `${half} ${kind}: ${[outcome, ...diagnostics.map(({ code }) => code)].join(" ")}`,
  );

test("everything is made in the order in which it needs each other, and removed the other way round", async () => {
  const platform = createMemoryPlatform({ organization: "acme" });
  expect(said(await carriedOut(platform, everything))).toEqual([
    "make workspace: done",
    "make deployment: done",
    "make connection: done",
    "make attachment: done",
    "make link: done",
  ]);
  expect(platform.secretsOf(key)).toEqual({ password: "geheim" });
  expect(said(await carriedOut(platform, []))).toEqual([
    "remove link: done",
    "remove attachment: done",
    "remove connection: done",
    "remove deployment: done",
    "remove workspace: done",
  ]);
});

test("a replacement is removed whole before any of it is made again", async () => {
  const platform = createMemoryPlatform({ organization: "acme" });
  await carriedOut(platform, everything);
  const replaced = everything.map((one) =>
    one.kind === "connection" ? { ...one, type: "mysql" } : one,
  );
  expect(said(await carriedOut(platform, replaced))).toEqual([
    "remove link: done",
    "remove attachment: done",
    "remove connection: done",
    "make connection: done",
    "make attachment: done",
    "make link: done",
  ]);
});

test("a failure ends what depends on it and nothing else, and the next plan finds the rest", async () => {
  const platform = createMemoryPlatform({ organization: "acme" });
  platform.failNext({ method: "connections.create", code: "rate_limited" });
  const other = declaredConnection({ ...connection, name: "lake" });
  const outcomes = await carriedOut(platform, [...everything, other]);
  expect(said(outcomes)).toEqual([
    "make workspace: done",
    "make deployment: done",
    "make connection: done",
    "make connection: failed rate_limited",
    "make attachment: not_begun cancelled",
    "make link: not_begun cancelled",
  ]);
  expect(outcomes[4]!.diagnostics[0]!.detail).toContain(
    "needs the connection organization/acme/warehouse",
  );
  const rest = await carriedOut(platform, [...everything, other]);
  expect(rest.every(({ outcome }) => outcome === "done")).toBe(true);
});

test("what was interrupted is not begun", async () => {
  const platform = createMemoryPlatform({ organization: "acme" });
  const stop = new AbortController();
  stop.abort();
  const outcomes = await carriedOut(platform, everything, stop.signal);
  expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(
    new Set(["not_begun"]),
  );
  expect(platform.callCount("inventoryManagement.createWorkspace")).toBe(0);
  expect(await platform.connections.list!(owner)).toEqual([]);
});

test.each(["update", "delete"])(
  "an %s of what somebody else has changed since is a conflict",
  async (does) => {
    const platform = createMemoryPlatform({ organization: "acme" });
    const declared = declaredConnection(connection);
    await carriedOut(platform, [declared]);
    const plan = await planned(
      platform,
      does === "update" ? [{ ...declared, description: "ours" }] : [],
    );
    await platform.connections.update(key, {
      ...connection,
      description: "theirs",
    });
    const outcomes = await carryOutAll(plan, {
      platform,
      snapshot: new Snapshot(platform),
    });
    expect(said(outcomes)).toEqual([
      `${does === "update" ? "make" : "remove"} connection: failed conflict`,
    ]);
    expect(await platform.connections.tryFind(key)).toMatchObject({
      description: "theirs",
    });
  },
);

test.each(["managed elsewhere", "declared and as it is"])(
  "a new link does not show what the plan has not, of a connection that is %s and was changed since",
  async (managed) => {
    const platform = createMemoryPlatform({ organization: "acme" });
    const plain = { ...connection, secrets: undefined };
    const all = everything.map((one) =>
      one.kind === "connection" ? declaredConnection(plain) : one,
    );
    await carriedOut(platform, all.slice(0, 4));
    const declared = all.filter(
      ({ kind }) => managed !== "managed elsewhere" || kind !== "connection",
    );
    const plan = (await planned(platform, declared)).filter(
      ({ action }) => action !== "delete",
    );
    await platform.connections.update(key, {
      ...plain,
      config: { host: "elsewhere", login: "loader" },
    });
    const outcomes = await carryOutAll(plan, {
      platform,
      snapshot: new Snapshot(platform),
    });
    expect(said(outcomes).at(-1)).toBe("make link: failed parent_changed");
    expect(await platform.links!.list(owner)).toEqual([]);
  },
);

test("a bug of ours is told as one, and the rest goes on", async () => {
  const platform = createMemoryPlatform({ organization: "acme" });
  const broken = {
    ...platform,
    connections: {
      ...platform.connections,
      create: () => Promise.reject(new TypeError("geheim")),
    },
  };
  const plan = await planned(platform, [declaredConnection(connection)]);
  const outcomes = await carryOutAll(plan, {
    platform: broken,
    snapshot: new Snapshot(broken),
  });
  expect(said(outcomes)).toEqual(["make connection: failed internal_error"]);
  expect(new PatchbayError(outcomes[0]!.diagnostics).message).not.toContain(
    "geheim",
  );
});

test("a deployment moves once its connections are attached where it goes, and what it leaves goes after it", async () => {
  const platform = createMemoryPlatform();
  await carriedOut(platform, everything);
  const outcomes = await carriedOut(platform, [
    { kind: "workspace", owner: "organization/acme", name: "science" },
    {
      kind: "deployment",
      owner: "organization/acme",
      name: "prod",
      workspace: "science",
    },
    declaredConnection(connection),
    declaredAttachment({ connection: key, workspace: "science" }),
    declaredLink(link),
  ]);
  expect(
    said(outcomes).filter((one) => !/^make (connection|link)/.test(one)),
  ).toEqual([
    "make workspace: done",
    "make attachment: done",
    "make deployment: done",
    "remove attachment: done",
    "remove workspace: done",
  ]);
});
