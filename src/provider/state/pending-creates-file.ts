import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join, resolve } from "node:path";
import type { CreateAnswer, PendingCreates } from "../../apply";
import type { Log } from "../../model";
import type { ObjectKind } from "../../plan";

/** In Terraform's data directory. */
export const PENDING_FILE = "patchbay-pending.jsonl";

export interface PendingCreatesOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Which platform, and where: the same name is another object elsewhere. */
  readonly target: string;
  readonly log: Log;
  readonly now?: () => Date;
  /** Settled entries are thrown away once the file is so long. @default 65536 */
  readonly compactAt?: number;
}

/** One line each. A run is one walk of one process. */
type Event =
  | (Entry & { readonly event: "begin"; readonly at: string })
  | {
      readonly event: CreateAnswer;
      readonly run: string;
      readonly kind: string;
      readonly id: string;
    }
  /** The state holds the object. */
  | (Entry & { readonly event: "saved" })
  /** Terraform has ended the run in good order, so that what it made is in the state. */
  | { readonly event: "end"; readonly run: string };

interface Entry {
  readonly run: string;
  readonly kind: string;
  readonly id: string;
  readonly workspace: string;
  readonly target: string;
}

interface Open extends Entry {
  readonly at: string;
  isMade: boolean;
}

const KEPT_FOR = 7 * 24 * 60 * 60 * 1000;
const A_DAY = 24 * 60 * 60 * 1000;

/**
 * The journal of creates: a line before each, one with its answer, and one once
 * the run has ended in good order, as a killed Terraform may not have written
 * down what was answered. Several processes write it at once, each line with one
 * append. It holds no secret. Where it cannot be kept, everything goes on
 * without: what exists is then said to be somebody else's.
 */
export class PendingCreatesFile implements PendingCreates {
  readonly #path: string;
  readonly #run = randomUUID();
  readonly #workspace: string;
  readonly #options: PendingCreatesOptions;
  #known: Journal | undefined;
  #descriptor: number | "none" | undefined;
  #hasBegun = false;

  constructor(options: PendingCreatesOptions) {
    const { environment, workingDirectory } = options;
    const directory = resolve(
      workingDirectory,
      given(environment["TF_DATA_DIR"]) ?? ".terraform",
    );
    this.#options = options;
    this.#path = join(directory, PENDING_FILE);
    this.#workspace =
      given(environment["TF_WORKSPACE"]) ?? workspaceIn(directory);
  }

