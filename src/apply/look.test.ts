import { declaredConnection } from "../../test/support/declared-of";
import { Secret } from "../diagnostics";
import type { Connection } from "../model";
import { nothingRemembered, planConnection, rulesOf } from "../plan";
import { createMemoryPlatform } from "../testing";
import { Look } from "./look";
import { Snapshot } from "./snapshot";

const connection = (config: Connection["config"]): Connection => ({
  owner: { kind: "organization", name: "acme" },
  name: "warehouse",
  type: "memory:x",
  config,
  secrets: new Secret({}),
});

test.each([
  ["a set is the same", true],
  ["a list differs", false],
])("of what is there already, in another order %s", async (_, isSet) => {
  const memory = createMemoryPlatform();
  await memory.connections.create(connection({ tags: ["a", "b"], port: 1 }));
  const platform = {
    ...memory,
    ...(isSet && { rules: { setFields: () => ["tags"] } }),
  };
  const planned = planConnection({
    declared: declaredConnection(connection({ tags: ["b", "a"], port: 2 })),
    before: undefined,
    memory: nothingRemembered,
    rules: rulesOf(platform),
  });
  const look = new Look({ platform, snapshot: new Snapshot(platform) });
  const [told] = await look.before(planned, { isInState: false });
  expect(told!.detail).toContain("organization/acme/warehouse exists already");
  expect(told!.detail).toContain("config.port");
  expect(told!.detail!.includes("config.tags")).toBe(!isSet);
});
