import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { type DiagnosticCode, PatchbayError, Secret } from "../diagnostics";
import { type OpenEmbeddedHubOptions, openEmbeddedHub } from "./embedded-hub";
import { acme, makeTemporaryDirectory, postgres } from "./hub-fixture";
import { loadSqlite } from "./store/load-sqlite";

let workingDirectory: string;
let directory: string;
let database: string;

beforeEach(async () => {
  workingDirectory = await makeTemporaryDirectory();
  directory = path.join(workingDirectory, ".patchbay");
  database = path.join(directory, "hub.db");
});
afterEach(() => rm(workingDirectory, { recursive: true, force: true }));

function open(options: Partial<OpenEmbeddedHubOptions> = {}) {
  return openEmbeddedHub({ workingDirectory, environment: {}, ...options });
}

/** A hub with one connection in it, closed again. */
async function makeHub(
  options: Partial<OpenEmbeddedHubOptions> = {},
): Promise<void> {
  const hub = await open(options);
  await hub.api.connections.create({
    account: acme,
    connection: postgres("warehouse"),
  });
  await hub.close();
}

function execute(sql: string): void {
  const Sqlite = loadSqlite(undefined);
  const raw = new Sqlite(database, { timeout: 100 });
  raw.exec(sql);
  raw.prepare("pragma wal_checkpoint(truncate)").all([]);
  raw.close();
}

/** What SQLite keeps beside the file; after a close it holds nothing. */
async function removeJournal(): Promise<void> {
  for (const file of ["hub.db-wal", "hub.db-shm"]) {
    await rm(path.join(directory, file), { force: true });
  }
}

async function refusal(
  options: Partial<OpenEmbeddedHubOptions> = {},
): Promise<PatchbayError> {
  try {
    const hub = await open(options);
    await hub.api.accounts
      .ensure({ account: { kind: "user", name: "jane" } })
      .finally(hub.close);
  } catch (thrown) {
    if (thrown instanceof PatchbayError) return thrown;
    throw thrown;
  }
  throw new Error("expected a PatchbayError");
}

test("the first use makes a private directory that git ignores", async () => {
  await makeHub();
  expect(await readdir(directory)).toEqual(
    expect.arrayContaining([".gitignore", "hub.db", "hub.key"]),
  );
  expect(await readFile(path.join(directory, ".gitignore"), "utf8")).toBe(
    "*\n",
  );
  expect((await stat(path.join(directory, "hub.key"))).mode & 0o777).toBe(
    0o600,
  );
  expect((await stat(directory)).mode & 0o077).toBe(0);
});

test("what was written is there when it is opened again, in one file", async () => {
  await makeHub();
  await removeJournal();
  const hub = await open();
  const found = await hub.api.connections.tryFind({
    account: acme,
    key: postgres("warehouse"),
  });
  await hub.close();
  expect(found?.secretFields).toEqual(["password"]);
});

test.each([
  ["base64", Buffer.alloc(32, 7).toString("base64")],
  ["hexadecimal", Buffer.alloc(32, 7).toString("hex")],
])(
  "the key may come from the environment in %s; then there is no key file",
  async (_, text) => {
    await makeHub({ environment: { PATCHBAY_HUB_KEY: text } });
    expect(await readdir(directory)).not.toContain("hub.key");
    await makeHub({ environment: { PATCHBAY_HUB_KEY: text }, path: "other" });
  },
);

