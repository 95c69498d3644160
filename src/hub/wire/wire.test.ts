import fc from "fast-check";
import { Secret } from "../../diagnostics";
import type { ObservedConnection, ObservedLink } from "../../model";
import {
  connectionInput,
  connectionOf,
  connectionResource,
  linkResource,
  observedConnectionOf,
  observedLinkOf,
} from ".";

const name = fc.stringMatching(/^[a-z%äß]{1,12}$/);
const owner = fc.record({
  kind: fc.constantFrom("organization", "user", "workspace", "deployment"),
  name,
});
const json = fc.dictionary(fc.string(), fc.jsonValue());

/** As it arrives after a journey as JSON. */
function sent<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

test("an observed connection arrives as it was", () => {
  const connection = fc.record({
    owner,
    name,
    platformId: name,
    type: name,
    description: fc.option(fc.string(), { nil: undefined }),
    config: json,
    secretFields: fc.array(name),
    secretsVersion: fc.nat(),
    autoLink: fc.boolean(),
    autoLinkExcept: fc.array(name),
    access: fc.option(fc.record({ view: fc.array(name) }), { nil: undefined }),
    status: fc.constantFrom("ok", "error", "unknown"),
    statusMessage: fc.option(fc.string(), { nil: undefined }),
    concurrencyToken: name,
  });
  fc.assert(
    fc.property(connection, (observed) => {
      const given = observed as ObservedConnection;
      expect(
        sent(observedConnectionOf(sent(connectionResource(given)))),
      ).toEqual(sent(given));
    }),
  );
});

test("an observed link arrives as it was", () => {
  const link = fc.record({
    connection: fc.record({ owner, name }),
    deployment: name,
    platformId: name,
    overrides: json,
    overrideSecretFields: fc.array(name),
    overrideSecretsVersion: fc.nat(),
    concurrencyToken: name,
  });
  fc.assert(
    fc.property(link, (observed) => {
      const given = observed as ObservedLink;
      expect(sent(observedLinkOf(sent(linkResource(given))))).toEqual(
        sent(given),
      );
    }),
  );
});

test("a declared connection arrives with its secrets, and without them says nothing about them", () => {
  const declared = {
    owner: { kind: "user", name: "jane" },
    name: "x",
    type: "http",
    config: {},
  } as const;
  const given = connectionOf(
    declared.owner,
    sent(connectionInput({ ...declared, secrets: new Secret({ a: "b" }) })),
  );
  expect(given.secrets?.reveal()).toEqual({ a: "b" });
  expect(
    connectionOf(declared.owner, sent(connectionInput(declared))).secrets,
  ).toBeUndefined();
});
