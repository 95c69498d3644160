import { PatchbayError } from "../../diagnostics";
import type { Connection, Link, Platform } from "../../model";
import {
  type AstroStandin,
  openWithStandin,
} from "../../../test/standins/astro";
import { environmentObjectOf } from "./answers";
import { type Edit, UpdateQueue } from "./update-queue";

const owner = { kind: "workspace", name: "analytics" } as const;
const key = { owner, name: "warehouse" };
const warehouse: Connection = {
  ...key,
  type: "postgresql",
  config: { host: "db.example.com", login: "loader" },
};
const update = {
  method: "POST",
  pathTemplate:
    "/v1/organizations/{organizationId}/environment-objects/{environmentObjectId}",
} as const;

let platform: Platform;
let standin: AstroStandin;
beforeEach(async () => {
  ({ platform, standin } = await openWithStandin({ moreDeployments: 20 }));
  await platform.connections.create(warehouse);
  standin.clearRequests();
});
afterEach(() => platform.close());

const names = Array.from({ length: 10 }, (_, index) => `d${index}`);
const linkTo = (deployment: string): Link => ({
  connection: key,
  deployment,
  overrides: {},
});
const linkAll = () =>
  Promise.allSettled(names.map((name) => platform.links!.create(linkTo(name))));
const codesOf = (outcomes: Awaited<ReturnType<typeof linkAll>>) =>
  outcomes.map((outcome) =>
    outcome.status === "fulfilled"
      ? "made"
      : (outcome.reason as PatchbayError).diagnostics[0]?.code,
  );

test("links whose update was made, and its answer lost, are made", async () => {
  standin.failNext({ match: update, fault: { kind: "cut", when: "after" } });
  expect(codesOf(await linkAll())).toEqual(names.map(() => "made"));
  expect(standin.world.objects[0]!.links).toHaveLength(10);
});

test("links fail where the connection is deleted while they settle", async () => {
  standin.onNext({
    match: update,
    when: "after",
    run: () => {
      standin.world.objects = [];
    },
  });
  expect(codesOf(await linkAll())).toEqual(names.map(() => "not_found"));
});

/** How long the changes of one object waited, each of which takes its wave's turn. */
async function waitedFor(waves: readonly number[]): Promise<number> {
  let now = 0;
  let waited = 0;
  const object = environmentObjectOf({
    id: "e",
    objectKey: "warehouse",
    objectType: "CONNECTION",
    scope: "WORKSPACE",
    scopeEntityId: "w",
    connection: { type: "postgres" },
  });
  const queue = new UpdateQueue("e", {
    client: {
      tryGet: () => Promise.resolve(object),
      update: () => Promise.resolve(object),
    },
    time: {
      now: () => now,
      sleep: async (milliseconds) => {
        now += milliseconds;
        waited += milliseconds;
        await Promise.resolve();
      },
    },
    random: () => 0,
    gone: () => new PatchbayError({ code: "not_found", detail: "" }),
  });
  const edit: Edit = {
    apply: () => undefined,
    holds: () => true,
    failure: () => new PatchbayError({ code: "conflict", detail: "" }),
    shared: true,
    writesSecrets: false,
  };
  for (const count of waves)
    await Promise.all(
      Array.from({ length: count }, () => queue.edit(edit, undefined)),
    );
  return waited;
}

test.each([
  ["one link alone", [1], 500],
  ["links one after the other", [1, 1, 1], 1500],
  ["full waves", [10, 10], 500 + 50 + 500],
  ["a last wave that is not full", [10, 3], 500 + 500 + 500],
])(
  "%s wait no longer than they have to",
  async (_what, waves, milliseconds) => {
    expect(await waitedFor(waves)).toBe(milliseconds);
  },
);
