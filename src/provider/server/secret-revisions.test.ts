/** Which secrets a plan changes, and which deployments see it: told by revisions, since the values are nowhere. */
import { KNOWN_AFTER_APPLY } from "../../model";
import { recordOf, UNKNOWN } from "../wire";
import { type Declared, dynamic } from "./core-fixture";
import {
  actions,
  applied,
  attachment,
  connection,
  expectSettled,
  later,
  link,
  linkKey,
  plain,
  setUp,
  stateOf,
  withPlaces,
} from "./declared-fixture";

type Secrets = Readonly<Record<string, string>>;

const all = (secrets: Secrets, overridden?: Secrets): readonly Declared[] => [
  connection({ type: "snowflake", config, secrets_wo: dynamic(secrets) }),
  attachment(),
  link(
    overridden === undefined
      ? {}
      : { override_secrets_wo: dynamic(overridden) },
  ),
];
const config = dynamic({
  account: "xy12345",
  login: "loader",
  database: "DEMO",
  warehouse: "WH",
});
const keyPair = { private_key: "KEY", private_key_passphrase: "one" };
const revisionsOf = (
  record: Readonly<Record<string, unknown>>,
  name = "secret_revisions",
) => plain(record[name] as never);

test("the rotation of one secret shows it alone, also twice in a row", async () => {
  const { core, platform } = setUp();
  await withPlaces(platform);
  await applied(core, all(keyPair));
  const revisions = () => revisionsOf(stateOf(core, "connection.warehouse"));
  expect(revisions()).toEqual({ private_key: 1, private_key_passphrase: 1 });
  for (const [revision, value] of [
    [2, "two"],
    [3, "three"],
  ] as const) {
    const rotated = all({ ...keyPair, private_key_passphrase: value });
    const walk = await applied(core, rotated);
    const { planned } = walk.objects.get("connection.warehouse")!;
    expect(revisionsOf(planned!)).toEqual({
      private_key: 1,
      private_key_passphrase: revision,
    });
    await expectSettled(core, rotated);
    expect(revisions()).toEqual({
      private_key: 1,
      private_key_passphrase: revision,
    });
  }
  const private_ = Buffer.from(
    core.stored.get("connection.warehouse")!.private,
  ).toString();
  expect(private_).not.toMatch(/KEY|three/);
});

test("every deployment that sees a new password is in the plan, and nothing is sent to it", async () => {
  const { core, platform } = setUp();
  await withPlaces(platform);
  const password = (value: string) => all({ password: value });
  await applied(core, password("one"));
  await expectSettled(core, password("one"));
  expect(stateOf(core, "link.prod")["seen_secrets_revision"]).toBe(1);
  platform.resetCalls();
  const walk = await applied(core, password("two"));
  expect(actions(walk)).toMatchObject({ "link.prod": "update" });
  expect(walk.objects.get("link.prod")!.planned!["seen_secrets_revision"]).toBe(
    2,
  );
  expect(platform.callCount("links.update")).toBe(0);
  await expectSettled(core, password("two"));
});

test("a deployment that overrides it is not, and counts what it overrides by itself", async () => {
  const { core, platform } = setUp();
  await withPlaces(platform);
  const declared = (theirs: string, own: string) =>
    all({ password: theirs }, { password: own });
  await applied(core, declared("one", "own"));
  expect(
    revisionsOf(stateOf(core, "link.prod"), "override_secret_revisions"),
  ).toEqual({ password: 1 });
  const walk = await applied(core, declared("two", "own"));
  expect(actions(walk)).toMatchObject({ "link.prod": "no-op" });
  await applied(core, declared("two", "other"));
  expect(
    revisionsOf(stateOf(core, "link.prod"), "override_secret_revisions"),
  ).toEqual({ password: 2 });
  expect(platform.overrideSecretsOf(linkKey)).toEqual({ password: "other" });
  await expectSettled(core, declared("two", "other"));
});

test("states of before are filled by the first refresh, and nothing is planned", async () => {
  const { core, platform } = setUp();
  await withPlaces(platform);
  const linked = all({ password: "one" });
  await applied(core, linked);
  for (const [address, object] of core.stored) {
    const { secretDigests: _, ...remembered } = JSON.parse(
      Buffer.from(object.private).toString() || "{}",
    ) as Record<string, unknown>;
    const state = recordOf(
      Object.entries(object.state).map(([name, value]) => [
        name,
        /_revisions$|^seen_|_platform_id$/.test(name) ? null : value,
      ]),
    );
    const bytes = Buffer.from(JSON.stringify(remembered));
    core.stored.set(address, { ...object, state, private: bytes });
  }
  const unread = await core.plan(linked, { refresh: false });
  expect([...new Set(Object.values(actions(unread)))]).toEqual(["no-op"]);
  await expectSettled(core, linked);
  expect(revisionsOf(stateOf(core, "connection.warehouse"))).toEqual({
    password: 1,
  });
  expect(stateOf(core, "link.prod")).toMatchObject({
    seen_secrets_revision: 1,
    connection_platform_id: stateOf(core, "connection.warehouse")[
      "platform_id"
    ],
  });
});

test("what is known later leaves the revisions open until it is known", async () => {
  const { core, platform } = setUp();
  await withPlaces(platform);
  await applied(core, all(keyPair));
  const rotated = all({ ...keyPair, private_key_passphrase: "two" });
  const declared = [
    later(rotated[0]!, {
      secrets_wo: dynamic({
        private_key: "KEY",
        private_key_passphrase: KNOWN_AFTER_APPLY,
      }),
    }),
    ...rotated.slice(1),
  ];
  const walk = await applied(core, declared);
  const { planned } = walk.objects.get("connection.warehouse")!;
  // It may come to null, and then it is no secret that is set.
  expect(planned!["secret_revisions"]).toEqual(UNKNOWN);
  expect(revisionsOf(stateOf(core, "connection.warehouse"))).toEqual({
    private_key: 1,
    private_key_passphrase: 2,
  });
  await expectSettled(core, rotated);
});
