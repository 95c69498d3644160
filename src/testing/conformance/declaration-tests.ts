import assert from "node:assert/strict";
import {
  checkFields,
  type ConnectionType,
  examplesOf,
  listConnectionTypes,
} from "../../catalog";
import { PatchbayError, Secret } from "../../diagnostics";
import { type Connection, type JsonObject, objectOf } from "../../model";
import { assertSame, type Suite } from "./suite";

/** That everything the catalogue can say is either held or refused beforehand, and that a default means the same as nothing. */
export function testDeclarations(suite: Suite): void {
  const { types } = suite.subject.capabilities;
  const held = listConnectionTypes().filter(
    ({ name }) => types === "all" || types.includes(name),
  );
  suite.group("a declaration", () => {
    for (const type of held) testType(suite, type);
  });
}

function testType(suite: Suite, type: ConnectionType): void {
  const declaredOf = (config: JsonObject, secrets: JsonObject) =>
    suite.connection("warehouse", {
      type: type.name,
      config,
      secrets: new Secret(secrets),
    });
  const examples = examplesOf(type).map(({ config, secrets }) =>
    declaredOf(config as JsonObject, secrets as JsonObject),
  );

  examples.forEach((declared, index) => {
    suite.test(
      `as in example ${index + 1} of ${type.name} is held, or refused before anything is sent`,
      async (platform) => {
        const { connections } = platform;
        const faults = connections.check?.(declared) ?? [];
        if (faults.length > 0) {
          const codes = await codesOfRefusal(connections.create(declared));
          assertSame(
            codes,
            faults.map(({ code }) => code),
          );
          assertSame(await suite.storedNames(platform), []);
          return;
        }
        const created = await connections.create(declared);
        suite.assertHolds(created, declared);
        suite.assertHolds(
          await connections.tryFind(declared, suite.remembered(created)),
          declared,
        );
      },
    );
  });

  suite.test(
    `of the type ${type.name} can be made in one way at least`,
    async ({ connections }) => {
      assert.ok(
        examples.some(
          (declared) => (connections.check?.(declared) ?? []).length === 0,
        ),
        `all examples of ${type.name} are refused`,
      );
      await Promise.resolve();
    },
  );

  for (const [field, { default: standard }] of Object.entries(
    type.schema.properties,
  )) {
    if (standard === undefined) continue;
    suite.test(
      `whose ${field} of ${type.name} has its default means the same without it`,
      async ({ connections }) => {
        const pairs = examples
          .map((declared) => without(declared, field))
          .filter(isValid)
          .map((bare) => ({
            bare,
            spelled: {
              ...bare,
              config: objectOf([
                ...Object.entries(bare.config),
                [field, standard] as const,
              ]),
            },
          }));
        const pair = pairs.find(({ bare, spelled }) =>
          [bare, spelled].every(
            (one) =>
              isValid(one) && (connections.check?.(one) ?? []).length === 0,
          ),
        );
        // The platform has no place for the field and says so.
        if (pair === undefined) return;
        const { bare, spelled } = pair;
        const created = await connections.create(bare);
        const options = suite.remembered(created);
        for (const one of [spelled, bare]) {
          suite.assertHolds(
            await connections.update(one, one, options),
            spelled,
          );
          const found = await connections.tryFind(one, options);
          suite.assertHolds(found, spelled);
          suite.assertHolds(found, bare);
        }
      },
    );
  }
}

function without(declared: Connection, field: string): Connection {
  return {
    ...declared,
    config: objectOf(
      Object.entries(declared.config).filter(([name]) => name !== field),
    ),
  };
}

function isValid({ type, config, secrets }: Connection): boolean {
  const faults = checkFields({
    type,
    config,
    secrets: secrets?.reveal(),
    secretsPath: "secrets",
    secretsComplete: true,
  });
  return faults.length === 0;
}

async function codesOfRefusal(
  promise: Promise<unknown>,
): Promise<readonly string[]> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error !== undefined, "it was refused by check, and created");
  assert.ok(error instanceof PatchbayError, String(error));
  return error.diagnostics.map(({ code }) => code);
}
