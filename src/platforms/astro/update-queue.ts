import { PatchbayError } from "../../diagnostics";
import type { Time } from "../../http";
import type { EnvironmentObject } from "./answers";
import type { AstroClient } from "./client";
import { cancelled } from "../kit";
import { UpdateDraft } from "./update-draft";

/** A change of one environment object, to be written together with others. */
export interface Edit {
  /** Writes the change into the draft. Throws where it cannot be made. `again` where an update that has it was accepted before, or may have been. */
  apply(draft: UpdateDraft, object: EnvironmentObject, again: boolean): void;
  /** Whether the object shows the change. */
  holds(object: EnvironmentObject): boolean;
  /** What to say where it was accepted several times and still does not show. */
  failure(object: EnvironmentObject): PatchbayError;
  /** Whether it concerns what others write as well, as a part of a whole: links, exclusions, auto-link. */
  readonly shared: boolean;
  /** Whether it writes what is never shown, so that only an accepted update counts. */
  readonly writesSecrets: boolean;
}

export interface UpdateQueueOptions {
  readonly client: Pick<AstroClient, "tryGet" | "update">;
  readonly time: Time;
  /** From 0 to 1, so that two who repair do not keep step. */
  readonly random: () => number;
  /** What to say where the object is not there. */
  readonly gone: () => PatchbayError;
}

/** How often a change is written before it counts as not to be made. */
const MAX_ROUNDS = 5;
/** What another client needs at least between its reading and its writing; where we need longer, so may others. */
const SETTLING_MS = 500;
/** How long to wait at most for those who were answered to come back. */
const MAX_GATHERING_MS = 2000;
/** How often it is looked whether they have. */
const LOOKS_WHILE_GATHERING = 10;

interface Waiting {
  readonly edit: Edit;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (object: EnvironmentObject) => void;
  readonly reject: (reason: unknown) => void;
  /** Whether an update that has it was accepted, or may have been. */
  again: boolean;
  /** Why it is not known whether the last update that has it was accepted. */
  uncertain: PatchbayError | undefined;
}

/**
 * The changes of one environment object, one update after the other: whatever is
 * waiting goes into the next one. Astro has neither versions nor partial updates,
 * so somebody else who read before our update and writes after it takes our
 * change away: it is looked at once more after a while, and made again.
 */
export class UpdateQueue {
  readonly #id: string;
  readonly #options: UpdateQueueOptions;
  readonly #waiting: (Waiting | (() => Promise<void>))[] = [];
  #running = false;
  /** When the object was last changed, as far as our own updates know. */
  #newest = 0;
  /** How many wanted something at the same time, and when the last of them was answered. */
  #last = { company: 0, answeredAt: 0 };
  /** How long it last took from what had been read to the answer of the update. */
  #took = 0;

  constructor(id: string, options: UpdateQueueOptions) {
    this.#id = id;
    this.#options = options;
  }

