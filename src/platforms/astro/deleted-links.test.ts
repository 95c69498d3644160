import type { Platform } from "../../model";
import {
  type AstroStandin,
  idOf,
  openAt,
  openWithStandin,
} from "../../../test/standins/astro";

/** Astro goes on listing deployments that were deleted, and refuses them with 500 when they are sent back. */

const owner = { kind: "workspace", name: "analytics" } as const;
const key = { owner, name: "warehouse" };
const warehouse = {
  ...key,
  type: "postgresql",
  config: { host: "db.example.com", login: "loader" },
};

let platform: Platform;
let standin: AstroStandin;
beforeEach(async () => {
  ({ platform, standin } = await openWithStandin());
  await platform.connections.create({
    ...warehouse,
    autoLink: true,
    autoLinkExcept: ["staging"],
  });
  await platform.links!.create({
    connection: key,
    deployment: "prod",
    overrides: {},
  });
});
afterEach(() => platform.close());

test.each(["prod", "staging"])(
  "an update leaves the deleted deployment %s out",
  async (name) => {
    const { id } = standin.world.deployments.find(
      (deployment) => deployment.name === name,
    )!;
    standin.remove(id);
    await platform.connections.update(key, {
      ...warehouse,
      autoLink: true,
      autoLinkExcept: name === "staging" ? [] : ["staging"],
      description: "changed",
    });
    expect(standin.world.objects[0]).toMatchObject({ description: "changed" });
    expect(JSON.stringify(standin.world.objects)).not.toContain(id);
  },
);

test("a connection whose only link is to a deleted deployment can be deleted", async () => {
  standin.remove(idOf("d", 1));
  expect(await platform.links!.list(owner)).toEqual([]);
  await platform.connections.delete(key);
  expect(standin.world.objects).toEqual([]);
});

describe("a token that does not see the deployments", () => {
  test("leaves them linked", async () => {
    standin.world.hidden = [idOf("d", 1)];
    await openAt(standin.url).connections.update(key, {
      ...warehouse,
      autoLink: true,
      autoLinkExcept: ["staging"],
      description: "changed",
    });
    expect(standin.world.objects).toMatchObject([
      {
        description: "changed",
        links: [{ deploymentId: idOf("d", 1) }],
        excludeLinks: [idOf("d", 2)],
      },
    ]);
  });

  test("leaves them excluded", async () => {
    standin.world.hidden = [idOf("d", 2)];
    const other = openAt(standin.url);
    expect(await other.connections.tryFind(key)).toMatchObject({
      autoLinkExcept: [idOf("d", 2)],
    });
    await other.links!.update({
      connection: key,
      deployment: "prod",
      overrides: { host: "other.example.com" },
    });
    expect(standin.world.objects).toMatchObject([
      {
        links: [{ overrides: { host: "other.example.com" } }],
        excludeLinks: [idOf("d", 2)],
      },
    ]);
  });

  test("and may not list them, reads what is owned by id", async () => {
    Object.assign(standin.behaviour, { listsPlaces: false });
    const byId = { kind: "workspace", name: idOf("w", 1) } as const;
    const other = openAt(standin.url);
    expect(await other.connections.list!(byId)).toMatchObject([
      { name: "warehouse", autoLinkExcept: [idOf("d", 2)] },
    ]);
    expect(await other.links!.list(byId)).toMatchObject([
      { deployment: idOf("d", 1) },
    ]);
    expect(await other.connections.tryFindOwner!(byId)).toEqual(byId);
    standin.remove(byId.name);
    expect(await other.connections.tryFindOwner!(byId)).toBeUndefined();
  });

  test("and is asked for by its id once for all connections of a listing", async () => {
    for (let count = 0; count < 5; count++)
      standin.add({
        ...standin.world.objects[0]!,
        objectKey: `c${count}`,
        scopeEntityId: idOf("w", 1),
      });
    standin.remove(idOf("d", 1));
    standin.world.hidden = [idOf("d", 2)];
    standin.clearRequests();
    await platform.connections.list!(owner);
    const paths = standin.requests().map(({ path }) => path);
    expect(paths.filter((path) => /deployments\/./.test(path))).toHaveLength(2);
    expect(paths.filter((path) => /deployments$/.test(path))).toHaveLength(1);
  });
});
