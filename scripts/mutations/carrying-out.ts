/** Rules about carrying out: tokens, what is sent along, what is created once, what is read. */
import type { Mutation } from "./mutation";

const connectionWrite = "src/provider/resources/connection/connection-write.ts";
const linkWrite = "src/provider/resources/link/link-write.ts";
const safeCreate = "src/apply/safe-create.ts";

export const carryingOutMutations: readonly Mutation[] = [
  {
    what: "a connection is changed without the token of the state that was planned against",
    file: connectionWrite,
    find: "concurrencyToken: request.remembered.concurrencyToken,",
    replace: "",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "a link is changed without the token of the state that was planned against",
    file: linkWrite,
    find: "concurrencyToken: remembered.concurrencyToken,",
    replace: "",
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "a change does not name the secrets that are remembered to be set",
    file: connectionWrite,
    find: 'secretFields: textsOf(request.prior, "secret_fields"),',
    replace: "",
    tests: ["secrets-life-cycle.test.ts"],
  },
  {
    what: "a change does not say which connection of the name is meant",
    file: connectionWrite,
    find: "platformId: platformIdOf(request.prior),\n    concurrencyToken",
    replace: "concurrencyToken",
    tests: ["platform-limits.test.ts"],
  },
  {
    what: "a deletion does not say which connection of the name is meant",
    file: connectionWrite,
    find: "platformId: platformIdOf(request.prior),\n  });",
    replace: "});",
    tests: ["platform-limits.test.ts"],
  },
  {
    what: "secrets that a platform may lose with a change are not sent along",
    file: connectionWrite,
    find: "send || sendsAlong(request, platform),",
    replace: "send,",
    tests: ["platform-limits.test.ts"],
  },
  {
    what: "a change is made although the test of the connection fails",
    file: connectionWrite,
    find: "if (outcome.ok) return;",
    replace: "return;",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "a protected connection is deleted",
    file: connectionWrite,
    find: "if (protection.length > 0) throw new PatchbayError(protection);",
    replace: "",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "a plan that is no longer true is carried out",
    file: linkWrite,
    find: "refuseStalePlan(planned, seen, parent.type);",
    replace: "void seen;",
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "a link is written although only its connection has changed",
    file: linkWrite,
    find: "if (onlyParentChanged) {",
    replace: "if (false) {",
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "what is there is adopted although it differs",
    file: safeCreate,
    find: "if (options.matches(found))",
    replace: "if (found !== undefined)",
    tests: ["write.test.ts"],
  },
  {
    what: "what is adopted is not given its secrets",
    file: safeCreate,
    find: "return (await options.settle?.(found)) ?? found;",
    replace: "return found;",
    tests: ["write.test.ts"],
  },
  {
    what: "a creation is repeated without a look",
    file: safeCreate,
    find: "if (found !== undefined) return await adopt(options, found);",
    replace: "",
    tests: ["write.test.ts"],
  },
  {
    what: "a creation whose outcome is not known is not looked into",
    file: safeCreate,
    find: '(thrown.has("outcome_unknown") || thrown.has("already_exists"))',
    replace: 'thrown.has("already_exists")',
    tests: ["write.test.ts"],
  },
  {
    what: "the order of names decides whether what is there is as wanted",
    file: "src/apply/matching.ts",
    find: "[...(wanted.autoLinkExcept ?? [])].sort(),",
    replace: "[...(wanted.autoLinkExcept ?? [])],",
    tests: ["write.test.ts"],
  },
  {
    what: "a field is left out when it is told whether what is there is as wanted",
    file: "src/apply/matching.ts",
    find: "sameConfig(wanted.type, wanted.config, observed.config) &&",
    replace: "",
    tests: ["write.test.ts"],
  },
  {
    what: "what a listing does not name counts as gone without being asked for",
    file: "src/apply/snapshot.ts",
    find: "if (listed !== undefined || tryFind === undefined) return listed;",
    replace: "return listed;",
    tests: ["snapshot.test.ts"],
  },
  {
    what: "a listing wins over a write that came in between",
    file: "src/apply/snapshot.ts",
    find: "if (single !== undefined) return single;",
    replace: "",
    tests: ["snapshot.test.ts"],
  },
];
