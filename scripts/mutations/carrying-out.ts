/** Rules about carrying out: tokens, what is sent along, what is created once, what is read. */
import type { Mutation } from "./mutation";

const connection = "src/apply/connection.ts";
const link = "src/apply/link.ts";
const asDeclared = "src/plan/as-declared.ts";
const safeCreate = "src/apply/safe-create.ts";
const whose = "src/apply/whose.ts";

export const carryingOutMutations: readonly Mutation[] = [
  {
    what: "a connection is deleted without the token of the state that was planned against",
    file: connection,
    find: "platformId,\n      concurrencyToken,\n    });",
    replace: "platformId,\n    });",
    tests: ["connection-life-cycle.test.ts"],
  },
  {
    what: "a link is removed without the token of the state that was planned against",
    file: link,
    find: "await linksOf(platform).delete(key, { signal, concurrencyToken });",
    replace: "await linksOf(platform).delete(key, { signal });",
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
  {
    what: "a connection is changed without the token of the state that was planned against",
    file: connection,
    find: "concurrencyToken: before.concurrencyToken,\n          secretFields",
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
    find: "platformId: before.platformId,\n          concurrencyToken",
    replace: "concurrencyToken",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "a deletion does not say which connection of the name is meant",
    file: connection,
    find: "signal,\n      platformId,\n      concurrencyToken,\n    });",
    replace: "signal,\n      concurrencyToken,\n    });",
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
    tests: ["carry-out.test.ts"],
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
    what: "what is there is taken for the one whose answer was lost, although it differs",
    file: safeCreate,
    find: "return matches?.(found) ?? differing(found).length === 0;",
    replace: "return matches !== undefined || differing(found) !== undefined;",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "what is adopted is not given its secrets",
    file: safeCreate,
    find: "(await this.options.settle?.(found)) ?? found",
    replace: "found",
    tests: ["existing-objects.test.ts"],
  },
  {
    what: "a creation whose outcome is not known is repeated without a look",
    file: safeCreate,
    find: "if (found !== undefined && this.#isOurs(found))\n            return await this.#adopt(found);",
    replace: "",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "what somebody else has made is taken over where it is equal",
    file: whose,
    find: ': { whose: "theirs" };',
    replace: ': { whose: "given" };',
    tests: ["carry-out.test.ts"],
  },
  {
    what: "what differs is taken over where adopt_existing says so",
    file: whose,
    find: 'if (differing.length > 0) return { whose: "theirs" };',
    replace: "",
    tests: ["existing-objects.test.ts"],
  },
  {
    what: "what was made before the interrupted apply is taken for its work",
    file: whose,
    find: "isMadeAfter(creation, begun),",
    replace: "true,",
    tests: ["existing-objects.test.ts"],
  },
  {
    what: "an interrupted apply of long ago still counts",
    file: whose,
    find: "now - begun.getTime() <= 7 * DAY &&",
    replace: "",
    tests: ["whose.test.ts"],
  },
  {
    what: "what this apply has just taken over is deleted by it",
    file: "src/apply/safe-remove.ts",
    find: "if (isTheSame || namesAreUnique) return;",
    replace: "",
    tests: ["work-in-progress.test.ts"],
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
    find: "if (listed !== undefined || tryFind === undefined || !isAskedFor)\n      return listed;",
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
