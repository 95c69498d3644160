import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "../../model";
import {
  PENDING_FILE,
  PendingCreatesFile,
  type PendingCreatesOptions,
} from "./pending-creates-file";

const id = "organization/acme/warehouse";
const at = "2026-05-10T12:00:00.000Z";
const now = () => new Date(at);

let root: string;
let file: string;
const warned: string[] = [];
const log: Log = {
  trace: () => undefined,
  debug: () => undefined,
  warn: (message, fields) =>
    void warned.push(`${message} ${JSON.stringify(fields)}`),
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "patchbay-pending-"));
  mkdirSync(join(root, ".terraform"));
  file = join(root, ".terraform", PENDING_FILE);
  warned.length = 0;
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const run = (options: Partial<PendingCreatesOptions> = {}) =>
  new PendingCreatesFile({
    environment: {},
    workingDirectory: root,
    target: "hub here",
    log,
    now,
    ...options,
  });
const lines = () => readFileSync(file, "utf8").trimEnd().split("\n");
const interrupted = (options: Partial<PendingCreatesOptions> = {}) =>
  run(options)
    .interrupted("connection", id)
    .map((date) => date.toISOString());

test("a create without an answer is known to the next run, with the time", () => {
  const first = run();
  first.begin("connection", id);
  expect(first.interrupted("connection", id)).toEqual([]);
  expect(interrupted()).toEqual([at]);
  expect(run().interrupted("workspace", id)).toEqual([]);
  expect(JSON.parse(lines()[0]!)).toEqual({
    event: "begin",
    run: expect.any(String) as string,
    kind: "connection",
    id,
    workspace: "default",
    target: "hub here",
    at,
  });
  expect(statSync(file).mode & 0o077).toBe(0);
});

test("a sure failure settles it at once, a success with the end of its run", () => {
  run().begin("connection", id)("not_made");
  expect(interrupted()).toEqual([]);
  const second = run();
  second.begin("connection", id)("made");
  // Terraform may be killed before it writes its state.
  expect(interrupted()).toEqual([at]);
  second.end();
  expect(interrupted()).toEqual([]);
});

test("a run that ends in good order does not settle what has no answer", () => {
  const first = run();
  first.begin("connection", id);
  first.end();
  expect(interrupted()).toEqual([at]);
});

test("taking it over settles what earlier runs had begun", () => {
  run().begin("connection", id);
  const second = run();
  second.begin("connection", id)("made");
  expect(interrupted()).toHaveLength(2);
  second.end();
  expect(interrupted()).toEqual([]);
});

test("what the state holds is settled", () => {
  run().begin("connection", id)("made");
  const plan = run();
  plan.saved("connection", id);
  plan.saved("connection", "organization/acme/lake");
  expect(interrupted()).toEqual([]);
  expect(lines()).toHaveLength(3);
});

test("another Terraform workspace, another target, or another data directory knows nothing of it", () => {
  run().begin("connection", id);
  expect(interrupted({ environment: { TF_WORKSPACE: "staging" } })).toEqual([]);
  expect(interrupted({ target: "hub there" })).toEqual([]);
  expect(interrupted({ environment: { TF_DATA_DIR: "data" } })).toEqual([]);
  expect(interrupted({ environment: { TF_WORKSPACE: "" } })).toEqual([at]);
  writeFileSync(join(root, ".terraform", "environment"), "staging\n");
  expect(interrupted()).toEqual([]);
  expect(interrupted({ environment: { TF_WORKSPACE: "default" } })).toEqual([
    at,
  ]);
});

test("TF_DATA_DIR says where it is", () => {
  mkdirSync(join(root, "data"));
  const environment = { TF_DATA_DIR: "data" };
  run({ environment }).begin("connection", id);
  expect(readdirSync(join(root, "data"))).toEqual([PENDING_FILE]);
  expect(interrupted({ environment })).toEqual([at]);
});

test("a line that is cut short is passed over, and the next begins a new one", () => {
  run().begin("connection", id);
  appendFileSync(file, '{"event":"begin","run":"x","kind":"conn');
  expect(interrupted()).toEqual([at]);
  run().begin("connection", id);
  expect(interrupted()).toEqual([at, at]);
  expect(lines()).toHaveLength(3);
});