  begin(kind: ObjectKind, id: string): (answer: CreateAnswer) => void {
    const { run } = this.#entry(kind, id);
    this.#hasBegun = true;
    this.#append({
      event: "begin",
      ...this.#entry(kind, id),
      at: this.#now().toISOString(),
    });
    return (answer) => this.#append({ event: answer, run, kind, id });
  }

  interrupted(kind: ObjectKind, id: string): readonly Date[] {
    return (this.#journal().get(keyOf(this.#entry(kind, id))) ?? []).map(
      ({ at }) => new Date(at),
    );
  }

  /** The state holds it: nothing is pending. */
  saved(kind: ObjectKind, id: string): void {
    const entry = this.#entry(kind, id);
    if (!this.#journal().delete(keyOf(entry))) return;
    this.#append({ event: "saved", ...entry });
  }

  /** The run has come to its end in good order. */
  end(): void {
    if (this.#hasBegun) this.#append({ event: "end", run: this.#run });
    this.#hasBegun = false;
    this.close();
  }

  close(): void {
    if (typeof this.#descriptor === "number") closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #entry(kind: ObjectKind, id: string): Entry {
    const { target } = this.#options;
    return { run: this.#run, kind, id, workspace: this.#workspace, target };
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  #journal(): Journal {
    this.#known ??= openEntries(this.#read());
    return this.#known;
  }

  #read(): string {
    try {
      return readFileSync(this.#path, "utf8");
    } catch (failure) {
      if (codeOf(failure) !== "ENOENT") this.#giveUp("read", failure);
      return "";
    }
  }

  #append(event: Event): void {
    try {
      // Another process may have put a shorter file in its place in between: then the line is written once more.
      for (let times = 0; times < 3; times += 1) {
        this.#descriptor ??= this.#open();
        if (this.#descriptor === "none") return;
        writeSync(this.#descriptor, `${JSON.stringify(event)}\n`);
        if (isStillThere(this.#descriptor, this.#path)) return;
        this.close();
      }
    } catch (failure) {
      this.#giveUp("write", failure);
    }
  }

  #open(): number | "none" {
    // What earlier runs have left is read before this one adds to it.
    this.#journal();
    if (this.#descriptor === "none") return "none";
    compact(this.#path, {
      at: this.#options.compactAt ?? 65_536,
      now: this.#now(),
    });
    const { O_APPEND, O_CREAT, O_RDWR } = constants;
    const descriptor = openSync(this.#path, O_APPEND | O_CREAT | O_RDWR, 0o600);
    // A process that was killed may have left half a line.
    if (!endsLine(descriptor)) writeSync(descriptor, "\n");
    return descriptor;
  }

  #giveUp(what: string, failure: unknown): void {
    this.close();
    this.#descriptor = "none";
    const { log } = this.#options;
    const code = codeOf(failure) ?? "none";
    const message = "the journal of creates is left out";
    // Without terraform init there is no such directory.
    if (code === "ENOENT") log.debug(message, { what, code });
    else log.warn(message, { what, code });
  }
}

/** The entries that are not settled, by workspace, target, kind and id. */
type Journal = Map<string, Open[]>;

function openEntries(text: string): Journal {
  const open: Journal = new Map();
  const byRun = new Map<string, Open[]>();
  for (const event of eventsIn(text)) {
    switch (event.event) {
      case "begin": {
        const entry = { ...event, isMade: false };
        push(open, keyOf(event), entry);
        push(byRun, event.run, entry);
        break;
      }
      case "made":
        for (const entry of ofObject(byRun, event)) entry.isMade = true;
        break;
      case "not_made":
        for (const entry of ofObject(byRun, event))
          keep(open, keyOf(entry), (one) => one !== entry);
        break;
      case "saved":
        open.delete(keyOf(event));
        break;
      case "end":
        // An object that it took over is settled for all runs that had begun to make it.
        for (const entry of byRun.get(event.run) ?? [])
          if (entry.isMade) open.delete(keyOf(entry));
        break;
    }
  }
  return open;
}

function ofObject(
  byRun: ReadonlyMap<string, readonly Open[]>,
  { run, kind, id }: Pick<Entry, "run" | "kind" | "id">,
): readonly Open[] {
  return (byRun.get(run) ?? []).filter(
    (one) => one.kind === kind && one.id === id,
  );
}

function keep(
  open: Journal,
  key: string,
  isKept: (entry: Open) => boolean,
): void {
  const kept = (open.get(key) ?? []).filter(isKept);
  if (kept.length === 0) open.delete(key);
  else open.set(key, kept);
}

function push(map: Map<string, Open[]>, key: string, entry: Open): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [entry]);
  else list.push(entry);
}

function keyOf({ workspace, target, kind, id }: Entry | Open): string {
  return JSON.stringify([workspace, target, kind, id]);
}

/** Lines that are none are passed over: the last may be cut short. */
function eventsIn(text: string): readonly Event[] {
  return text.split("\n").flatMap((line) => {
    try {
      const event = JSON.parse(line) as Event;
      return isEvent(event) ? [event] : [];
    } catch {
      return [];
    }
  });
}

const texts: Readonly<Record<Event["event"], readonly string[]>> = {
  begin: ["run", "kind", "id", "workspace", "target", "at"],
  made: ["run", "kind", "id"],
  not_made: ["run", "kind", "id"],
  saved: ["run", "kind", "id", "workspace", "target"],
  end: ["run"],
};

function isEvent(value: unknown): value is Event {
  if (typeof value !== "object" || value === null) return false;
  const event = value as Readonly<Record<string, unknown>>;
  const name = event["event"];
  if (typeof name !== "string" || !Object.hasOwn(texts, name)) return false;
  return (
    texts[name as Event["event"]].every(
      (field) => typeof event[field] === "string",
    ) &&
    (name !== "begin" || !Number.isNaN(Date.parse(String(event["at"]))))
  );
}

/**
 * Puts a file in its place that holds what is not settled only. Other processes
 * go on appending to the old one until they notice: what they wrote in between
 * is carried over here, and what they write after that they write again.
 */
function compact(
  path: string,
  { at, now }: { readonly at: number; readonly now: Date },
): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < at) return;
  const lock = `${path}.lock`;
  const old = statSync(lock, { throwIfNoEntry: false });
  if (old !== undefined && now.getTime() - old.mtimeMs > 60_000)
    rmSync(lock, { force: true });
  try {
    closeSync(openSync(lock, "wx"));
  } catch {
    return;
  }
  const descriptor = openSync(path, "r");
  try {
    const text = readOn(descriptor, 0);
    const left = `${path}.new`;
    writeFileSync(left, linesOf(openEntries(text.toString("utf8")), now), {
      mode: 0o600,
    });
    renameSync(left, path);
    const late = readOn(descriptor, text.length);
    if (late.length > 0) writeFileSync(path, late, { flag: "a" });
  } finally {
    closeSync(descriptor);
    rmSync(lock, { force: true });
  }
}

function linesOf(open: Journal, now: Date): string {
  return [...open.values()]
    .flat()
    .filter(({ at }) => {
      const age = now.getTime() - Date.parse(at);
      return age <= KEPT_FOR && age >= -A_DAY;
    })
    .flatMap(({ isMade, ...entry }): readonly Event[] => {
      const { run, kind, id } = entry;
      return [
        { ...entry, event: "begin" },
        ...(isMade ? [{ event: "made" as const, run, kind, id }] : []),
      ];
    })
    .map((event) => `${JSON.stringify(event)}\n`)
    .join("");
}

function readOn(descriptor: number, from: number): Buffer {
  const parts: Buffer[] = [];
  for (let position = from; ;) {
    const part = Buffer.alloc(65_536);
    const length = readSync(descriptor, part, 0, part.length, position);
    if (length === 0) return Buffer.concat(parts);
    parts.push(part.subarray(0, length));
    position += length;
  }
}

function isStillThere(descriptor: number, path: string): boolean {
  const now = statSync(path, { throwIfNoEntry: false });
  return now?.ino === fstatSync(descriptor).ino;
}

function endsLine(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, size - 1);
  return last.toString() === "\n";
}

function workspaceIn(directory: string): string {
  try {
    return (
      given(readFileSync(join(directory, "environment"), "utf8").trim()) ??
      "default"
    );
  } catch {
    return "default";
  }
}

/** An empty variable is none. */
function given(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function codeOf(failure: unknown): string | undefined {
  const { code } = failure as { readonly code?: unknown };
  return typeof code === "string" ? code : undefined;
}
