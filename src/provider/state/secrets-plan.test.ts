import {
  KNOWN_AFTER_APPLY,
  type KnownAfterApply,
  type Value,
} from "../../model";
import { digestSecrets, type PrivateState } from "./private-state";
import {
  planSecrets,
  secretsDrifted,
  type SecretsFacts,
  type SecretsPlan,
} from "./secrets-plan";

const sent: PrivateState = {
  secretsDigest: digestSecrets({ password: "one" }),
  secretsRevision: 3,
  secretFields: ["password"],
};
const later: KnownAfterApply = KNOWN_AFTER_APPLY;
const noVersion = { before: null, after: null };
const facts = (given: Partial<SecretsFacts>): SecretsFacts => ({
  declared: { password: "one" },
  version: noVersion,
  priorRevision: 3,
  priorFields: ["password"],
  remembered: sent,
  ...given,
});
const creation = {
  priorRevision: undefined,
  priorFields: undefined,
  remembered: {},
};
const plan = (
  revision: SecretsPlan["revision"],
  fields: SecretsPlan["fields"],
  send: SecretsPlan["send"],
): SecretsPlan => ({ revision, fields, send });
const unknownPart: Value = { password: later };

test.each<[title: string, given: Partial<SecretsFacts>, expected: SecretsPlan]>(
  [
    ["created with secrets", creation, plan(1, ["password"], true)],
    ["created without", { ...creation, declared: null }, plan(0, [], false)],
    [
      "created with no field",
      { ...creation, declared: {} },
      plan(0, [], false),
    ],
    [
      "created with a value that may come to nothing",
      { ...creation, declared: unknownPart },
      plan(later, later, later),
    ],
    [
      "created with one value known",
      { ...creation, declared: { password: later, token: "x" } },
      plan(1, later, true),
    ],
    [
      "created with everything unknown",
      { ...creation, declared: later },
      plan(later, later, later),
    ],
    ["unchanged", {}, plan(3, ["password"], false)],
    ["changed", { declared: { password: "two" } }, plan(4, ["password"], true)],
    [
      "a field more",
      { declared: { password: "one", token: "x" } },
      plan(4, ["password", "token"], true),
    ],
    ["emptied", { declared: {} }, plan(4, [], true)],
    ["declared no more", { declared: null }, plan(4, [], true)],
    [
      "declared no more, and gone already",
      { declared: null, priorRevision: 0, priorFields: [] },
      plan(0, [], false),
    ],
    [
      "never declared, set by others",
      { declared: null, remembered: {}, priorRevision: 0 },
      plan(0, ["password"], false),
    ],
    [
      "set by others, now declared",
      { remembered: {}, priorRevision: 0 },
      plan(1, ["password"], true),
    ],
    ["a part not known", { declared: unknownPart }, plan(later, later, later)],
    ["all not known", { declared: later }, plan(later, later, later)],
    [
      "fallen to 0 on refresh",
      { priorRevision: 0 },
      plan(4, ["password"], true),
    ],
    [
      "fallen to 0, not known",
      { priorRevision: 0, declared: unknownPart },
      plan(4, later, true),
    ],
    [
      "changed, but the version is the same",
      { declared: { password: "two" }, version: { before: "1", after: "1" } },
      plan(3, ["password"], false),
    ],
    [
      "the same, but the version changed",
      { version: { before: "1", after: "2" } },
      plan(4, ["password"], true),
    ],
    [
      "the version is new",
      { version: { before: null, after: "1" } },
      plan(4, ["password"], true),
    ],
    [
      "the version is not known",
      { version: { before: "1", after: later } },
      plan(later, ["password"], later),
    ],
    [
      "the version is dropped, the values are the same",
      { version: { before: "1", after: null } },
      plan(3, ["password"], false),
    ],
    [
      "fallen to 0, the version is the same",
      { priorRevision: 0, version: { before: "1", after: "1" } },
      plan(4, ["password"], true),
    ],
    [
      "not known, the version is the same",
      { declared: unknownPart, version: { before: "1", after: "1" } },
      plan(3, ["password"], false),
    ],
    [
      "all not known, the version is the same",
      { declared: later, version: { before: "1", after: "1" } },
      plan(later, later, later),
    ],
  ],
)("secrets that are %s", (_title, given, expected) => {
  expect(planSecrets(facts(given))).toEqual(expected);
});

test.each<
  [
    title: string,
    shown: { fields?: string[]; version?: number },
    remembered: PrivateState,
    drifted: boolean,
  ]
>([
  [
    "as they were sent",
    { fields: ["password"], version: 2 },
    { ...sent, platformSecretsVersion: 2 },
    false,
  ],
  [
    "at another version",
    { fields: ["password"], version: 3 },
    { ...sent, platformSecretsVersion: 2 },
    true,
  ],
  ["without one of them", { fields: [] }, sent, true],
  ["with one more", { fields: ["password", "token"] }, sent, false],
  ["by a platform that tells nothing", {}, sent, false],
  ["and never sent by us", { fields: [], version: 9 }, {}, false],
])("secrets shown %s", (_title, { fields, version }, remembered, drifted) => {
  expect(secretsDrifted(remembered, { fields, version })).toBe(drifted);
});
