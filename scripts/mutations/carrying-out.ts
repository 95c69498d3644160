/** Rules about carrying out: tokens, what is sent along, what is created once, what is read. */
import type { Mutation } from "./mutation";

const connection = "src/apply/connection.ts";
const link = "src/apply/link.ts";
const asDeclared = "src/plan/as-declared.ts";
const safeCreate = "src/apply/safe-create.ts";

export const carryingOutMutations: readonly Mutation[] = [
  {
    what: "a connection is deleted without the token of the state that was planned against",
    file: connection,
    find: "concurrencyToken: before.concurrencyToken,\n  });",
    replace: "});",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "a link is removed without the token of the state that was planned against",
    file: link,
    find: "await linksOf(platform).delete(key, {\n    signal,\n    concurrencyToken: before.concurrencyToken,\n  });",
    replace: "await linksOf(platform).delete(key, { signal });",
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "a connection is changed without the token of the state that was planned against",
    file: connection,
    find: "concurrencyToken: before.concurrencyToken,\n    secretFields",
    replace: "secretFields",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "a link is changed without the token of the state that was planned against",
    file: link,
    find: "          signal: place.signal,\n          concurrencyToken: before.concurrencyToken,",
    replace: "          signal: place.signal,",
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "a change does not name the secrets that are remembered to be set",
    file: connection,
    find: "secretFields: before.secrets.fields,",
    replace: "",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "a change does not say which connection of the name is meant",
    file: connection,
    find: "platformId: before.platformId,\n    concurrencyToken: before.concurrencyToken,\n    secretFields",
    replace: "concurrencyToken: before.concurrencyToken,\n    secretFields",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "a deletion does not say which connection of the name is meant",
    file: connection,
    find: "platformId: before.platformId,\n    concurrencyToken: before.concurrencyToken,\n  });",
    replace: "concurrencyToken: before.concurrencyToken,\n  });",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "secrets that a platform may lose with a change are not sent along",
    file: connection,
    find: "send || (before !== undefined && sendsAlong(declared, place))",
    replace: "send",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "a change is made although the test of the connection fails",
    file: connection,
    find: "if (outcome === undefined || outcome.ok) return;",
    replace: "if (outcome !== null) return;",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "a protected connection is deleted",
    file: connection,
    find: "if (protection.length > 0) throw new PatchbayError(protection);",
    replace: "",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "a plan that is no longer true is carried out",
    file: link,
    find: "refuseStale(planned, promised);",
    replace: "void refuseStale;",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "a link is written although only its connection has changed",
    file: link,
    find: "if (before !== undefined && !send && !planned.overridesChanged)",
    replace: "if (false)",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "what is there is adopted although it differs",
    file: safeCreate,
    find: "if (options.matches(found))",
    replace: "if (found !== undefined)",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "what is adopted is not given its secrets",
    file: safeCreate,
    find: "return (await options.settle?.(found)) ?? found;",
    replace: "return found;",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "a creation is repeated without a look",
    file: safeCreate,
    find: "if (found !== undefined) return await adopt(options, found);",
    replace: "",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "a creation whose outcome is not known is not looked into",
    file: safeCreate,
    find: '(thrown.has("outcome_unknown") || thrown.has("already_exists"))',
    replace: 'thrown.has("already_exists")',
    tests: ["carry-out.test.ts"],
  },
  {
    what: "the order of names decides whether what is there is as wanted",
    file: "src/plan/connection/connection-fields.ts",
    find: ": [...new Set(names)].sort();",
    replace: ": [...new Set(names)];",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "a field is left out when it is told whether what is there is as wanted",
    file: asDeclared,
    find: '  "config",\n',
    replace: "",
    tests: ["carry-out.test.ts"],
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
