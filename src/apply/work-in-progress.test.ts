import { setTimeout as sleep } from "node:timers/promises";
import type { Diagnostic, PatchbayError } from "../diagnostics";
import type { Connection, Platform } from "../model";
import {
  nothingRemembered,
  refreshedAttachment,
  refreshedConnection,
  refreshedLink,
} from "../plan";
import { unseenConnection } from "../plan/connection/refreshed-connection";
import {
  declaredAttachment,
  declaredConnection,
  declaredLink,
} from "../../test/support/declared-of";
import { createMemoryPlatform, type MemoryPlatform } from "../testing";
import { makeAttachment, removeAttachment } from "./attachment";
import { makeConnection, removeConnection } from "./connection";
import { makeLink, removeLink } from "./link";
import { Snapshot } from "./snapshot";
import type { Place } from "./step";
import { Ownership } from "./whose";
import { type WorkLimits, WorkInProgress } from "./work-in-progress";

const owner = { kind: "organization", name: "acme" } as const;
const key = { owner, name: "warehouse" };
const attached = { connection: key, workspace: "analytics" };
const linked = { connection: key, deployment: "prod", overrides: {} };
const wanted: Connection = {
  ...key,
  type: "generic",
  config: { conn_type: "ftp" },
};
const created = {
  before: undefined,
  memory: nothingRemembered,
  promised: { revision: undefined },
};

async function memory(): Promise<MemoryPlatform> {
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

/** Writes take as long as this, so that one is under way while the next begins. */
function slow(platform: Platform, milliseconds = 60): Platform {
  const late =
    <Args extends readonly unknown[], T>(call: (...args: Args) => Promise<T>) =>
    async (...args: Args) => {
      await sleep(milliseconds);
      return await call(...args);
    };
  return {
    ...platform,
    connections: {
      ...platform.connections,
      delete: late(platform.connections.delete),
      update: late(platform.connections.update),
    },
    attachments: {
      ...platform.attachments!,
      create: late(platform.attachments!.create),
      delete: late(platform.attachments!.delete),
    },
    links: { ...platform.links!, delete: late(platform.links!.delete) },
  };
}

function walkOn(
  platform: Platform,
  limits: WorkLimits = { limit: 2_000, grace: 40 },
): Place & { readonly warnings: Diagnostic[] } {
  const warnings: Diagnostic[] = [];
  return {
    platform,
    snapshot: new Snapshot(platform),
    work: new WorkInProgress(limits),
    warn: (diagnostic) => void warnings.push(diagnostic),
    warnings,
  };
}

const create = (place: Place, connection = wanted) =>
  makeConnection(
    { ...created, declared: declaredConnection(connection) },
    place,
  );
const attach = (place: Place) =>
  makeAttachment(declaredAttachment(attached), place);
const link = (place: Place) =>
  makeLink(
    {
      ...created,
      declared: declaredLink(linked),
      parent: { kind: "observed", platformId: "c1", ...wanted },
    },
    place,
  );
const before = async (platform: Platform, asked = key) =>
  refreshedConnection(
    { ...unseenConnection, type: wanted.type },
    (await platform.connections.tryFind(asked))!,
    nothingRemembered,
  );
const codes = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: PatchbayError) => error.diagnostics.map(({ code }) => code),
  );

test("what this walk removes is waited for, and then created", async () => {
  const platform = await memory();
  const { platformId } = await platform.connections.create(wanted);
  const place = walkOn(slow(platform));
  const removal = removeConnection(await before(platform), place);
  const { observed } = await create(place);
  await removal;
  expect(observed!.platformId).not.toBe(platformId);
  expect(await platform.connections.tryFind(key)).toMatchObject({
    platformId: observed!.platformId,
  });
});

test("also where it begins a little later, and what belongs to it goes first", async () => {
  const platform = await memory();
  await platform.connections.create(wanted);
  const there = await platform.attachments!.create(attached);
  const place = walkOn(slow(platform));
  const making = create(place);
  await sleep(10);
  await removeAttachment(refreshedAttachment(there), place);
  await sleep(10);
  await removeConnection(await before(platform), place);
  await making;
  expect(await platform.connections.tryFind(key)).toBeDefined();
});

test("what this walk was to remove and could not is not taken over", async () => {
  const platform = await memory();
  await platform.connections.create(wanted);
  const place = {
    ...walkOn(slow(platform)),
    ownership: new Ownership({ adoptExisting: true }),
  };
  platform.failNext({ method: "connections.delete", code: "forbidden" });
  const removal = removeConnection(await before(platform), place);
  const making = create(place);
  expect(await codes(removal)).toEqual(["forbidden"]);
  expect(await codes(making)).toEqual(["already_exists"]);
  await expect(making).rejects.toThrow(/was to delete it first, and could not/);
});

