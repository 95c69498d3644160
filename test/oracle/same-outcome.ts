/** Holds what one side comes to against what another does: equal actions, fields, writes and stores, spelling apart. */
import type { Outcome, PlannedThing } from "./outcome";
import { differingPaths, type StoreView } from "./store-view";

/** Everything in which they differ, as sentences; none where they are the same. */
export function differences(left: Outcome, right: Outcome): readonly string[] {
  const [ours, theirs] = [byKey(left, right), byKey(right, left)];
  return [
    ...[...new Set([...ours.keys(), ...theirs.keys()])].flatMap((what) => {
      const [one, other] = [text(ours.get(what)), text(theirs.get(what))];
      return one === other ? [] : [`${what}: ${one}, and ${other}`];
    }),
    ...differencesOfWrites(left, right),
    ...differencesOfStores(left, right),
  ];
}

/**
 * By kind and natural key. Who knows no addresses cannot tell that something is
 * renamed: to them it goes, and something else comes. An update that changes
 * nothing that is seen on the platform is as good as none.
 */
function byKey(
  { planned }: Outcome,
  other: Outcome,
): ReadonlyMap<string, Pick<PlannedThing, "action" | "changed" | "open">> {
  const others = new Map(
    [...other.planned.values()].map((thing) => [
      `${thing.kind} ${thing.id}`,
      thing,
    ]),
  );
  return new Map(
    [...planned.values()].flatMap((thing) => {
      const { kind, id, was, changed, open } = thing;
      const isRenamed = was !== undefined && was !== id;
      const isAnother = others.get(`${kind} ${id}`)?.action === "create";
      if (isRenamed && isAnother) {
        const gone = { action: "delete", changed: [], open: [] } as const;
        const made = { action: "create", changed: [], open: [] } as const;
        return [
          [`${kind} ${was}`, gone],
          [`${kind} ${id}`, made],
        ] as const;
      }
      const isUnseen =
        thing.action === "update" && changed.length === 0 && open.length === 0;
      const action = isUnseen ? "none" : thing.action;
      const replacesRenamed =
        action === "create" && isNewNameIn(other, `${kind} ${id}`);
      return [
        [
          `${kind} ${id}`,
          replacesRenamed
            ? { action, changed: [], open: [] }
            : { action, changed, open },
        ],
      ] as const;
    }),
  );
}

function isNewNameIn({ planned }: Outcome, what: string): boolean {
  return [...planned.values()].some(
    ({ kind, id, was }) =>
      was !== undefined && was !== id && `${kind} ${id}` === what,
  );
}

function text(
  thing: Pick<PlannedThing, "action" | "changed" | "open"> | undefined,
): string {
  if (thing === undefined || thing.action === "none") return "none";
  const { action, changed, open } = thing;
  const parts = [action, ...[...changed].sort()];
  return [...parts, ...[...open].sort().map((path) => `${path}?`)].join(" ");
}

/** An update of what one side takes for none is sent by the other alone; everything else by both. */
function differencesOfWrites(left: Outcome, right: Outcome): readonly string[] {
  const unseen = unseenUpdates(left, right);
  const renamed = new Set(
    [left, right].flatMap(({ planned }) =>
      [...planned.values()]
        .filter(({ id, was }) => was !== undefined && was !== id)
        .flatMap(({ kind, id, was }) => [`${kind} ${id}`, `${kind} ${was}`]),
    ),
  );
  const sent = ({ writes }: Outcome) =>
    writes
      .filter(({ what }) => !renamed.has(what))
      .filter(({ does, what }) => does !== "update" || !unseen.has(what))
      .map(({ does, what }) => `${does} ${what}`)
      .sort();
  const [ours, theirs] = [sent(left).join("\n"), sent(right).join("\n")];
  return ours === theirs ? [] : [`sent: ${ours}\nand: ${theirs}`];
}

/** Updates in which nothing surely changes that is seen on the platform, by what is updated: what was left open may come to what it was. */
function unseenUpdates(...sides: readonly Outcome[]): ReadonlySet<string> {
  return new Set(
    sides.flatMap(({ planned }) =>
      [...planned.values()]
        .filter(
          ({ action, changed }) => action === "update" && changed.length === 0,
        )
        .map(({ kind, id, was = id }) => `${kind} ${was}`),
    ),
  );
}

/** The platform's own ids apart, and secrets that are only sent along with such an update. */
function differencesOfStores(one: Outcome, other: Outcome): readonly string[] {
  const unseen = unseenUpdates(one, other);
  const left: StoreView = one.after;
  const right: StoreView = other.after;
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((what) => {
    const [here, there] = [left.get(what), right.get(what)];
    if (here === undefined || there === undefined)
      return [`${what} is there on one side only`];
    const paths = differingPaths(here.fields, there.fields).filter(
      (path) => !(unseen.has(what) && path.startsWith("secrets.")),
    );
    return paths.length === 0
      ? []
      : [`${what} is stored otherwise: ${paths.join(", ")}`];
  });
}
