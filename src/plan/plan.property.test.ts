import fc from "fast-check";
import { listConnectionTypes, examplesOf } from "../catalog";
import { Secret } from "../diagnostics";
import {
  type Connection,
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  type JsonObject,
  type JsonValue,
  objectOf,
} from "../model";
import { everyCapability } from "../testing";
import { orderedSteps } from "./change";
import type { DesiredModel, ObservedModel } from "./models";
import { planChanges } from "./plan";
import { carriedOut } from "./reference-fixture";

const platform = { name: "hub", title: "Hub", capabilities: everyCapability };
const PLANTED = "planted-secret-7f3a";

const key = fc.record({
  owner: fc.constantFrom(
    { kind: "organization", name: "acme" } as const,
    { kind: "tenant" } as const,
  ),
  name: fc.constantFrom("warehouse", "lake", "__proto__", "constructor"),
});
const field = fc.constantFrom(
  "a",
  "b",
  "__proto__",
  "constructor",
  "toString",
  "x.y",
);
const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      fc.boolean(),
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom("", "x", "5432"),
      fc.array(tie("value"), { maxLength: 2 }),
      fc
        .array(fc.tuple(field, tie("value")), { maxLength: 3 })
        .map((entries) => objectOf(entries)),
    ),
  }),
).value;
const fields = fc
  .array(fc.tuple(field, json), { maxLength: 3 })
  .map((entries) => objectOf(entries));

const native = fc.record({
  type: fc.constantFrom("hub:anything", "hub:other"),
  config: fields,
  secrets: fc
    .option(fc.subarray(["password", "token", "__proto__"]), { nil: undefined })
    .map(
      (names) =>
        names &&
        objectOf(names.map((name): [string, JsonValue] => [name, PLANTED])),
    ),
});
const example = fc.constantFrom(...listConnectionTypes()).chain((type) =>
  fc.constantFrom(...examplesOf(type)).map(({ config, secrets }) => ({
    type: type.name,
    config: config as JsonObject,
    secrets: secrets as JsonObject | undefined,
  })),
);

const names = fc.subarray(["prod", "staging", "lab"]);
const connection: fc.Arbitrary<Connection> = fc
  .tuple(
    key,
    fc.oneof(native, example),
    fc.record({
      description: fc.constantFrom(undefined, "", "one", "two"),
      autoLink: fc.constantFrom(undefined, true, false),
      parent: fc.constantFrom(undefined, "/", "a", "/a/", "a/b", "id of a"),
      autoLinkExcept: fc.option(names, { nil: undefined }),
      access: fc.option(
        fc.record({
          view: fc.option(names, { nil: undefined }),
          use: fc.option(names, { nil: undefined }),
        }),
        { nil: undefined },
      ),
    }),
  )
  .map(([named, { secrets, ...typed }, rest]) => ({
    ...named,
    ...typed,
    ...rest,
    secrets: secrets && new Secret(secrets),
  }));

const desired: fc.Arbitrary<DesiredModel> = fc.record({
  connections: fc.uniqueArray(connection, {
    maxLength: 4,
    selector: formatConnectionKey,
  }),
  attachments: fc.uniqueArray(
    fc.record({
      connection: key,
      workspace: fc.constantFrom("analytics", "science"),
    }),
    { maxLength: 4, selector: formatAttachmentKey },
  ),
  links: fc.uniqueArray(
    fc.record({
      connection: key,
      deployment: fc.constantFrom("prod", "staging"),
      overrides: fc.oneof(fc.constant({}), fc.constant({ extra: null })),
      overrideSecrets: fc.constantFrom(
        undefined,
        new Secret<JsonObject>({ password: PLANTED }),
        new Secret<JsonObject>({}),
      ),
    }),
    { maxLength: 4, selector: formatLinkKey },
  ),
});

/** What a platform would show of a declaration that it carried out. */
const nothing: ObservedModel = { connections: [], attachments: [], links: [] };
const observed: fc.Arbitrary<ObservedModel> = desired.map((model) =>
  carriedOut(
    nothing,
    planChanges({ desired: model, observed: nothing, platform }).changes,
  ),
);

test("carrying out the changes gives what is declared, and planning again gives nothing", () => {
  let planned = 0;
  fc.assert(
    fc.property(desired, observed, fc.boolean(), (wanted, shown, prune) => {
      const plan = planChanges({
        desired: wanted,
        observed: shown,
        platform,
        prune,
      });
      if (plan.diagnostics.length > 0) {
        expect(plan.changes).toEqual([]);
        return;
      }
      planned += 1;
      const after = carriedOut(shown, plan.changes);
      expect(
        planChanges({ desired: wanted, observed: after, platform, prune }),
      ).toEqual({ changes: [], diagnostics: [] });

      const ids = (model: DesiredModel | ObservedModel) => [
        ...model.connections.map(formatConnectionKey),
        ...model.attachments.map(formatAttachmentKey),
        ...model.links.map(formatLinkKey),
      ];
      const left = prune ? [] : ids(shown);
      expect(new Set(ids(after))).toEqual(new Set([...ids(wanted), ...left]));
    }),
    { numRuns: 400 },
  );
  expect(planned).toBeGreaterThan(100);
});

test("the same input gives the same plan, and no field shows a secret", () => {
  fc.assert(
    fc.property(desired, observed, (wanted, shown) => {
      const input = { desired: wanted, observed: shown, platform, prune: true };
      const plan = planChanges(input);
      expect(planChanges(input)).toEqual(plan);
      expect(
        JSON.stringify(plan.changes.map(({ fields }) => fields)),
      ).not.toContain(PLANTED);
      expect(JSON.stringify(plan)).not.toContain(PLANTED);
    }),
  );
});

test("steps are ordered so that what depends on a connection goes before it and comes after it", () => {
  fc.assert(
    fc.property(desired, observed, (wanted, shown) => {
      const { changes } = planChanges({
        desired: wanted,
        observed: shown,
        platform,
        prune: true,
      });
      const steps = orderedSteps(changes);
      const rank = { link: 2, attachment: 1, connection: 0 };
      const ranks = steps.map(({ change, half }) =>
        half === "remove" ? -1 - rank[change.object] : 1 + rank[change.object],
      );
      expect(ranks).toEqual([...ranks].sort((left, right) => left - right));
      for (const change of changes) {
        const halves = steps
          .filter((step) => step.change === change)
          .map(({ half }) => half);
        expect(halves).toEqual(
          {
            create: ["make"],
            update: ["make"],
            replace: ["remove", "make"],
            delete: ["remove"],
          }[change.action],
        );
      }
      const replaced = changes
        .filter(
          ({ object, action }) =>
            object === "connection" && action === "replace",
        )
        .map(({ id }) => id);
      const children = changes.filter(({ id }) =>
        replaced.some((parent) => id.startsWith(`${parent}@`)),
      );
      expect(
        children
          .map(({ action }) => action)
          .filter((action) => action === "update"),
      ).toEqual([]);
    }),
  );
});
