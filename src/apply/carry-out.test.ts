import type { PatchbayError } from "../diagnostics";
import { Secret } from "../diagnostics";
import type { Attachment, Connection, Link, Platform } from "../model";
import { nothingRemembered } from "../plan";
import {
  declaredAttachment,
  declaredConnection,
  declaredLink,
} from "../../test/support/declared-of";
import {
  createMemoryPlatform,
  everyCapability,
  type MemoryPlatform,
} from "../testing";
import { makeAttachment } from "./attachment";
import { makeConnection } from "./connection";
import { makeLink } from "./link";
import { attachmentsOf, linksOf } from "./parts";
import { Snapshot } from "./snapshot";

const owner = { kind: "organization", name: "acme" } as const;
const key = { owner, name: "warehouse" };
const wanted: Connection = {
  ...key,
  type: "generic",
  config: { conn_type: "ftp" },
  secrets: new Secret({ password: "ours" }),
};

const at = (platform: Platform) => ({
  platform,
  snapshot: new Snapshot(platform),
});
const created = {
  before: undefined,
  memory: nothingRemembered,
  promised: { revision: undefined },
};

const createConnection = async (platform: Platform, connection: Connection) =>
  (
    await makeConnection(
      { ...created, declared: declaredConnection(connection) },
      at(platform),
    )
  ).observed;

const createAttachment = (platform: Platform, attachment: Attachment) =>
  makeAttachment(declaredAttachment(attachment), at(platform));

const createLink = async (platform: Platform, link: Link) => {
  const stored = await platform.connections.tryFind(link.connection);
  return makeLink(
    {
      ...created,
      declared: declaredLink(link),
      parent: { kind: "observed", ...stored! },
    },
    at(platform),
  );
};

const codes = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: PatchbayError) => error.diagnostics.map(({ code }) => code),
  );

async function withPlaces(): Promise<MemoryPlatform> {
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
  await platform.connections.create(wanted);
  return platform;
}

describe("a connection", () => {
  test("is created with one call", async () => {
    const platform = createMemoryPlatform();
    await createConnection(platform, wanted);
    expect(platform.callCounts()).toEqual({ "connections.create": 1 });
  });

  test("whose create took effect but lost its answer is adopted", async () => {
    const platform = createMemoryPlatform();
    platform.outcomeUnknownAfterEffect("connections.create");
    expect(await createConnection(platform, wanted)).toMatchObject({
      platformId: "connection-1",
    });
    expect(platform.callCounts()).toEqual({
      "connections.create": 1,
      "connections.tryFind": 1,
      "connections.update": 1,
    });
  });

  test("whose create had no effect is created again", async () => {
    const platform = createMemoryPlatform();
    platform.failNext({
      method: "connections.create",
      code: "outcome_unknown",
    });
    await createConnection(platform, wanted);
    expect(platform.callCount("connections.create")).toBe(2);
  });

  test("is adopted in whichever order it names what auto-link leaves out", async () => {
    const platform = createMemoryPlatform();
    const autoLinked = {
      ...wanted,
      autoLink: true,
      autoLinkExcept: ["staging", "lab"],
    };
    await platform.connections.create(autoLinked);
    await createConnection(platform, autoLinked);
    expect(platform.callCount("connections.create")).toBe(2);
    expect(platform.callCount("connections.update")).toBe(1);
  });

  test("that an interrupted run has made just so is adopted, its secrets sent again", async () => {
    const platform = createMemoryPlatform();
    await platform.connections.create({
      ...wanted,
      secrets: new Secret({ password: "an older one" }),
    });
    await createConnection(platform, wanted);
    expect(platform.secretsOf(key)).toEqual({ password: "ours" });
  });

  test.each<[title: string, there: Connection]>([
    ["another type", { ...wanted, type: "hub:x" }],
    ["other fields", { ...wanted, config: { conn_type: "ssh" } }],
    ["another description", { ...wanted, description: "theirs" }],
    ["auto-link", { ...wanted, autoLink: true }],
    ["other exceptions", { ...wanted, autoLinkExcept: ["prod"] }],
    ["other secrets set", { ...wanted, secrets: new Secret({ token: "x" }) }],
  ])("that exists with %s is left alone", async (_title, there) => {
    const platform = createMemoryPlatform();
    await platform.connections.create(there);
    platform.resetCalls();
    const failure = createConnection(platform, wanted);
    expect(await codes(failure)).toEqual(["already_exists"]);
    await expect(failure).rejects.toThrow(
      "terraform import ADDRESS organization/acme/warehouse",
    );
    expect(platform.callCount("connections.update")).toBe(0);
  });

  test("is not created again by anything but an unknown outcome", async () => {
    const platform = createMemoryPlatform();
    for (const code of [
      "rate_limited",
      "unauthorized",
      "unreachable",
      "platform_failure",
      "conflict",
      "cancelled",
    ] as const) {
      platform.resetCalls();
      platform.failNext({ method: "connections.create", code });
      expect(await codes(createConnection(platform, wanted))).toEqual([code]);
      expect(platform.callCounts()).toEqual({ "connections.create": 1 });
    }
  });

  test("that may exist is still said to when the question fails too", async () => {
    const platform = createMemoryPlatform();
    platform.outcomeUnknownAfterEffect("connections.create");
    platform.failNext({ method: "connections.tryFind", code: "unreachable" });
    expect(await codes(createConnection(platform, wanted))).toEqual([
      "outcome_unknown",
      "unreachable",
    ]);
    await createConnection(platform, wanted);
    expect(await platform.connections.list!(owner)).toHaveLength(1);
  });

  test("whose outcome stays unknown is not tried a third time", async () => {
    const platform = createMemoryPlatform();
    platform.failNext({
      method: "connections.create",
      code: "outcome_unknown",
      times: 2,
    });
    expect(await codes(createConnection(platform, wanted))).toEqual([
      "outcome_unknown",
    ]);
    expect(platform.callCount("connections.create")).toBe(2);
  });
});

test("an attachment that is there already is as good as made", async () => {
  const platform = await withPlaces();
  const attachment = { connection: key, workspace: "analytics" };
  const first = await createAttachment(platform, attachment);
  platform.outcomeUnknownAfterEffect("attachments.create");
  expect(await createAttachment(platform, attachment)).toEqual(first);
});

test("a link is adopted where it is as wanted, and left alone where it differs", async () => {
  const platform = await withPlaces();
  await createAttachment(platform, { connection: key, workspace: "analytics" });
  const link = {
    connection: key,
    deployment: "prod",
    overrides: { host: "x" },
    overrideSecrets: new Secret({ password: "two" }),
  };
  platform.outcomeUnknownAfterEffect("links.create");
  await createLink(platform, link);
  expect(platform.overrideSecretsOf(link)).toEqual({ password: "two" });
  expect(platform.callCount("links.update")).toBe(1);
  expect(await codes(createLink(platform, { ...link, overrides: {} }))).toEqual(
    ["already_exists"],
  );
});

test("parts that a platform lacks are refused with its words", () => {
  const platform = createMemoryPlatform({
    capabilities: {
      ...everyCapability,
      features: [],
      instead: { links: "Do without." },
    },
  });
  expect(() => attachmentsOf(platform)).toThrow(/unsupported/);
  expect(() => linksOf(platform)).toThrow(/Do without/);
});
