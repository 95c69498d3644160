import type { PatchbayError } from "../diagnostics";
import { Secret } from "../diagnostics";
import {
  type Attachment,
  type Connection,
  type ConnectionPort,
  KNOWN_AFTER_APPLY,
  type Link,
  type Platform,
} from "../model";
import {
  nothingRemembered,
  refreshedConnection,
  refreshedLink,
  type SecretsMemory,
} from "../plan";
import { unseenConnection } from "../plan/connection/refreshed-connection";
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
import { makeConnection, removeConnection } from "./connection";
import { makeLink } from "./link";
import { attachmentsOf, linksOf } from "./parts";
import { Snapshot } from "./snapshot";
import type { Making, MakingLink, Promised } from "./step";

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
    platform.outcomeUnknownAfterEffect("connections.create");
    await createConnection(platform, autoLinked);
    expect(platform.callCount("connections.create")).toBe(1);
    expect(platform.callCount("connections.update")).toBe(1);
  });

  test("whose create was lost and took effect later is adopted", async () => {
    const platform = createMemoryPlatform();
    platform.failNext({
      method: "connections.create",
      code: "outcome_unknown",
    });
    const connections: ConnectionPort = {
      ...platform.connections,
      // What was sent first arrives after the question.
      tryFind: async (asked) => {
        const found = await platform.connections.tryFind(asked);
        if (found === undefined) await platform.connections.create(wanted);
        return found;
      },
    };
    await createConnection({ ...platform, connections }, wanted);
    expect(await platform.connections.list!(owner)).toHaveLength(1);
  });

  test("that is there already, equal in all that is shown, is left alone: nothing is sent to it", async () => {
    const platform = createMemoryPlatform();
    await platform.connections.create({
      ...wanted,
      secrets: new Secret({ password: "theirs" }),
    });
    platform.resetCalls();
    const failure = createConnection(platform, wanted);
    expect(await codes(failure)).toEqual(["already_exists"]);
    await expect(failure).rejects.toThrow(/Its plain fields are as declared/);
    expect(platform.secretsOf(key)).toEqual({ password: "theirs" });
    expect(platform.callCounts()).toEqual({
      "connections.create": 1,
      "connections.tryFind": 1,
    });
  });

  const theirs: readonly [title: string, there: Connection][] = [
    ["another type", { ...wanted, type: "hub:x" }],
    ["other fields", { ...wanted, config: { conn_type: "ssh" } }],
    ["another description", { ...wanted, description: "theirs" }],
    ["auto-link", { ...wanted, autoLink: true }],
    ["other exceptions", { ...wanted, autoLinkExcept: ["prod"] }],
    ["other secrets set", { ...wanted, secrets: new Secret({ token: "x" }) }],
  ];
  test.each(theirs)(
    "that exists with %s is left alone",
    async (_title, there) => {
      const platform = createMemoryPlatform();
      await platform.connections.create(there);
      platform.resetCalls();
      const failure = createConnection(platform, wanted);
      expect(await codes(failure)).toEqual(["already_exists"]);
      await expect(failure).rejects.toThrow(
        'import {\n  to = ADDRESS\n  id = "organization/acme/warehouse"\n}',
      );
      expect(platform.callCount("connections.update")).toBe(0);
    },
  );

  test.each(theirs)(
    "that somebody made with %s while the answer was lost is left alone",
    async (_title, there) => {
      const platform = createMemoryPlatform();
      await platform.connections.create(there);
      platform.resetCalls();
      platform.failNext({
        method: "connections.create",
        code: "outcome_unknown",
      });
      const failure = createConnection(platform, wanted);
      expect(await codes(failure)).toEqual(["already_exists"]);
      expect(platform.callCount("connections.update")).toBe(0);
    },
  );

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
    expect(await codes(createConnection(platform, wanted))).toEqual([
      "already_exists",
    ]);
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

