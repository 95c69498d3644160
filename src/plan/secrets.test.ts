import { KNOWN_AFTER_APPLY, type Value } from "../model";
import type { OrLater } from "./declared";
import {
  nothingRemembered,
  type PlannedSecrets,
  planSecrets,
  secretsDrifted,
  type SecretsFacts,
  type SecretsMemory,
} from "./secrets";

const later: typeof KNOWN_AFTER_APPLY = KNOWN_AFTER_APPLY;
const sent: SecretsMemory = {
  wereSent: true,
  isSame: (secrets) => JSON.stringify(secrets) === '{"password":"one"}',
  revision: 3,
  fields: ["password"],
  version: undefined,
  platformVersion: undefined,
};
const before = { revision: 3, fields: ["password"] };
const facts = (given: Partial<SecretsFacts>): SecretsFacts => ({
  declared: { password: "one" },
  version: undefined,
  before,
  memory: sent,
  ...given,
});
const creation = { before: undefined, memory: nothingRemembered };
const fallen = { before: { ...before, revision: 0 } };
const versions = (
  then: string | undefined,
  now: OrLater<string> | undefined,
): Partial<SecretsFacts> => ({
  version: now,
  memory: { ...sent, version: then },
});
const plan = (
  revision: PlannedSecrets["revision"],
  fields: PlannedSecrets["fields"],
  send: PlannedSecrets["send"],
): PlannedSecrets => ({ revision, fields, send });
const unknownPart: Value = { password: later };

test.each<
  [title: string, given: Partial<SecretsFacts>, expected: PlannedSecrets]
>([
  ["created with secrets", creation, plan(1, ["password"], true)],
  ["created without", { ...creation, declared: null }, plan(0, [], false)],
  ["created with no field", { ...creation, declared: {} }, plan(0, [], false)],
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
  ["not given", { declared: null }, plan(3, ["password"], false)],
  [
    "not given, and fallen to 0 on refresh",
    { ...fallen, declared: null },
    plan(0, ["password"], false),
  ],
  [
    "set by others, and emptied",
    { ...fallen, declared: {}, memory: nothingRemembered },
    plan(1, [], true),
  ],
  [
    "not there, and emptied",
    {
      declared: {},
      before: { revision: 0, fields: [] },
      memory: nothingRemembered,
    },
    plan(0, [], false),
  ],
  [
    "not given, and gone already",
    { declared: null, before: { revision: 0, fields: [] } },
    plan(0, [], false),
  ],
  [
    "never declared, set by others",
    { declared: null, ...fallen, memory: nothingRemembered },
    plan(0, ["password"], false),
  ],
  [
    "set by others, now declared",
    { ...fallen, memory: nothingRemembered },
    plan(1, ["password"], true),
  ],
  ["a part not known", { declared: unknownPart }, plan(later, later, later)],
  ["all not known", { declared: later }, plan(later, later, later)],
  ["fallen to 0 on refresh", { ...fallen }, plan(4, ["password"], true)],
  [
    "fallen to 0, not known",
    { ...fallen, declared: unknownPart },
    plan(4, later, true),
  ],
  [
    "changed, but the version is the same",
    { declared: { password: "two" }, ...versions("1", "1") },
    plan(3, ["password"], false),
  ],
  [
    "the same, but the version changed",
    { ...versions("1", "2") },
    plan(4, ["password"], true),
  ],
  [
    "the version is new",
    { ...versions(undefined, "1") },
    plan(4, ["password"], true),
  ],
  [
    "the version is not known",
    { ...versions("1", later) },
    plan(later, ["password"], later),
  ],
  [
    "the version is dropped, the values are the same",
    { ...versions("1", undefined) },
    plan(3, ["password"], false),
  ],
  [
    "fallen to 0, the version is the same",
    { ...fallen, ...versions("1", "1") },
    plan(4, ["password"], true),
  ],
  [
    "not known, the version is the same",
    { declared: unknownPart, ...versions("1", "1") },
    plan(3, ["password"], false),
  ],
  [
    "all not known, the version is the same",
    { declared: later, ...versions("1", "1") },
    plan(later, later, later),
  ],
])("secrets that are %s", (_title, given, expected) => {
  expect(planSecrets(facts(given))).toEqual(expected);
});

test.each<
  [
    title: string,
    shown: { fields?: string[]; version?: number },
    memory: SecretsMemory,
    drifted: boolean,
  ]
>([
  [
    "as they were sent",
    { fields: ["password"], version: 2 },
    { ...sent, platformVersion: 2 },
    false,
  ],
  [
    "at another version",
    { fields: ["password"], version: 3 },
    { ...sent, platformVersion: 2 },
    true,
  ],
  ["without one of them", { fields: [] }, sent, true],
  ["with one more", { fields: ["password", "token"] }, sent, false],
  ["by a platform that tells nothing", {}, sent, false],
  [
    "and never sent by us",
    { fields: [], version: 9 },
    nothingRemembered,
    false,
  ],
])("secrets shown %s", (_title, { fields, version }, memory, drifted) => {
  expect(secretsDrifted(memory, { fields, version })).toBe(drifted);
});
