import type { Platform } from "../../model";
import {
  type AstroStandin,
  idOf,
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