describe("of a connection that is there", () => {
  const remembered: SecretsMemory = {
    ...nothingRemembered,
    wereSent: true,
    isSame: () => false,
    revision: 1,
  };

  async function updated(
    secretsWithEveryUpdate: boolean,
    changes: Partial<Making<"connection">>,
  ) {
    const platform = createMemoryPlatform({
      capabilities: { ...everyCapability, secretsWithEveryUpdate },
    });
    const stored = await platform.connections.create({
      ...wanted,
      secrets: new Secret({ password: "sent before" }),
    });
    const before = refreshedConnection(
      { ...unseenConnection, type: wanted.type },
      stored,
      remembered,
    );
    const { secrets } = await makeConnection(
      {
        declared: declaredConnection(wanted),
        before: { ...before, secrets: { ...before.secrets, revision: 1 } },
        memory: remembered,
        promised: { revision: 1 },
        ...changes,
      },
      at(platform),
    );
    return { secrets, stored: platform.secretsOf(key) };
  }

  test("secrets are sent where the plan promised it, and not because they are others by now", async () => {
    expect(await updated(false, {})).toEqual({
      secrets: { sent: undefined, revision: 1, revisions: { password: 0 } },
      stored: { password: "sent before" },
    });
    expect(await updated(false, { promised: { revision: 2 } })).toMatchObject({
      secrets: { revision: 2 },
      stored: { password: "ours" },
    });
  });

  test("secrets that were known after apply are sent where they turn out to be others", async () => {
    expect(
      await updated(false, { promised: { revision: undefined } }),
    ).toMatchObject({
      secrets: { revision: 2 },
      stored: { password: "ours" },
    });
  });

  test("secrets are sent along where the platform may lose them otherwise", async () => {
    expect(await updated(true, {})).toMatchObject({
      secrets: { revision: 1 },
      stored: { password: "ours" },
    });
  });

  test("a change and a deletion say which one is meant, and a change which secrets were set", async () => {
    const platform = createMemoryPlatform();
    const stored = await platform.connections.create(wanted);
    const before = {
      ...refreshedConnection(unseenConnection, stored, remembered),
      platformId: "its own id",
    };
    const asked: unknown[] = [];
    const connections: ConnectionPort = {
      ...platform.connections,
      update: (_key, _connection, options) => {
        asked.push(options);
        return Promise.resolve(stored);
      },
      delete: (_key, options) => {
        asked.push(options);
        return Promise.resolve();
      },
    };
    await makeConnection(
      {
        declared: declaredConnection(wanted),
        before,
        memory: remembered,
        promised: { revision: 0 },
      },
      at({ ...platform, connections }),
    );
    await removeConnection(before, at({ ...platform, connections }));
    expect(asked).toEqual([
      {
        platformId: "its own id",
        concurrencyToken: stored.concurrencyToken,
        secretFields: ["password"],
        known: {
          type: "generic",
          config: wanted.config,
          secretFields: ["password"],
        },
      },
      { platformId: "its own id", concurrencyToken: stored.concurrencyToken },
    ]);
  });

  test("a protected one is not deleted, whoever asks", async () => {
    const platform = createMemoryPlatform();
    const stored = await platform.connections.create(wanted);
    const before = refreshedConnection(
      {
        ...unseenConnection,
        ours: { verify: undefined, deletionProtection: true },
      },
      stored,
      remembered,
    );
    expect(await codes(removeConnection(before, at(platform)))).toEqual([
      "deletion_protected",
    ]);
    expect(platform.callCount("connections.delete")).toBe(0);
  });

  test("what can no longer be planned is not carried out", async () => {
    const declared = { ...declaredConnection(wanted), owner: undefined };
    expect(await codes(updated(false, { declared }))).toEqual([
      "missing_argument",
    ]);
  });
});

test("an attachment whose answer was lost is adopted, and one of somebody else is left alone", async () => {
  const platform = await withPlaces();
  const attachment = { connection: key, workspace: "analytics" };
  platform.outcomeUnknownAfterEffect("attachments.create");
  await createAttachment(platform, attachment);
  expect(await codes(createAttachment(platform, attachment))).toEqual([
    "already_exists",
  ]);
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

describe("of a link that is there", () => {
  async function changed(changes: Partial<MakingLink>) {
    const platform = await withPlaces();
    await createAttachment(platform, {
      connection: key,
      workspace: "analytics",
    });
    const link = { connection: key, deployment: "prod", overrides: {} };
    const stored = await platform.links!.create(link);
    const connection = (await platform.connections.tryFind(key))!;
    platform.resetCalls();
    const { observed } = await makeLink(
      {
        declared: declaredLink(link),
        before: refreshedLink(
          { revision: 0 },
          stored,
          connection,
          nothingRemembered,
        ),
        parent: { kind: "observed", ...connection },
        memory: nothingRemembered,
        promised: { revision: 0, effective: connection.config },
        ...changes,
      },
      at(platform),
    );
    return { observed, written: platform.callCount("links.update") };
  }

  test("nothing is written where only its connection has changed", async () => {
    expect(await changed({})).toEqual({ observed: undefined, written: 0 });
  });

  test("overrides are", async () => {
    const overrides = { conn_type: "sftp" };
    const declared = declaredLink({
      connection: key,
      deployment: "prod",
      overrides,
    });
    expect(
      await changed({
        declared,
        promised: { revision: 0, effective: overrides },
      }),
    ).toMatchObject({ observed: { overrides }, written: 1 });
  });

  test("what the deployment would see otherwise than the plan has shown is refused", async () => {
    const promised = { revision: 0, effective: { conn_type: "other" } };
    expect(await codes(changed({ promised }))).toEqual(["parent_changed"]);
  });

  test("what nobody could show before is not", async () => {
    const promised: Promised = { revision: 0, effective: KNOWN_AFTER_APPLY };
    expect(await changed({ promised })).toMatchObject({ written: 0 });
  });
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
