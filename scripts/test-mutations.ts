/**
 * `npm run test:mutations`: breaks one rule of the planner after the other and
 * requires that a test notices. In a copy of the sources, in a temporary folder
 * that is gone afterwards; the checkout is not touched. A rule that has moved
 * fails, too: its mutation has to follow it. Words after `--` choose those whose
 * file or sentence has one of them.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { carryingOutMutations } from "./mutations/carrying-out";
import type { Mutation } from "./mutations/mutation";
import { planningMutations } from "./mutations/planning";
import { secretsMutations } from "./mutations/secrets";

const root = join(__dirname, "../..");
const chosen = process.argv.slice(2);
const mutations = [
  ...planningMutations,
  ...secretsMutations,
  ...carryingOutMutations,
].filter(
  ({ file, what }) =>
    chosen.length === 0 ||
    chosen.some((word) => file.includes(word) || what.includes(word)),
);

/** What jest says of a run. */
interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** Files that did not get as far as a test. */
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
    }[];
  }[];
}

class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), "patchbay-mutations-"));

  constructor() {
    for (const name of ["src", "test", "package.json", "jest.config.js"])
      cpSync(join(root, name), join(this.folder, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
  }

  /** Undefined where jest itself failed. */
  run(tests: readonly string[], named?: string): JestReport | undefined {
    const report = join(this.folder, "report.json");
    rmSync(report, { force: true });
    spawnSync(
      process.execPath,
      [
        join(root, "node_modules/jest/bin/jest.js"),
        ...tests,
        // The oracle is asked as well; Terraform has nothing to run here.
        ...["/node_modules/", "/test/acceptance/"].map(
          (ignored) => `--testPathIgnorePatterns=${ignored}`,
        ),
        ...(named === undefined ? [] : ["--testNamePattern", named]),
        "--runInBand",
        "--json",
        `--outputFile=${report}`,
        `--cacheDirectory=${join(this.folder, ".cache")}`,
      ],
      { cwd: this.folder, stdio: "ignore" },
    );
    try {
      return JSON.parse(readFileSync(report, "utf8")) as JestReport;
    } catch {
      return undefined;
    }
  }

  /** Says why the mutation is no good; undefined where a test notices. */
  tryOut({ file, find, replace, tests, named }: Mutation): string | undefined {
    const path = join(this.folder, file);
    const text = tryRead(path);
    if (text === undefined) return `${file} is not there any more`;
    const times = text.split(find).length - 1;
    if (times !== 1)
      return `what it changes is there ${times} times in ${file}`;
    writeFileSync(
      path,
      text.replace(find, () => replace),
    );
    try {
      // One after the other: the first that turns red is enough.
      for (const test of tests) {
        const report = this.run([test], named);
        if (report === undefined) return "jest failed";
        if (report.numFailedTests > 0) return undefined;
        if (report.numRuntimeErrorTestSuites > 0)
          return `it does not even load: ${firstMessage(report)}`;
      }
      return `no test notices: ${tests.join(", ")}`;
    } finally {
      writeFileSync(path, text);
    }
  }
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function firstMessage({ testResults }: JestReport): string {
  const failed = testResults.find(({ message }) => message !== "");
  return failed?.message.trim().split("\n")[0] ?? "";
}

/** Each test file once, and once for each choice of its tests; without a mutation all have to be green. */
function redWithout(workplace: Workplace): readonly string[] {
  const whole = new Set<string>();
  const parts = new Map<string, readonly [readonly string[], string]>();
  for (const { tests, named } of mutations)
    if (named === undefined) tests.forEach((test) => whole.add(test));
    else parts.set(`${tests.join(" ")} ${named}`, [tests, named]);
  const runs: (readonly [readonly string[], string | undefined])[] = [
    ...(whole.size === 0 ? [] : [[[...whole], undefined] as const]),
    ...parts.values(),
  ];
  return runs.flatMap(([tests, named]) => {
    const report = workplace.run(tests, named);
    if (report === undefined) return [`${tests.join(", ")}: jest failed`];
    if (report.numPassedTests === 0)
      return [`${tests.join(", ")}: there is no such test`];
    return report.testResults.flatMap(({ name, message, assertionResults }) => [
      ...assertionResults
        .filter(({ status }) => status === "failed")
        .map(({ fullName }) => fullName),
      ...(assertionResults.length === 0 && message !== ""
        ? [`${name}: ${message}`]
        : []),
    ]);
  });
}

function main(): void {
  const workplace = new Workplace();
  process.once("exit", () =>
    rmSync(workplace.folder, { recursive: true, force: true, maxRetries: 3 }),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => process.exit(1));

  const red = redWithout(workplace);
  if (red.length > 0) {
    console.log(`Without a mutation these are red:\n${red.join("\n")}`);
    process.exitCode = 1;
    return;
  }
  let failed = 0;
  for (const mutation of mutations) {
    const started = Date.now();
    const fault = workplace.tryOut(mutation);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    if (fault !== undefined) failed += 1;
    console.log(
      `${fault === undefined ? "noticed " : "SURVIVED"} ${seconds} s  ${mutation.what}${fault === undefined ? "" : `\n         ${fault}`}`,
    );
  }
  console.log(`${mutations.length - failed} passed, ${failed} failed`);
  if (failed > 0 || mutations.length === 0) process.exitCode = 1;
}

main();
