import { codesOf } from "./core-fixture";
import {
  acme,
  applied,
  attachment,
  connection,
  expectSettled,
  link,
  setUp,
  stateOf,
  workspace,
} from "./declared-fixture";

const name = "team/jane@example.com";
const id = "organization/acme/team%2Fjane%40example.com";

test("names that hold what separates the parts of an id live through apply, plan, import and removal", async () => {
  const { core, platform } = setUp();
  const management = platform.inventoryManagement!;
  await management.createWorkspace({ owner: acme, name: "a/b" });
  await management.createDeployment({
    owner: acme,
    name: "prod@eu",
    workspace: "a/b",
  });
  const declared = [
    connection({ name }),
    attachment({ connection_id: id, workspace: "a/b" }),
    link({ connection_id: id, deployment: "prod@eu" }),
    workspace({ name: "x/y" }),
  ];
  await applied(core, declared);
  expect(stateOf(core, "connection.warehouse")).toMatchObject({ id, name });
  expect(stateOf(core, "attachment.analytics")).toMatchObject({
    id: `${id}@workspace/a%2Fb`,
  });
  expect(stateOf(core, "link.prod")).toMatchObject({
    id: `${id}@deployment/prod%40eu`,
  });
  expect(stateOf(core, "workspace.analytics")).toMatchObject({
    id: "organization/acme/workspace/x%2Fy",
  });
  await expectSettled(core, declared);
  const removed = await core.apply([]);
  expect(removed.diagnostics).toEqual([]);
  expect(await platform.connections.list!(acme)).toEqual([]);
});

test("a connection of such a workspace is found by its owner, as it is written in ids", async () => {
  const { core, platform } = setUp();
  await platform.inventoryManagement!.createWorkspace({
    owner: acme,
    name: "a/b",
  });
  const declared = [connection({ owner: "workspace/a%2Fb" })];
  await applied(core, declared);
  expect(stateOf(core, "connection.warehouse")["id"]).toBe(
    "workspace/a%2Fb/warehouse",
  );
  await expectSettled(core, declared);
  const { diagnostics } = await core.plan([
    connection({ owner: "workspace/a/b" }, "connection.other"),
  ]);
  expect(codesOf(diagnostics)).toContain("invalid_name");
});