describe("one sentence, and the database as it was:", () => {
  test.each<
    [
      string,
      DiagnosticCode,
      () => Promise<Partial<OpenEmbeddedHubOptions> | void>,
    ]
  >([
    [
      "garbage instead of a database",
      "hub_corrupted",
      () => writeFile(database, "garbage ".repeat(1000)),
    ],
    [
      "a database that is cut short",
      "hub_corrupted",
      async () => truncate(database, 8192),
    ],
    [
      "a database of something else",
      "hub_corrupted",
      async () => {
        await rm(database);
        execute("create table other (a)");
      },
    ],
    [
      "a newer version",
      "hub_too_new",
      async () => execute("pragma user_version = 99"),
    ],
    [
      "a key file that is gone",
      "hub_key_missing",
      () => rm(path.join(directory, "hub.key")),
    ],
    [
      "another key",
      "hub_key_wrong",
      async () => ({
        environment: {
          PATCHBAY_HUB_KEY: Buffer.alloc(32, 1).toString("base64"),
        },
      }),
    ],
    [
      "a key that is none",
      "hub_key_wrong",
      () => writeFile(path.join(directory, "hub.key"), "short"),
    ],
    [
      "a directory where the database should be",
      "hub_not_writable",
      async () => {
        await rm(database);
        await mkdir(database);
      },
    ],
  ])("%s", async (_, code, damage) => {
    await makeHub();
    await removeJournal();
    const options = (await damage()) ?? {};
    await removeJournal();
    const before = await readFile(database).catch(() => undefined);
    const error = await refusal(options);
    expect(error.diagnostics).toHaveLength(1);
    expect(error.has(code)).toBe(true);
    expect(error.diagnostics[0]?.detail).toContain(workingDirectory);
    expect(await readFile(database).catch(() => undefined)).toEqual(before);
  });

  test("a path where nothing can be made", async () => {
    expect(
      (await refusal({ path: "/proc/patchbay/hub" })).has("hub_not_writable"),
    ).toBe(true);
  });

  test("a path through a file", async () => {
    await writeFile(path.join(workingDirectory, "file"), "");
    expect((await refusal({ path: "file/hub" })).has("hub_not_writable")).toBe(
      true,
    );
  });

  test.each<[string, () => Promise<void>]>([
    ["a database that this user may not write", () => chmod(database, 0o400)],
    ["a directory that this user may not write", () => chmod(directory, 0o500)],
  ])("%s", async (_, forbid) => {
    await makeHub();
    await removeJournal();
    await forbid();
    const error = await asOrdinaryUser(() => refusal());
    await chmod(directory, 0o700);
    expect(error.has("hub_not_writable")).toBe(true);
  });

  test("a database that another process holds", async () => {
    await makeHub();
    const Sqlite = loadSqlite(undefined);
    const holder = new Sqlite(database, { timeout: 0 });
    holder.exec("begin immediate");
    const error = await refusal({ busyTimeoutMs: 50 });
    holder.exec("rollback");
    holder.close();
    expect(error.has("hub_locked")).toBe(true);
    expect(error.message).toContain("0.05 s");
  });
});

test("secrets that were swapped between rows of the database do not open", async () => {
  const owner = { kind: "deployment", name: "prod" } as const;
  const hub = await open();
  await hub.api.workspaces.create({ account: acme, name: "analytics" });
  await hub.api.deployments.create({
    account: acme,
    name: "prod",
    workspace: "analytics",
  });
  for (const name of ["a", "b"]) {
    const secrets = new Secret({ password: `password of ${name}` });
    await hub.api.connections.create({
      account: acme,
      connection: postgres(name, { owner, secrets }),
    });
  }
  execute(
    "update connection set sealed_secrets = (select sealed_secrets from connection where name = 'a') where name = 'b'",
  );
  const reading = hub.api.deployments.effectiveConnectionsWithSecrets({
    account: acme,
    name: "prod",
  });
  await expect(reading).rejects.toThrow(/hub_corrupted/);
  await hub.close();
});

test("no secret and no token is in any file of the hub", async () => {
  const hub = await open();
  const secrets = new Secret({ password: "planted-password" });
  await hub.api.connections.create({
    account: acme,
    connection: postgres("a", { secrets }),
    idempotencyKey: "k",
  });
  const { token } = await hub.api.tokens.create({ scope: { kind: "admin" } });
  for (const closed of [false, true]) {
    if (closed) await hub.close();
    for (const file of await readdir(directory)) {
      const content = await readFile(path.join(directory, file));
      expect(content.includes("planted-password")).toBe(false);
      expect(content.includes(token.reveal())).toBe(false);
    }
  }
});

/** Root may write everywhere: act as nobody meanwhile. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  const nobody = 65534;
  await chmod(workingDirectory, 0o755);
  for (const file of [
    directory,
    ...(await readdir(directory)).map((name) => path.join(directory, name)),
  ]) {
    await chown(file, nobody, nobody);
  }
  process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