test("a removal that takes too long is told, and nothing was made", async () => {
  const platform = await memory();
  await platform.connections.create(wanted);
  const place = walkOn(slow(platform, 400), { limit: 100, grace: 20 });
  const removal = removeConnection(await before(platform), place);
  const failure = create(place);
  expect(await codes(failure)).toEqual(["already_exists"]);
  await expect(failure).rejects.toThrow(
    /nothing was sent to it\..* This apply waited/,
  );
  await removal;
});

test("where nothing of the kind is under way, nothing is waited for", async () => {
  const platform = await memory();
  await platform.connections.create(wanted);
  const place = walkOn(platform, { limit: 10_000, grace: 20 });
  await sleep(100);
  const began = Date.now();
  expect(await codes(create(place))).toEqual(["already_exists"]);
  expect(Date.now() - began).toBeLessThan(500);
});

test("who interrupts does not wait", async () => {
  const platform = await memory();
  await platform.connections.create(wanted);
  const controller = new AbortController();
  const place = {
    ...walkOn(slow(platform, 500), { limit: 10_000, grace: 10_000 }),
    signal: controller.signal,
  };
  const failure = create(place);
  setTimeout(() => controller.abort(), 20);
  expect(await codes(failure)).toEqual(["already_exists", "cancelled"]);
});

test("an attachment in use is removed once this walk has removed the link through it", async () => {
  const platform = await memory();
  const connection = await platform.connections.create(wanted);
  const attachment = await platform.attachments!.create(attached);
  const stored = await platform.links!.create(linked);
  const place = walkOn(slow(platform));
  await Promise.all([
    removeConnection(await before(platform), place),
    removeAttachment(refreshedAttachment(attachment), place),
    removeLink(
      refreshedLink({ revision: 0 }, stored, connection, nothingRemembered),
      place,
    ),
  ]);
  expect(await platform.connections.tryFind(key)).toBeUndefined();
});

test("in use by others is told as it is", async () => {
  const platform = await memory();
  await platform.connections.create(wanted);
  await platform.attachments!.create(attached);
  const place = walkOn(platform);
  expect(await codes(removeConnection(await before(platform), place))).toEqual([
    "in_use",
  ]);
});

test("a link waits for the attachment that this walk makes, and that for the connection", async () => {
  const platform = await memory();
  const place = walkOn(slow(platform));
  await Promise.all([link(place), attach(place), create(place)]);
  expect(await platform.links!.tryFind(linked)).toBeDefined();
});

test("a link whose attachment nobody makes is told so", async () => {
  const platform = await memory();
  await platform.connections.create(wanted);
  expect(await codes(link(walkOn(platform)))).toEqual(["attachment_missing"]);
});

test("what this walk took over it does not delete under its other address", async () => {
  const platform = await memory();
  await platform.connections.create(wanted);
  const old = await before(platform);
  const place = {
    ...walkOn(platform),
    ownership: new Ownership({ adoptExisting: true }),
  };
  await create(place);
  await removeConnection(old, place);
  expect(await platform.connections.tryFind(key)).toBeDefined();
  expect(place.warnings.map(({ code }) => code)).toEqual([
    "taken_over",
    "taken_over",
  ]);
  expect(place.warnings[1]!.detail).toContain("create_before_destroy");
});

test("what was gone when its successor was made is not taken for it", async () => {
  const platform = await memory();
  await platform.connections.create(wanted);
  const old = await before(platform);
  await platform.connections.delete(key);
  const place = walkOn(platform);
  await create(place);
  await removeConnection({ ...old, concurrencyToken: undefined }, place);
  expect(await platform.connections.tryFind(key)).toBeDefined();
  expect(place.warnings).toEqual([]);
});

test("but where names are not unique, the predecessor goes", async () => {
  const platform = await memory();
  await platform.connections.create(wanted);
  const old = await before(platform);
  await platform.connections.delete(key);
  const place = walkOn({
    ...platform,
    capabilities: { ...platform.capabilities, sharedNames: true },
  });
  await create(place);
  platform.resetCalls();
  await removeConnection({ ...old, concurrencyToken: undefined }, place);
  expect(platform.callCount("connections.delete")).toBe(1);
});

test("a name that another connection gives up is waited for", async () => {
  const platform = await memory();
  await platform.connections.create(wanted);
  await platform.connections.create({ ...wanted, name: "lake" });
  const place = walkOn(slow(platform));
  const rename = async (from: string, to: string) =>
    await makeConnection(
      {
        ...created,
        declared: declaredConnection({ ...wanted, name: to }),
        before: await before(platform, { owner, name: from }),
      },
      place,
    );
  await Promise.all([rename("warehouse", "lake"), rename("lake", "sea")]);
  const names = (await platform.connections.list!(owner)).map(
    ({ name }) => name,
  );
  expect(names).toEqual(["lake", "sea"]);
});
