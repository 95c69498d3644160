import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "../../diagnostics";
import {
  type EmbeddedHub,
  type HubApi,
  openEmbeddedHub,
  startHubServer,
} from "../../hub";
import { createHubClient } from "./client";

const account = { kind: "organization", name: "acme" } as const;
const key = { owner: account, name: "warehouse" };
const connection = {
  ...key,
  type: "postgresql",
  config: { host: "db.example.com", login: "loader", schema: "public" },
  secrets: new Secret({ password: "not-a-real-password" }),
};

let workingDirectory: string;
let hub: EmbeddedHub;
let server: Awaited<ReturnType<typeof startHubServer>>;
let client: HubApi;

const silent = () => undefined;
const clientWith = (token: Secret) =>
  createHubClient({ endpoint: server.url, token });

beforeAll(async () => {
  workingDirectory = await mkdtemp(join(tmpdir(), "patchbay-client-"));
  hub = await openEmbeddedHub({ workingDirectory, environment: {} });
  const log = { trace: silent, debug: silent, warn: silent };
  server = await startHubServer({ api: hub.api, port: 0, log });
  const { token } = await hub.api.tokens.create({ scope: { kind: "admin" } });
  client = clientWith(token);
  await client.workspaces.create({ account, name: "analytics" });
  await client.deployments.create({
    account,
    name: "prod",
    workspace: "analytics",
  });
  await client.connections.create({ account, connection });
  await client.attachments.create({
    account,
    attachment: { connection: key, workspace: "analytics" },
  });
  const link = {
    connection: key,
    deployment: "prod",
    overrides: { schema: "PROD" },
    overrideSecrets: new Secret({ password: "another-unreal-password" }),
  };
  await client.links.create({ account, link });
});
afterAll(async () => {
  await server.close();
  await hub.close();
  await rm(workingDirectory, { recursive: true });
});

/** What the call gives, in this process and over HTTP. */
async function bothWays<T>(call: (api: HubApi) => Promise<T>): Promise<T> {
  const overHttp = await call(client);
  expect(overHttp).toEqual(await call(hub.api));
  return overHttp;
}

test.each<[string, (api: HubApi) => Promise<unknown>]>([
  ["the accounts", (api) => api.accounts.list()],
  ["an account", (api) => api.accounts.tryFind({ account })],
  [
    "an account that is not there",
    (api) =>
      api.accounts.tryFind({ account: { kind: "user", name: "nobody" } }),
  ],
  ["the workspaces", (api) => api.workspaces.list({ account })],
  [
    "a workspace",
    (api) => api.workspaces.tryFind({ account, name: "analytics" }),
  ],
  [
    "a workspace that is not there",
    (api) => api.workspaces.tryFind({ account, name: "nowhere" }),
  ],
  ["the deployments", (api) => api.deployments.list({ account })],
  ["a deployment", (api) => api.deployments.tryFind({ account, name: "prod" })],
  ["the connections", (api) => api.connections.list({ account })],
  [
    "the connections of a type",
    (api) => api.connections.list({ account, type: "mysql" }),
  ],
  [
    "the connections of an owner of a type",
    (api) =>
      api.connections.list({ account, owner: account, type: "postgresql" }),
  ],
  ["a connection", (api) => api.connections.tryFind({ account, key })],
  [
    "the usage of a connection",
    (api) => api.connections.usage({ account, key }),
  ],
  ["the attachments", (api) => api.attachments.list({ account })],
  [
    "an attachment",
    (api) =>
      api.attachments.tryFind({
        account,
        key: { connection: key, workspace: "analytics" },
      }),
  ],
  [
    "the links of an owner",
    (api) => api.links.list({ account, owner: account }),
  ],
  [
    "a link",
    (api) =>
      api.links.tryFind({
        account,
        key: { connection: key, deployment: "prod" },
      }),
  ],
  [
    "what a deployment sees",
    (api) => api.deployments.effectiveConnections({ account, name: "prod" }),
  ],
  ["the tokens", (api) => api.tokens.list()],
])("%s are the same over HTTP as in this process", async (_title, call) => {
  await bothWays(call);
});

test("listings go on where the last page ended", async () => {
  const other = { kind: "user", name: "pages" } as const;
  for (const name of ["a", "b", "c"])
    await client.workspaces.create({ account: other, name });
  const first = await client.workspaces.list({ account: other, limit: 2 });
  expect(first.items.map(({ name }) => name)).toEqual(["a", "b"]);
  const second = await client.workspaces.list({
    account: other,
    limit: 2,
    cursor: first.nextCursor,
  });
  expect(second.items.map(({ name }) => name)).toEqual(["c"]);
  expect(second.nextCursor).toBeUndefined();
});

test("an account is made once and deleted", async () => {
  const made = { kind: "user", name: "jane" } as const;
  const first = await client.accounts.ensure({ account: made });
  expect(await client.accounts.ensure({ account: made })).toEqual(first);
  await client.accounts.delete({ account: made });
  await client.accounts.delete({ account: made });
  expect(await client.accounts.tryFind({ account: made })).toBeUndefined();
});

test("a status is reported without a change of the concurrency token", async () => {
  const before = await client.connections.tryFind({ account, key });
  const reported = await client.connections.setStatus({
    account,
    key,
    status: "error",
    message: "refused",
  });
  expect(reported).toEqual({
    ...before,
    status: "error",
    statusMessage: "refused",
  });
});

test("an idempotency key that is used again gives the first answer", async () => {
  const create = () =>
    client.workspaces.create({
      account,
      name: "once",
      idempotencyKey: "key-1",
    });
  expect(await create()).toEqual(await create());
  await expect(
    client.workspaces.create({ account, name: "once" }),
  ).rejects.toThrow("already_exists");
});

test("a token is made, shown once, used and revoked", async () => {
  const scope = { kind: "account", account } as const;
  const made = await client.tokens.create({ scope, description: "pipeline" });
  expect(JSON.stringify(made)).not.toContain(made.token.reveal());
  const ours = clientWith(made.token);
  expect((await ours.connections.list({ account })).items).toHaveLength(1);
  const listed = (await client.tokens.list()).items.find(
    ({ platformId }) => platformId === made.platformId,
  );
  expect(listed).toEqual({
    platformId: made.platformId,
    scope,
    description: "pipeline",
  });
  await client.tokens.delete({ platformId: made.platformId });
  await expect(ours.connections.list({ account })).rejects.toThrow(
    "unauthorized",
  );
});

test("a deployment's token gets its secrets and nothing else", async () => {
  const { token } = await client.tokens.create({
    scope: { kind: "deployment", account, deployment: "prod" },
  });
  const ours = clientWith(token);
  const { items } = await ours.deployments.effectiveConnectionsWithSecrets({
    account,
    name: "prod",
  });
  expect(items.map(({ secrets }) => ({ ...secrets.reveal() }))).toEqual([
    { password: "another-unreal-password" },
  ]);
  expect(items[0]).toMatchObject({
    connection: key,
    config: { schema: "PROD" },
    through: "link",
  });
  expect(JSON.stringify(items)).not.toContain("unreal");
  await expect(ours.connections.list({ account })).rejects.toThrow("forbidden");
});

test("secrets that the token may not read are an unexpected answer, not an empty one", async () => {
  await expect(
    client.deployments.effectiveConnectionsWithSecrets({
      account,
      name: "prod",
    }),
  ).rejects.toThrow(/invalid_answer|forbidden/);
});
