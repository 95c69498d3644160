import assert from "node:assert/strict";
import { type DiagnosticCode, PatchbayError, Secret } from "../../diagnostics";
import {
  type Capabilities,
  type Connection,
  type ConnectionKey,
  type Feature,
  hasFeature,
  type ObservedConnection,
  type Platform,
} from "../../model";
import type { PlaceExpectations, PlatformExpectations } from "./expectations";

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
  /** @default the global describe and test */
  readonly runner?: TestRunner;
}

/** What the tests of the suite are written with. */
export class Suite {
  readonly expectations: PlatformExpectations;
  readonly #subject: PlatformUnderTest;
  readonly #runner: TestRunner;

  constructor(subject: PlatformUnderTest, runner: TestRunner) {
    this.#subject = subject;
    this.#runner = runner;
    this.expectations = subject.expectations;
  }

  has(feature: Feature): boolean {
    return hasFeature(
      { title: "", capabilities: this.#subject.capabilities },
      feature,
    );
  }

  group(title: string, body: () => void): void {
    this.#runner.describe(title, body);
  }

  /** One test with a platform of its own. */
  test(title: string, body: (platform: Platform) => Promise<void>): void {
    this.#runner.test(title, async () => {
      const platform = await this.#subject.open();
      try {
        await body(platform);
      } finally {
        await platform.close();
      }
    });
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

  /** The places, made where the platform can make them. */
  async places(platform: Platform): Promise<PlaceExpectations> {
    const { places } = this.expectations;
    assert.ok(
      places,
      "expectations.places is missing although the platform has attachments or links",
    );
    const { owner } = places;
    const inventory = platform.inventoryManagement;
    if (inventory === undefined) return places;
    for (const name of [places.workspace, places.otherWorkspace]) {
      await inventory.createWorkspace({ owner, name });
    }
    for (const [name, workspace] of [
      [places.deployment, places.workspace],
      [places.secondDeployment, places.workspace],
      [places.otherDeployment, places.otherWorkspace],
    ] as const) {
      await inventory.createDeployment({ owner, name, workspace });
    }
    return places;
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
        config: observed.config,
      },
      {
        owner: declared.owner,
        name: declared.name,
        type: declared.type,
        config: declared.config,
      },
    );
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
