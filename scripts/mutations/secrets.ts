/** Rules about secrets: when they are sent, and what is noticed of them. */
import type { Mutation } from "./mutation";

const plan = "src/provider/state/secrets-plan.ts";
const tests = ["secrets-life-cycle.test.ts", "secrets-plan.test.ts"];

export const secretsMutations: readonly Mutation[] = [
  {
    what: "a change of secrets is not noticed",
    file: plan,
    find: "return !matchesDigest(declared as JsonObject, remembered.secretsDigest!);",
    replace: "return false;",
    tests,
  },
  {
    what: "secrets are sent again although their version is the same",
    file: plan,
    find: "return version.before !== version.after;",
    replace: "return true;",
    tests,
  },
  {
    what: "another version does not send secrets again",
    file: plan,
    find: "return version.before !== version.after;",
    replace: "return false;",
    tests,
  },
  {
    what: "secrets that were changed elsewhere are not sent again",
    file: plan,
    find: "if (priorRevision === 0) return true;",
    replace: "",
    tests,
  },
  {
    what: "secrets that are not declared any more stay",
    file: plan,
    find: "return ours ? { revision: next, fields: [], send: true } : keep;",
    replace: "return keep;",
    tests,
  },
  {
    what: "secrets that were never ours are taken away",
    file: plan,
    find: "remembered.secretsDigest !== undefined &&\n      (facts.priorFields ?? []).length > 0;",
    replace: "(facts.priorFields ?? []).length > 0;",
    tests,
  },
  {
    what: "a version of the secrets that somebody else made is not noticed",
    file: plan,
    find: "return versionDiffers || fieldMissing;",
    replace: "return fieldMissing;",
    tests,
  },
  {
    what: "a secret that somebody else removed is not noticed",
    file: plan,
    find: "return versionDiffers || fieldMissing;",
    replace: "return versionDiffers;",
    tests,
  },
  {
    what: "a revision is given out twice",
    file: plan,
    find: "Math.max(priorRevision ?? 0, remembered.secretsRevision ?? 0) + 1;",
    replace: "(priorRevision ?? 0) + 1;",
    tests,
  },
  {
    what: "an apply does not keep to what the plan promised about secrets",
    file: plan,
    find: "if (promised !== undefined)",
    replace: "if (false)",
    tests,
  },
  {
    what: "what was sent is not remembered",
    file: "src/provider/resources/remember-secrets.ts",
    find: "...(emptied ? {} : { secretsDigest: digestSecrets(sent) }),",
    replace: "",
    tests,
  },
  {
    what: "what was sent as a secret and is shown is in the state",
    file: "src/provider/resources/connection/connection-state.ts",
    find: "observed: withoutPaths(observed.config, remembered.secretFields ?? []),",
    replace: "observed: observed.config,",
    tests,
  },
  {
    what: "what was changed elsewhere keeps its revision",
    file: "src/provider/resources/connection/connection-state.ts",
    find: "secrets_revision: drifted ? 0 : revision,",
    replace: "secrets_revision: revision,",
    tests,
  },
];
