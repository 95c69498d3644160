import assert from "node:assert/strict";
import { equalInMeaning } from "../../catalog";
import { type DiagnosticCode, PatchbayError, Secret } from "../../diagnostics";
import {
  type Access,
  type Capabilities,
  type Connection,
  type ConnectionKey,
  type Feature,
  hasFeature,
  type JsonObject,
  type KeyedCallOptions,
  objectOf,
  type ObservedConnection,
  type Platform,
} from "../../model";
import { asDeclared, type DeclaredSoFar } from "./as-declared";
import type {
  DeploymentExpectations,
  PlaceExpectations,
  PlatformExpectations,
} from "./expectations";
import type { FaultInjection } from "./injected-fault";

/** The two functions of a test runner that the suite needs: those of jest, vitest and mocha fit. */
export interface TestRunner {
  describe(title: string, body: () => void): void;
  test(title: string, body: () => Promise<void>): void;
}

/** A platform under test. */
export interface PlatformUnderTest {
  /** In the title of the suite: `hub over HTTP`. */
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly expectations: PlatformExpectations;
  /** Gives a platform that holds no connections yet; called for each test. The suite closes it. */
  readonly open: () => Promise<Platform>;
  /**
   * Opens what `open` gave once more, as somebody else's client of the same
   * platform: for drift and for changes at the same time. The suite closes it.
   * @default those are made through the one client
   */
  readonly openElsewhere?: (platform: Platform) => Promise<Platform>;
  /** The names of the connections that the platform really holds, read past the adapter. @default through the adapter's listing; needed where it has none */
  readonly storedNames?: (platform: Platform) => Promise<readonly string[]>;
  /** The secrets that the platform really holds for a connection. @default they are not checked beyond what the port tells */
  readonly storedSecrets?: (
    platform: Platform,
    connection: ObservedConnection,
  ) => Promise<JsonObject>;
  /** Makes something use a connection, other than attachments and links, and gives what the refusal to delete it has to mention. @default not tested */
  readonly useConnection?: (
    platform: Platform,
    connection: ObservedConnection,
  ) => Promise<string>;
  /**
   * Lets the platform's next requests fail. Waits between attempts have to be
   * short, so give the adapter a clock that does not wait. @default faults are not tested
   */
  readonly injectFault?: (
    platform: Platform,
    injection: FaultInjection,
  ) => void | Promise<void>;
  /** Whether `injectFault` can make reads stale. @default true */
  readonly staleReads?: boolean;
  /** Forgets the faults that have not come about. Goes with `injectFault`. */
  readonly clearFaults?: (platform: Platform) => void | Promise<void>;
  /** @default the global describe and test */
  readonly runner?: TestRunner;
}

/** What the tests of the suite are written with. */
export class Suite {
  readonly expectations: PlatformExpectations;
  readonly subject: PlatformUnderTest;
  readonly #runner: TestRunner;
  readonly #raw = new WeakMap<
    Platform,
    { readonly platform: Platform; readonly declared: DeclaredSoFar }
  >();

  constructor(subject: PlatformUnderTest, runner: TestRunner) {
    this.subject = subject;
    this.#runner = runner;
    this.expectations = subject.expectations;
  }

  has(feature: Feature): boolean {
    return hasFeature(
      { title: "", capabilities: this.subject.capabilities },
      feature,
    );
  }

  group(title: string, body: () => void): void {
    this.#runner.describe(title, body);
  }