  /** Resolves once the change holds. */
  edit(
    edit: Edit,
    signal: AbortSignal | undefined,
  ): Promise<EnvironmentObject> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        edit,
        signal,
        resolve,
        reject,
        again: false,
        uncertain: undefined,
      });
      this.#start();
    });
  }

  /** Runs something while nothing is written. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => work().then(resolve, reject));
      this.#start();
    });
  }

  #start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (typeof next === "function") {
        this.#waiting.shift();
        await next();
        continue;
      }
      let batch: readonly Waiting[] | undefined;
      try {
        await this.#gather();
        const object = await this.#read();
        // What came in while it was read goes along.
        batch = this.#takeEdits();
        await this.#write(batch, object);
        this.#last = {
          company: batch.length + this.#waiting.length,
          answeredAt: this.#now(),
        };
      } catch (error) {
        fail(batch ?? this.#takeEdits(), error);
      }
    }
    this.#running = false;
  }

  /**
   * Who was answered comes back with the next change: Terraform starts one for
   * each that is done. Waiting for all of them, for a moment after the answer,
   * keeps a wave together; else the first to come back would go alone.
   */
  async #gather(): Promise<void> {
    const { company, answeredAt } = this.#last;
    const moment = Math.min(
      Math.max(SETTLING_MS, this.#took),
      MAX_GATHERING_MS,
    );
    // Counted, because the clock may be set back.
    for (let look = 0; look < LOOKS_WHILE_GATHERING; look++) {
      const isOver = this.#now() >= answeredAt + moment;
      if (this.#waiting.length >= company || isOver) return;
      await this.#sleep(moment / LOOKS_WHILE_GATHERING);
    }
  }

  /** The edits in front, up to the next that wants to be alone. */
  #takeEdits(): readonly Waiting[] {
    const end = this.#waiting.findIndex((item) => typeof item === "function");
    const taken = this.#waiting.splice(
      0,
      end < 0 ? this.#waiting.length : end,
    ) as Waiting[];
    return taken.filter(({ signal, reject }) => {
      if (signal?.aborted !== true) return true;
      reject(cancelled());
      return false;
    });
  }

  /** Answers each of the batch, or rejects; then those that are left are the caller's. */
  async #write(
    batch: readonly Waiting[],
    first: EnvironmentObject,
  ): Promise<void> {
    let pending = batch;
    let object = first;
    let readAt = this.#now();
    for (let round = 1; pending.length > 0; round++) {
      if (round > 1) {
        await this.#pause(round);
        object = await this.#read();
        readAt = this.#now();
      }
      const draft = new UpdateDraft(object);
      pending = pending.filter((item) => {
        const { edit, reject, again } = item;
        if (wasMade(item, object)) {
          item.resolve(object);
          return false;
        }
        try {
          edit.apply(draft, object, again);
          return true;
        } catch (error) {
          reject(error);
          return false;
        }
      });
      if (pending.length === 0) return;
      const last = round >= MAX_ROUNDS;
      try {
        object = await this.#send(draft);
        noteSent(pending, undefined);
      } catch (error) {
        if (isUncertain(error)) noteSent(pending, error);
        if (pending.length > 1 && isAboutContent(error))
          return await this.#inHalves(pending);
        if (!last && isUncertain(error)) continue;
        throw error;
      }
      this.#took = this.#now() - readAt;
      if (pending.some(({ edit }) => edit.shared))
        object = await this.#afterSettling(object);
      const seen = object;
      pending = pending.filter(({ edit, resolve, reject }) => {
        if (edit.holds(seen)) resolve(seen);
        else if (last) reject(edit.failure(seen));
        else return true;
        return false;
      });
    }
  }

  /** One of them is refused and takes the others with it: each half is tried by itself. */
  async #inHalves(batch: readonly Waiting[]): Promise<void> {
    const middle = Math.ceil(batch.length / 2);
    for (const half of [batch.slice(0, middle), batch.slice(middle)]) {
      try {
        await this.#write(half, await this.#read());
      } catch (error) {
        fail(half, error);
      }
    }
  }

  async #send(draft: UpdateDraft): Promise<EnvironmentObject> {
    const { client } = this.#options;
    const object = await client.update(
      this.#id,
      draft.toRequest(),
      draft.secrets,
    );
    this.#newest = Math.max(this.#newest, changedAt(object) ?? 0);
    return object;
  }

  /** Reads the object; an answer from before our own last update is not taken. */
  async #read(): Promise<EnvironmentObject> {
    const { client, gone } = this.#options;
    for (let attempt = 1; ; attempt++) {
      const object = await client.tryGet(this.#id);
      if (object === undefined) throw gone();
      if ((changedAt(object) ?? this.#newest) >= this.#newest) return object;
      if (attempt >= MAX_ROUNDS)
        throw new PatchbayError({
          code: "platform_failure",
          detail:
            "Astro keeps showing the connection as it was before the last update, so nothing was changed any more. Try again.",
        });
      await this.#pause(attempt);
    }
  }

  /** What is there after others who had read before our update have written. Where it cannot be read, our own answer counts. */
  async #afterSettling(answer: EnvironmentObject): Promise<EnvironmentObject> {
    const settling = Math.max(SETTLING_MS, this.#took);
    await this.#sleep(settling * (1 + this.#options.random()));
    try {
      return await this.#read();
    } catch (error) {
      if (error instanceof PatchbayError && error.has("not_found")) throw error;
      return answer;
    }
  }

  #pause(round: number): Promise<void> {
    return this.#sleep(SETTLING_MS * round * this.#options.random());
  }

  #now(): number {
    return this.#options.time.now();
  }

  #sleep(milliseconds: number): Promise<void> {
    return this.#options.time.sleep(milliseconds, undefined);
  }
}

/** `uncertain` where the update may not have been accepted. */
function noteSent(
  batch: readonly Waiting[],
  uncertain: PatchbayError | undefined,
): void {
  for (const item of batch) {
    item.again = true;
    item.uncertain = uncertain;
  }
}

/** Rejects those that have no answer yet. That an update may have happened must not get lost. */
function fail(batch: readonly Waiting[], error: unknown): void {
  for (const { reject, uncertain } of batch) reject(uncertain ?? error);
}

/** After an update whose outcome is not known, a change that shows was made. */
function wasMade(
  { edit, uncertain }: Waiting,
  object: EnvironmentObject,
): boolean {
  return uncertain !== undefined && !edit.writesSecrets && edit.holds(object);
}

/** Undefined where the platform does not tell. */
function changedAt({ updatedAt }: EnvironmentObject): number | undefined {
  const time = Date.parse(updatedAt ?? "");
  return Number.isNaN(time) ? undefined : time;
}

function isUncertain(error: unknown): error is PatchbayError {
  return error instanceof PatchbayError && error.has("outcome_unknown");
}

/** Whether leaving some of the changes out may help. */
function isAboutContent(error: unknown): boolean {
  return (
    error instanceof PatchbayError &&
    (["outcome_unknown", "invalid_configuration", "conflict"] as const).some(
      (code) => error.has(code),
    )
  );
}