test.each([
  ["no JSON", "nonsense"],
  ["no object", "[1]"],
  ["an event that there is not", '{"event":"toString"}'],
  ["a field that lacks", '{"event":"made","run":"x"}'],
  [
    "a time that is none",
    `{"event":"begin","run":"x","kind":"connection","id":"${id}","workspace":"default","target":"hub here","at":"soon"}`,
  ],
])("a line with %s is passed over", (_, line) => {
  writeFileSync(file, `${line}\n`);
  run().begin("connection", id);
  expect(interrupted()).toEqual([at]);
});

test("a time in the future is given as it is: who asks compares", () => {
  run({ now: () => new Date("2030-01-01T00:00:00Z") }).begin("connection", id);
  expect(interrupted()).toEqual(["2030-01-01T00:00:00.000Z"]);
});

test("a journal that cannot be read is left out, with a warning", () => {
  mkdirSync(file);
  expect(interrupted()).toEqual([]);
  expect(warned).toEqual([
    'the journal of creates is left out {"what":"read","code":"EISDIR"}',
  ]);
});

test("one that cannot be written too, once, and everything goes on", () => {
  mkdirSync(file);
  const first = run();
  first.begin("connection", id)("made");
  first.end();
  expect(warned).toHaveLength(1);
});

test("in a directory that only can be read, everything goes on", () => {
  // For everybody else it is enough that the directory cannot be written; for root, this one cannot be either.
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) chmodSync(join(root, ".terraform"), 0o500);
  const first = run(isRoot ? { environment: { TF_DATA_DIR: "/sys" } } : {});
  first.begin("connection", id)("made");
  first.begin("connection", id)("made");
  first.end();
  expect(warned).toEqual([
    'the journal of creates is left out {"what":"write","code":"EACCES"}',
  ]);
});

test("without a data directory it is left out without a word", () => {
  rmSync(join(root, ".terraform"), { recursive: true });
  run().begin("connection", id)("made");
  expect(interrupted()).toEqual([]);
  expect(warned).toEqual([]);
});

describe("a journal that has grown long", () => {
  test("keeps what is not settled, and nothing else", () => {
    const first = run();
    for (let index = 0; index < 200; index += 1)
      first.begin("connection", `organization/acme/c${index}`)("made");
    first.begin("connection", id);
    first.end();
    const killed = run();
    killed.begin("attachment", "a")("made");
    run({ now: () => new Date("2026-01-01T00:00:00Z") }).begin("link", "old");
    expect(lines().length).toBeGreaterThan(400);
    run({ compactAt: 1000 }).begin("workspace", "w");
    expect(lines()).toHaveLength(4);
    expect(interrupted()).toEqual([at]);
    expect(run().interrupted("attachment", "a")).toHaveLength(1);
    expect(run().interrupted("workspace", "w")).toHaveLength(1);
    expect(run().interrupted("link", "old")).toEqual([]);
    expect(readdirSync(join(root, ".terraform"))).toEqual([PENDING_FILE]);
  });

  test("loses no line of a process that has it open", () => {
    const other = run();
    const answered = other.begin("connection", id);
    const next = run({ compactAt: 1 });
    next.begin("workspace", "w")("not_made");
    // The file that the other has open is not the journal any more.
    answered("not_made");
    other.begin("link", "l");
    expect(interrupted()).toEqual([]);
    expect(run().interrupted("link", "l")).toHaveLength(1);
  });

  test("is left as it is while another process is at it", () => {
    run().begin("connection", id)("not_made");
    writeFileSync(`${file}.lock`, "");
    run({ compactAt: 1, now: () => new Date() }).begin("workspace", "w");
    expect(lines()).toHaveLength(3);
    rmSync(`${file}.lock`);
  });

  test("and is not, where that process is gone", () => {
    run().begin("connection", id)("not_made");
    writeFileSync(`${file}.lock`, "");
    const later = () => new Date(Date.now() + 3_600_000);
    run({ compactAt: 1, now: later }).begin("workspace", "w");
    expect(lines()).toHaveLength(1);
  });
});
