import fc from "fast-check";
import {
  formatAttachmentKey,
  formatConnectionKey,
  formatLinkKey,
  parseAttachmentKey,
  parseConnectionKey,
  parseLinkKey,
} from "./key";
import { checkName, MAX_NAME_LENGTH } from "./name";
import {
  equalOwners,
  formatOwner,
  type Owner,
  ownerKinds,
  parseOwner,
} from "./owner";

const name = fc
  .oneof(
    fc.constantFrom(
      "workspace",
      "deployment",
      "tenant",
      "a b",
      "ä",
      "%2f",
      "%2F",
      "%252F",
      "%25@",
      "100%25",
      "team/warehouse",
      "jane@example.com",
      "x@workspace/y",
      "__proto__",
    ),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
  )
  .filter((text) => checkName(text, []).length === 0);
const owner: fc.Arbitrary<Owner> = fc
  .tuple(fc.constantFrom(...ownerKinds), name)
  .map(([kind, named]) =>
    kind === "tenant" ? { kind } : { kind, name: named },
  );
const connection = fc.record({ owner, name });

test("every owner and every key can be read from what it is written as", () => {
  fc.assert(
    fc.property(connection, name, (key, place) => {
      expect(parseOwner(formatOwner(key.owner))).toEqual({
        ok: true,
        value: key.owner,
      });
      expect(parseConnectionKey(formatConnectionKey(key))).toEqual({
        ok: true,
        value: key,
      });
      const attachment = { connection: key, workspace: place };
      expect(parseAttachmentKey(formatAttachmentKey(attachment))).toEqual({
        ok: true,
        value: attachment,
      });
      const link = { connection: key, deployment: place };
      expect(parseLinkKey(formatLinkKey(link))).toEqual({
        ok: true,
        value: link,
      });
      expect(parseLinkKey(formatAttachmentKey(attachment)).ok).toBe(false);
    }),
  );
});

test("whatever is read is either a key or a diagnostic with the path", () => {
  const codes = ["invalid_id", "invalid_owner", "invalid_name"];
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc
          .array(fc.constantFrom("/", "@", "a", "workspace", "organization"), {
            maxLength: 8,
          })
          .map((parts) => parts.join("")),
      ),
      (text) => {
        for (const parse of [
          parseConnectionKey,
          parseAttachmentKey,
          parseLinkKey,
        ]) {
          const parsed = parse(text, ["somewhere"]);
          if (parsed.ok) continue;
          expect(parsed.diagnostics.length).toBeGreaterThan(0);
          for (const { code, path } of parsed.diagnostics) {
            expect(codes).toContain(code);
            expect(path).toEqual(["somewhere"]);
          }
        }
      },
    ),
  );
});

test.each([
  "",
  "/",
  "warehouse",
  "acme/warehouse",
  "organization/acme",
  "organization//x",
  "organization/acme/",
  "tenant/",
  "organization/acme/a/b",
])("%j is no connection's id", (text) => {
  expect(parseConnectionKey(text).ok).toBe(false);
});

test("a connection of the tenant is named without a name of the owner", () => {
  expect(parseConnectionKey("tenant/warehouse")).toEqual({
    ok: true,
    value: { owner: { kind: "tenant" }, name: "warehouse" },
  });
});

test("a misspelt kind of owner is answered with the right one", () => {
  const parsed = parseOwner("organisation/acme");
  expect(parsed).toMatchObject({
    ok: false,
    diagnostics: [{ code: "invalid_owner", path: ["owner"] }],
  });
  expect(JSON.stringify(parsed)).toContain('Did you mean \\"organization\\"');
});

test("owners are equal by kind and name", () => {
  expect(
    equalOwners({ kind: "user", name: "a" }, { kind: "user", name: "a" }),
  ).toBe(true);
  expect(
    equalOwners(
      { kind: "user", name: "a" },
      { kind: "organization", name: "a" },
    ),
  ).toBe(false);
});

test.each(["", " a", "a ", "a\nb", "x".repeat(MAX_NAME_LENGTH + 1)])(
  "the name %j is refused",
  (text) => {
    expect(checkName(text, ["name"])).toMatchObject([
      { code: "invalid_name", path: ["name"] },
    ]);
  },
);

test.each([
  ["team/warehouse", "organization/acme/team%2Fwarehouse"],
  ["jane@example.com", "organization/acme/jane%40example.com"],
  ["a%2Fb", "organization/acme/a%252Fb"],
  ["a%252Fb", "organization/acme/a%25252Fb"],
  // What ids held before names with "/" and "@" were taken reads as it did.
  ["100%", "organization/acme/100%"],
  ["100%25", "organization/acme/100%25"],
  ["%2f", "organization/acme/%2f"],
  ["%41", "organization/acme/%41"],
  ["lager (alt)", "organization/acme/lager (alt)"],
])("the connection %j has the id %j", (text, id) => {
  const owner: Owner = { kind: "organization", name: "acme" };
  expect(formatConnectionKey({ owner, name: text })).toBe(id);
  expect(parseConnectionKey(id)).toEqual({
    ok: true,
    value: { owner, name: text },
  });
});

test("every id is written in one way: what is read and written again is the same", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        name,
        fc
          .array(fc.constantFrom("%", "2", "25", "2F", "40", "a"), {
            minLength: 1,
            maxLength: 8,
          })
          .map((parts) => parts.join("")),
      ),
      (text) => {
        const id = `organization/acme/${text}`;
        const parsed = parseConnectionKey(id);
        if (parsed.ok) expect(formatConnectionKey(parsed.value)).toBe(id);
      },
    ),
  );
});

test("an owner is written as in an id", () => {
  expect(parseOwner("workspace/team%2Fanalytics")).toEqual({
    ok: true,
    value: { kind: "workspace", name: "team/analytics" },
  });
  expect(parseOwner("workspace/team/analytics")).toMatchObject({
    ok: false,
    diagnostics: [{ code: "invalid_name" }],
  });
  expect(JSON.stringify(parseOwner("workspace/team/analytics"))).toContain(
    "%2F",
  );
});

test("length is counted in characters, not in UTF-16 units", () => {
  expect(checkName("\u{1F418}".repeat(MAX_NAME_LENGTH), [])).toEqual([]);
});

test.each([
  ["organization/acme/workspace/analytics", "analytics"],
  ["workspace/analytics/deployment/prod", "prod"],
  ["organization/acme/warehouse", "warehouse"],
])("of the id %s given as a name, the name alone is asked for", (id, name) => {
  expect(checkName(id, ["workspace"])).toMatchObject([
    {
      code: "invalid_name",
      path: ["workspace"],
      detail: `"${id}" is an id, not a name. Write the name alone: "${name}".`,
    },
  ]);
});
