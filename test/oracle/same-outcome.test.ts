import type { Outcome, PlannedThing } from "./outcome";
import { differences } from "./same-outcome";

const id = "organization/acme/warehouse";
const update: PlannedThing = {
  kind: "connection",
  id,
  was: id,
  action: "update",
  changed: ["config.port"],
  open: [],
  unseen: [],
};

function outcome(
  things: readonly PlannedThing[],
  others: Partial<Outcome> = {},
): Outcome {
  return {
    planned: new Map(things.map((thing, index) => [String(index), thing])),
    before: new Map(),
    after: new Map(),
    writesOfPlan: 0,
    writes: [],
    effective: new Map(),
    failures: [],
    unsettled: [],
    ...others,
  };
}

test("two sides that come to the same do not differ", () => {
  expect(differences(outcome([update]), outcome([update]))).toEqual([]);
});

test("an update that nothing shows is as good as none", () => {
  const writes = [{ does: "update", what: `connection ${id}` }] as const;
  expect(
    differences(
      outcome([{ ...update, changed: [] }], { writes }),
      outcome([{ ...update, action: "none", changed: [] }]),
    ),
  ).toEqual([]);
});

test("what is renamed may as well go and come", () => {
  const renamed = { ...update, id: "organization/acme/lake" };
  const gone = { ...update, action: "delete", changed: [] } as const;
  const made = { ...renamed, was: undefined, action: "create" } as const;
  expect(differences(outcome([renamed]), outcome([gone, made]))).toEqual([]);
  expect(differences(outcome([gone, made]), outcome([renamed]))).toEqual([]);
});

test.each<[title: string, other: Outcome]>([
  ["another action", outcome([{ ...update, action: "replace" }])],
  ["another field", outcome([{ ...update, changed: ["config.host"] }])],
  [
    "a field that is left open",
    outcome([{ ...update, changed: [], open: ["config.port"] }]),
  ],
  ["an object less", outcome([])],
  [
    "a write more",
    outcome([update], {
      writes: [{ does: "delete", what: "link a@deployment/b" }],
    }),
  ],
  [
    "another store",
    outcome([update], { after: new Map([["x", { fields: new Map() }]]) }),
  ],
])("%s is a difference", (_title, other) => {
  expect(differences(outcome([update]), other)).not.toEqual([]);
});