  /** One test with a platform of its own. */
  test(title: string, body: (platform: Platform) => Promise<void>): void {
    this.#runner.test(title, async () => {
      const platform = await this.subject.open();
      try {
        await body(this.#asDeclared(platform, new Map()));
      } finally {
        await platform.close();
      }
    });
  }

  /** What the subject gave, of what a test was given. */
  raw(platform: Platform): Platform {
    return this.#raw.get(platform)?.platform ?? platform;
  }

  #asDeclared(platform: Platform, declared: DeclaredSoFar): Platform {
    const door = asDeclared(platform, declared);
    this.#raw.set(door, { platform, declared });
    return door;
  }

  /** The sample connection, as declared. */
  connection(name: string, changes: Partial<Connection> = {}): Connection {
    const { owner, sample } = this.expectations;
    return {
      owner,
      name,
      type: sample.type,
      config: sample.config,
      secrets: new Secret(sample.secrets),
      ...changes,
    };
  }

  key(name: string): ConnectionKey {
    return { owner: this.expectations.owner, name };
  }

  /** What a caller remembers of a connection besides its key. */
  remembered(observed: ObservedConnection): KeyedCallOptions {
    return this.expectations.identity === "platform_id"
      ? { platformId: observed.platformId }
      : {};
  }

  /** The sample connection with one config field changed; undefined leaves the field out. */
  withField(field: string, value: JsonObject[string] | undefined): Connection {
    const others = Object.entries(this.expectations.sample.config).filter(
      ([name]) => name !== field,
    );
    const config = objectOf(
      value === undefined ? others : [...others, [field, value] as const],
    );
    return this.connection("warehouse", { config });
  }

  /** The names of the connections that there are, sorted. */
  async storedNames(platform: Platform): Promise<readonly string[]> {
    const { storedNames } = this.subject;
    if (storedNames) return [...(await storedNames(this.raw(platform)))].sort();
    assert.ok(
      platform.connections.list,
      "a platform without listing needs storedNames",
    );
    const listed = await platform.connections.list(this.expectations.owner);
    return listed.map(({ name }) => name).sort();
  }

  /** Somebody else's client of the platform; the same one where there is no other. */
  async elsewhere(
    platform: Platform,
    body: (other: Platform) => Promise<void>,
  ): Promise<void> {
    const given = this.#raw.get(platform);
    const other = await this.subject.openElsewhere?.(this.raw(platform));
    try {
      await body(
        other === undefined
          ? platform
          : this.#asDeclared(other, given?.declared ?? new Map()),
      );
    } finally {
      await other?.close();
    }
  }

  /** The workspaces and deployments, made where the platform can make them. */
  async places(platform: Platform): Promise<PlaceExpectations> {
    const { places } = this.expectations;
    assert.ok(
      places,
      "expectations.places is missing although the platform has attachments or links",
    );
    const { owner, deployments } = places;
    const inventory = platform.inventoryManagement;
    if (inventory === undefined) return places;
    for (const name of [places.workspace, places.otherWorkspace]) {
      await inventory.createWorkspace({ owner, name });
    }
    if (deployments === undefined) return places;
    for (const [name, workspace] of [
      [deployments.deployment, places.workspace],
      [deployments.secondDeployment, places.workspace],
      [deployments.otherDeployment, places.otherWorkspace],
    ] as const) {
      await inventory.createDeployment({ owner, name, workspace });
    }
    return places;
  }

  /** The same with the deployments, for a platform that has them. */
  async linkPlaces(
    platform: Platform,
  ): Promise<PlaceExpectations & DeploymentExpectations> {
    const places = await this.places(platform);
    assert.ok(
      places.deployments,
      "expectations.places.deployments is missing although the platform has links",
    );
    return { ...places, ...places.deployments };
  }

  /** The access list of a connection, also where the platform shows it only on its own. */
  async accessOf(
    platform: Platform,
    observed: ObservedConnection | undefined,
  ): Promise<Access | undefined> {
    assert.ok(observed, "the connection is not there");
    return platform.access === undefined
      ? observed.access
      : await platform.access.find(observed, this.remembered(observed));
  }

  /** Checks that what is observed is what was declared, and that no secret comes back. */
  assertHolds(
    observed: ObservedConnection | undefined,
    declared: Connection,
  ): void {
    assert.ok(observed, `${declared.name} is not there`);
    assertSame(
      {
        owner: observed.owner,
        name: observed.name,
        type: observed.type,
      },
      {
        owner: declared.owner,
        name: declared.name,
        type: declared.type,
      },
    );
    if (!equalInMeaning(declared.type, declared.config, observed.config))
      assertSame(observed.config, declared.config);
    if (this.has("description"))
      assert.equal(observed.description, declared.description);
    assert.notEqual(observed.platformId, "");
    const text = JSON.stringify(observed);
    for (const secret of leavesOf(declared.secrets?.reveal() ?? {})) {
      assert.ok(!text.includes(secret), "a secret came back");
    }
  }
}

/** Checks that the promise is refused with this code, in words that mention these names and no secret. */
export async function assertRefused(
  promise: Promise<unknown>,
  code: DiagnosticCode,
  ...mentions: readonly string[]
): Promise<void> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error !== undefined, `it was not refused with ${code}`);
  assert.ok(
    error instanceof PatchbayError,
    `it failed without a diagnostic: ${String(error)}`,
  );
  assert.deepEqual(
    error.diagnostics.map((diagnostic) => diagnostic.code),
    [code],
    error.message,
  );
  for (const mention of mentions) {
    assert.ok(
      error.message.includes(mention),
      `${error.message}\n  does not mention ${mention}`,
    );
  }
}

/** Equality by content, whatever the prototypes. */
export function assertSame(actual: unknown, expected: unknown): void {
  assert.deepEqual(plain(actual), plain(expected));
}

function plain(value: unknown): unknown {
  return value === undefined
    ? undefined
    : (JSON.parse(JSON.stringify(value)) as unknown);
}

function leavesOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}

/** Runs the work over all items, eight at a time, which is gentle enough for every platform. */
export async function inBatches<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += 8) {
    await Promise.all(items.slice(start, start + 8).map(work));
  }
}
