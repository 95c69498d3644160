import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedHub } from "./embedded-hub";
import { openHubOnFirstWrite } from "./hub-on-first-write";

const account = { kind: "organization", name: "acme" } as const;
let workingDirectory: string;

beforeEach(() => {
  workingDirectory = mkdtempSync(join(tmpdir(), "patchbay-hub-"));
});
afterEach(() => rmSync(workingDirectory, { recursive: true }));

const options = () => ({ workingDirectory, environment: {} });

test("who only looks sees an empty hub and leaves no files; the first write makes it", async () => {
  const hub = await openHubOnFirstWrite(options());
  expect(await hub.api.workspaces.list({ account })).toMatchObject({
    items: [],
  });
  expect(
    await hub.api.workspaces.tryFind({ account, name: "analytics" }),
  ).toBeUndefined();
  expect(hub.isThere()).toBe(false);
  expect(existsSync(hub.directory)).toBe(false);

  await Promise.all(
    ["analytics", "finance"].map((name) =>
      hub.api.workspaces.create({ account, name }),
    ),
  );
  expect(hub.isThere()).toBe(true);
  expect((await hub.api.workspaces.list({ account })).items).toHaveLength(2);
  await hub.close();
});

test("one that somebody else makes meanwhile is seen", async () => {
  const hub = await openHubOnFirstWrite(options());
  expect((await hub.api.workspaces.list({ account })).items).toEqual([]);
  const other = await openEmbeddedHub(options());
  await other.api.workspaces.create({ account, name: "analytics" });
  await other.close();
  expect((await hub.api.workspaces.list({ account })).items).toHaveLength(1);
  await hub.close();
});

test("a failure to make it is told to each write, and the next one tries again", async () => {
  const hub = await openHubOnFirstWrite({
    ...options(),
    environment: { PATCHBAY_HUB_KEY: "too short" },
  });
  for (const name of ["analytics", "finance"])
    await expect(
      hub.api.workspaces.create({ account, name }),
    ).rejects.toMatchObject({ diagnostics: [{ code: "hub_key_wrong" }] });
  await hub.close();
});
