/**
 * What users have: states, private states and hubs that earlier builds wrote, on
 * every platform (test/fixtures/states). This build reads them and finds
 * nothing to do. Only the provider's RPCs are called, as core calls them.
 */
import type { JsonObject, JsonValue } from "../src/model";
import { platformDefinitions } from "../src/platforms/registry";
import type { PlatformName } from "../src/platforms/registry";
import {
  type Action,
  codesOf,
  type Declared,
  type PlanOptions,
  SimulatedCore,
  type Walk,
} from "../src/provider/server/core-fixture";
import { actions, applied } from "../src/provider/server/declared-fixture";
import { toStateJson } from "../src/provider/server/state-json-fixture";
import { declarations } from "./fixtures/states/declarations";
import {
  buildsWithStates,
  declaredBy,
  hasStates,
  readStates,
  secretTexts,
  type StateObject,
} from "./fixtures/states/states-file";
import { savedWorld, type StatesWorld } from "./fixtures/states/worlds";

const platforms = Object.keys(declarations) as readonly PlatformName[];
const kept = buildsWithStates().flatMap((build) =>
  platforms
    .filter((platform) => hasStates(build, platform))
    .map((platform) => ({ build, platform })),
);

/** What builds until 0.1 wrote into Astro's extra for themselves, and the next update takes away. */
function marked(platform: PlatformName, address: string): boolean {
  return platform === "astro" && address === "patchbay_connection.generic";
}

test.each(platforms)("states of %s are kept", (platform) => {
  expect(kept.map((one) => one.platform)).toContain(platform);
});

