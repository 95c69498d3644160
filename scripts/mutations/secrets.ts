/** Rules about secrets: when they are sent, and what is noticed of them. */
import type { Mutation } from "./mutation";

const plan = "src/plan/secrets.ts";
const tests = ["secrets-life-cycle.test.ts", "src/plan/secrets.test.ts"];

export const secretsMutations: readonly Mutation[] = [
  {
    what: "a change of secrets is not noticed",
    file: plan,
    find: "return !memory.isSame(declared as JsonObject);",
    replace: "return false;",
    tests,
  },
  {
    what: "secrets are sent again although their version is the same",
    file: plan,
    find: "return memory.version !== version;",
    replace: "return true;",
    tests,
  },
  {
    what: "another version does not send secrets again",
    file: plan,
    find: "return memory.version !== version;",
    replace: "return false;",
    tests,
  },
  {
    what: "secrets that were changed elsewhere are not sent again",
    file: plan,
    find: "if (before.revision === 0) return true;",
    replace: "",
    tests,
  },
  {
    what: "secrets that are not given are taken away",
    file: plan,
    find: "if (declared === null) return keep;",
    replace:
      "if (declared === null) return { revision: next, fields: [], send: true };",
    tests,
  },
  {
    what: "secrets of others stay though {} is declared",
    file: plan,
    find: "return hasSecrets(declared, before?.fields ?? []);",
    replace: "return hasSecrets(declared, []);",
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
    find: "const next = Math.max(before?.revision ?? 0, memory.revision) + 1;",
    replace: "const next = (before?.revision ?? 0) + 1;",
    tests,
  },
  {
    what: "an apply does not keep to what the plan promised about secrets",
    file: "src/apply/settle-secrets.ts",
    find: "if (promised !== undefined)",
    replace: "if (false)",
    tests: ["carry-out.test.ts"],
  },
  {
    what: "what was sent is not remembered",
    file: "src/provider/state/secrets-memory.ts",
    find: "secretsDigest: digestSecrets(secrets),",
    replace: "",
    tests,
  },
  {
    what: "what was sent as a secret and is shown is in the state",
    file: "src/plan/connection/refreshed-connection.ts",
    find: "config: withoutPaths(stored.config, memory.fields),",
    replace: "config: stored.config,",
    tests: ["plan-set.test.ts"],
  },
  {
    what: "what was changed elsewhere keeps its revision",
    file: plan,
    find: "return secretsDrifted(memory, shown) ? 0 : revision;",
    replace: "return revision;",
    tests,
  },
  {
    what: "the rotation of one secret shows all of them as changed",
    file: "src/plan/secret-revisions.ts",
    find: "return [name, isSame ? then : revision];",
    replace: "return [name, revision];",
    tests: ["secret-revisions.test.ts"],
  },
  {
    what: "a deployment that sees a new password is not in the plan",
    file: "src/plan/link/plan-link.ts",
    find: "const after = seenRevision(secrets, overridden);",
    replace: "const after = then;",
    tests: ["secret-revisions.test.ts"],
  },
  {
    what: "the secrets are not remembered one by one",
    file: "src/provider/state/secrets-memory.ts",
    find: "return digest !== undefined && matchesDigest({ [name]: value }, digest);",
    replace:
      'return digest === undefined && matchesDigest({ [name]: value }, "");',
    tests: ["secret-revisions.test.ts"],
  },
  {
    what: "a null in Terraform's overrides removes a field",
    file: "src/provider/resources/link/removals.ts",
    find: "? splitRemovals(overrides).given",
    replace: "? overrides",
    tests: ["attachment-and-link-life-cycle.test.ts"],
  },
];