describe.each(kept)("states of $platform by $build", ({ build, platform }) => {
  const { objects, world: saved } = readStates(build, platform);
  const unchanged = objects.map((object) => declaredToday(object));
  const changed = objects.map((object) => declaredToday(object, true));

  /** On a world of its own, as the build left it; whatever was opened is closed. */
  const onWorld = async <T>(
    use: (session: Session) => Promise<T>,
  ): Promise<T> => {
    const world = await savedWorld(platform, build, saved);
    const session = new Session(world);
    try {
      return await use(session);
    } finally {
      await session.end();
      await world.close();
    }
  };
  const planned = async (
    core: SimulatedCore,
    options: PlanOptions = {},
  ): Promise<Walk> => {
    const walk = await core.plan(unchanged, options);
    // Of what is tainted, core shows the plan nothing but its creation, as of a block that was renamed.
    const tainted = objects.flatMap((object) =>
      object.tainted ? [String(object.state["id"])] : [],
    );
    expect(
      walk.diagnostics.filter(
        ({ detail = "" }) =>
          !detail.startsWith("This is the second object that exists already") &&
          !tainted.some(
            (id) =>
              detail.startsWith(`${id} is in this state already`) ||
              detail.startsWith(`${id} exists already`),
          ),
      ),
    ).toEqual([]);
    return walk;
  };

  describe.each([
    ["read again", true],
    ["as they are, with -refresh=false,", false],
  ])("%s", (_title, refresh) => {
    let walk: Walk;
    let writes: readonly string[];
    beforeAll(() =>
      onWorld(async (session) => {
        walk = await planned(await session.coreWith(objects), { refresh });
        writes = await session.end();
      }),
    );

    test.each(objects)("$address plans as expected", (object) => {
      const { address, tainted, respelled = false } = object;
      // Only what was read is known to mean the same.
      const differs = refresh ? marked(platform, address) : respelled;
      expect(walk.objects.get(address)?.action).toBe(
        tainted ? "replace" : differs ? "update" : "no-op",
      );
    });

    test("nothing was written to the platform", () => {
      expect(writes).toEqual([]);
    });
  });

  test("a small change of all that can be changed is planned and applied, and then there is nothing to do", () =>
    onWorld(async (session) => {
      const core = await session.coreWith(objects);
      const walk = await core.apply(changed);
      // Hosts change, too: a plan warns of secrets that could be lost, that go elsewhere, and that are sent along.
      const expected = [
        "secret_would_be_lost",
        "destination_changed",
        "secrets_sent_along",
      ];
      expect(
        codesOf(walk.diagnostics).filter((code) => !expected.includes(code)),
      ).toEqual([]);
      expect(actions(walk)).toMatchObject(
        expectedActions(({ change, tainted }) =>
          tainted ? "replace" : change === undefined ? "no-op" : "update",
        ),
      );
      for (const object of objects.filter(({ tainted }) => !tainted)) {
        const { address } = object;
        const state = toStateJson(core.stored.get(address)!.state);
        expect([address, revisionOf(state)]).toEqual([
          address,
          // What changes in extra may name a place, the old mark included.
          revisionAfterChange(object, marked(platform, address)),
        ]);
      }
      await expectNothingToDo(core);
      expect(await session.end()).not.toEqual([]);
    }));

  test("everything can be destroyed", () =>
    onWorld(async (session) => {
      const core = await session.coreWith(objects);
      // What is protected has to be changed first.
      const isProtected = ({ state }: StateObject) =>
        state["deletion_protection"] === true;
      await applied(
        core,
        objects.map((object) => declaredToday(object, isProtected(object))),
      );
      const walk = await applied(core, []);
      expect(actions(walk)).toEqual(expectedActions(() => "delete"));
      expect([...core.stored.keys()]).toEqual([]);
      await session.end();
      expect(await session.world.countConnections()).toBe(0);
    }));

  test.each([
    ["is cut in half", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["is of something else", () => Buffer.from('{"secretsDigest":7}')],
    ["is no JSON", () => Buffer.from([0xff, 0x00, 0x7b])],
    ["is lost", () => Buffer.alloc(0)],
  ])(
    "where the private state %s, declared secrets are sent once more, and nothing else is done",
    (_title, damaged) =>
      onWorld(async (session) => {
        const core = await session.coreWith(
          objects.map((object) => ({
            ...object,
            private: damaged(Buffer.from(object.private, "base64")).toString(
              "base64",
            ),
          })),
        );
        const walk = await planned(core);
        // A deployment that sees secrets that are sent once more is in the plan, too.
        const shows = (object: StateObject) =>
          object.type === "patchbay_deployment_link" &&
          objects.some(
            (other) =>
              other.state["id"] === object.state["connection_id"] &&
              secretTexts(other, allSecrets).length > 0,
          );
        expect(actions(walk)).toEqual(
          expectedActions((object) =>
            object.tainted
              ? "replace"
              : secretTexts(object, allSecrets).length > 0
                ? "update"
                : shows(object)
                  ? expect.stringMatching(/^(update|no-op)$/)
                  : "no-op",
          ),
        );
        await applied(core, unchanged);
        await expectNothingToDo(core, unchanged);
      }),
  );

  const removing = objects.filter(
    ({ config }) => inTodaysWords(config)["removed_fields"] !== undefined,
  );
  test(`what a null removed (${removing.length}) is asked for in the words of today`, () =>
    onWorld(async (session) => {
      const core = await session.coreWith(removing);
      const walk = await core.plan(removing.map((one) => declaredBy(one)));
      expect(walk.diagnostics.map(({ detail }) => detail)).toEqual(
        removing.map(() => expect.stringContaining("write removed_fields = ")),
      );
    }));

  const moved = objects.filter(({ movedFrom }) => movedFrom !== undefined);
  test(`what was moved from other providers (${moved.length}) comes to the same state again`, () =>
    onWorld(async (session) => {
      const core = await session.coreWith([]);
      for (const object of moved)
        expect(await core.move(object, object.movedFrom!)).toEqual([]);
      for (const { address, state } of moved)
        expect(toStateJson(core.stored.get(address)!.state)).toMatchObject(
          state,
        );
      expect(await session.end()).toEqual([]);
    }));

  test.each(objects.filter(({ importedBy }) => importedBy !== undefined))(
    "$address can be imported again",
    (object) =>
      onWorld(async (session) => {
        const core = await session.coreWith([]);
        expect(await core.import(object, object.importedBy!)).toEqual([]);
        const imported = toStateJson(core.stored.get(object.address)!.state);
        const { id = null, platform_id = null } = object.state;
        // Of secrets that were sent later, an import knows nothing.
        expect(imported).toMatchObject(
          secretTexts(object, allSecrets).length === 0
            ? inTodaysWords(object.state)
            : { id, platform_id },
        );
        expect(await session.end()).toEqual([]);
      }),
  );

  test("hold no secret that is write-only, and privately none at all", () => {
    for (const object of objects) {
      const remembered = Buffer.from(object.private, "base64").toString();
      const state = JSON.stringify(object.state);
      for (const secret of secretTexts(object, allSecrets))
        expect(remembered).not.toContain(secret);
      for (const secret of secretTexts(object, writeOnlySecrets))
        expect(state).not.toContain(secret);
    }
    expect(
      objects.flatMap((object) => secretTexts(object, writeOnlySecrets)),
    ).not.toEqual([]);
  });

  test("are of all that the platform supports, imported, moved and tainted", () => {
    const { capabilities, moves = [] } = platformDefinitions.find(
      ({ name }) => name === platform,
    )!;
    const types = [
      "patchbay_connection",
      ...Object.entries(typesByFeature).flatMap(([feature, named]) =>
        capabilities.features.some((one) => one === feature) ? named : [],
      ),
    ];
    const typesOf = (fits: (object: StateObject) => boolean) =>
      [...new Set(objects.filter(fits).map(({ type }) => type))].sort();
    expect(typesOf(() => true)).toEqual(types.sort());
    expect(typesOf(({ tainted }) => tainted)).toEqual(types);
    expect(typesOf(({ importedBy }) => importedBy !== undefined)).toEqual(
      types,
    );
    for (const { sourceProvider, sourceType, targetType } of moves)
      expect(
        objects.some(
          ({ type, movedFrom }) =>
            type === targetType &&
            movedFrom?.type === sourceType &&
            movedFrom.provider.endsWith(`/${sourceProvider}`),
        ),
      ).toBe(true);
  });

  function expectedActions(
    of: (object: StateObject) => Action,
  ): Readonly<Record<string, Action>> {
    return Object.fromEntries(
      objects.map((object) => [object.address, of(object)]),
    );
  }

  async function expectNothingToDo(
    core: SimulatedCore,
    declared = changed,
  ): Promise<void> {
    const walk = await core.plan(declared);
    expect(walk.diagnostics).toEqual([]);
    expect(actions(walk)).toEqual(expectedActions(() => "no-op"));
  }
});

/** In builds before, a null in `overrides` removed a field, and `overridden_fields` named them all. */
function inTodaysWords(attributes: JsonObject): JsonObject {
  const { overridden_fields: _, overrides, ...rest } = attributes;
  if (overrides === undefined) return rest;
  const { value, type } = (overrides ?? {}) as JsonObject;
  const nulls = Object.keys((value ?? {}) as JsonObject).filter(
    (name) => (value as JsonObject)[name] === null,
  );
  if (nulls.length === 0) return { ...rest, overrides };
  const kept = (fields: JsonValue): JsonObject =>
    Object.fromEntries(
      Object.entries(fields as JsonObject).filter(
        ([name]) => !nulls.includes(name),
      ),
    );
  const [, types] = type as readonly [string, JsonObject];
  return {
    ...rest,
    overrides: { value: kept(value!), type: ["object", kept(types)] },
    removed_fields: nulls,
  };
}

function declaredToday(object: StateObject, changed = false): Declared {
  const { config, change } = object;
  return declaredBy(
    {
      ...object,
      config: inTodaysWords(config),
      ...(change === undefined ? {} : { change: inTodaysWords(change) }),
    },
    changed,
  );
}

/** Runs of core on one world. */
class Session {
  readonly #cores: SimulatedCore[] = [];

  constructor(readonly world: StatesWorld) {}

  /** Core with these states, as the provider upgrades them. */
  async coreWith(states: readonly StateObject[]): Promise<SimulatedCore> {
    const core = new SimulatedCore(this.world);
    this.#cores.push(core);
    for (const { address, type, state, tainted, ...object } of states) {
      const diagnostics = await core.load(address, {
        type,
        state: JSON.stringify(state),
        private: Buffer.from(object.private, "base64"),
        tainted,
      });
      expect(diagnostics).toEqual([]);
    }
    return core;
  }

  /** Ends the provider, and tells what it may have changed. */
  async end(): Promise<readonly string[]> {
    for (const core of this.#cores.splice(0)) await core.context.close();
    return this.world.writes();
  }
}

/** How often secrets were sent. */
function revisionOf(state: JsonValue): JsonValue {
  const { secrets_revision, override_secrets_revision } = state as JsonObject;
  return secrets_revision ?? override_secrets_revision ?? null;
}

function revisionAfterChange(
  { state, change = {} }: StateObject,
  losesMark: boolean,
): JsonValue {
  const before = revisionOf(state);
  const sends =
    Object.keys(change).some((name) => name.includes("secrets")) ||
    (before !== 0 && (losesMark || goesElsewhere(state, change)));
  return typeof before === "number" && sends ? before + 1 : before;
}

/** Whether a plain field changes that may name a place: then secrets are sent along. */
function goesElsewhere(state: JsonObject, change: JsonObject): boolean {
  const [then, now] = [state["config"], change["config"]].map((config) =>
    JSON.stringify(
      Object.entries((config as { value?: object } | undefined)?.value ?? {})
        .filter(
          ([field]) =>
            /:|^generic$/.test(String(state["type"])) ||
            /host|port|url|servers|account|^(extra|headers|parameters|properties)$/.test(
              field,
            ),
        )
        .sort(),
    ),
  );
  return change["config"] !== undefined && then !== now;
}

const writeOnlySecrets = ["secrets_wo", "override_secrets_wo"];
const allSecrets = ["secrets", "override_secrets", ...writeOnlySecrets];

const typesByFeature: Readonly<Record<string, readonly string[]>> = {
  attachments: ["patchbay_workspace_attachment"],
  links: ["patchbay_deployment_link"],
  manage_inventory: ["patchbay_workspace", "patchbay_deployment"],
};
