import { PatchbayError } from "../diagnostics";
import type { Creation } from "../model";
import type { ObjectKind, PlainChange } from "../plan";
import type { Place } from "./step";
import { dependsOn, isAnyRemoval, isRemovalOf } from "./relations";
import { Ownership } from "./whose";
import { WorkInProgress } from "./work-in-progress";

/** How to create one object safely. */
export interface SafeCreateOptions<Observed extends Shown> {
  /** The natural key. */
  readonly id: string;
  readonly kind: ObjectKind;
  readonly create: () => Promise<Observed>;
  readonly tryFind: () => Promise<Observed | undefined>;
  /** The plain fields in which what is there is not what is wanted. */
  readonly differing: (observed: Observed) => readonly PlainChange[];
  /** Whether it can be what a create of ours has made whose answer was lost. @default nothing differs */
  readonly matches?: (observed: Observed) => boolean;
  /** Sends what the platform does not show (secrets), so that an adopted object is right in every part. @default nothing more is sent */
  readonly settle?: (observed: Observed) => Promise<Observed>;
}

interface Shown extends Creation {
  readonly platformId: string;
}

/**
 * Creates an object exactly once, whatever happens on the way.
 * - Where the answer to our create was lost, the platform is asked: what is as
 *   wanted is ours, and only what is surely not there is created again.
 * - What exists already is waited for while this walk removes it; else it is
 *   adopted where an interrupted run of the same state has made it, or where the
 *   user said so; else it is an error, and nothing is sent to it.
 */
export async function createOnce<Observed extends Shown>(
  options: SafeCreateOptions<Observed>,
  place: Place,
): Promise<Observed> {
  const { id, kind } = options;
  const { work = new WorkInProgress({ limit: 0 }) } = place;
  return await work.during({ does: "make", kind, id }, () =>
    new SafeCreate(options, place, work).run(),
  );
}

class SafeCreate<Observed extends Shown> {
  readonly #began = Date.now();
  /** A create was sent of which nobody knows what came. */
  #isUncertain = false;

  constructor(
    private readonly options: SafeCreateOptions<Observed>,
    private readonly place: Place,
    private readonly work: WorkInProgress,
  ) {}

  async run(): Promise<Observed> {
    const { id, kind } = this.options;
    const { ownership = new Ownership() } = this.place;
    // What this run begins itself says nothing about what was there before.
    const interrupted = ownership.pending.interrupted(kind, id);
    const answered = ownership.pending.begin(kind, id);
    try {
      const observed = await this.#createOrAdopt(ownership, interrupted);
      answered("made");
      return observed;
    } catch (thrown) {
      if (!this.#isUncertain && thrown instanceof PatchbayError)
        answered("not_made");
      throw thrown;
    }
  }

  async #createOrAdopt(
    ownership: Ownership,
    interrupted: readonly Date[],
  ): Promise<Observed> {
    const { create } = this.options;
    let wasGone = false;
    for (;;) {
      const since = this.work.mark();
      const isRepeated = this.#isUncertain;
      try {
        this.#isUncertain = true;
        const observed = await create();
        return this.#made(observed, false);
      } catch (thrown) {
        if (!(thrown instanceof PatchbayError)) throw thrown;
        const isLost = thrown.has("outcome_unknown");
        this.#isUncertain = isRepeated || isLost;
        if (isLost) {
          const found = await this.#find(thrown);
          if (found !== undefined && this.#isOurs(found))
            return await this.#adopt(found);
          if (found !== undefined) {
            this.#isUncertain = false;
            throw new PatchbayError(ownership.refusal(this.#foundOf(found)));
          }
          if (isRepeated) throw thrown;
        } else if (thrown.has("already_exists")) {
          if (await this.#isCleared(thrown, since)) continue;
          const found = await this.#find(thrown);
          if (found === undefined) {
            // It has gone in between.
            if (wasGone) throw thrown;
            wasGone = true;
            continue;
          }
          if (isRepeated && this.#isOurs(found))
            return await this.#adopt(found);
          this.#isUncertain = false;
          return await this.#takeOver(found, { ownership, interrupted });
        } else if (!(await this.#isCleared(thrown, since))) throw thrown;
      }
    }
  }

  /** Whether it can be what a create of this step has made. */
  #isOurs(found: Observed): boolean {
    const { differing, matches } = this.options;
    return matches?.(found) ?? differing(found).length === 0;
  }

  /** Whether what this walk does to the same object, or to what it needs, has come to its end since. */
  async #isCleared(thrown: PatchbayError, since: number): Promise<boolean> {
    const { id, kind } = this.options;
    const { signal } = this.place;
    const waiting = { since, began: this.#began, signal };
    if (thrown.has("already_exists"))
      return await this.work.clears({
        ...waiting,
        clears: isRemovalOf(kind, id),
        // What belongs to it is removed before it.
        leadsTo: isAnyRemoval,
      });
    return thrown.has("attachment_missing") || thrown.has("not_found")
      ? await this.work.clears({ ...waiting, clears: dependsOn(kind, id) })
      : false;
  }

  /** Not even the question may be answered: that the create may have happened must not get lost. */
  async #find(first: PatchbayError): Promise<Observed | undefined> {
    try {
      return await this.options.tryFind();
    } catch (failure) {
      throw failure instanceof PatchbayError
        ? new PatchbayError([...first.diagnostics, ...failure.diagnostics])
        : failure;
    }
  }

  async #takeOver(
    found: Observed,
    {
      ownership,
      interrupted,
    }: {
      readonly ownership: Ownership;
      readonly interrupted: readonly Date[];
    },
  ): Promise<Observed> {
    const meeting = this.#foundOf(found);
    const whose = ownership.whose(meeting, interrupted);
    const { kind, id } = meeting;
    // Else two addresses had one object.
    const isKept = this.work.hasFailed(isRemovalOf(kind, id));
    if (whose.whose === "theirs" || isKept) {
      const waited = isKept
        ? " This apply was to delete it first, and could not, as another error says."
        : this.work.hasWaited(this.#began)
          ? " This apply waited 10 seconds for a removal of its own; apply again once that is done."
          : "";
      throw new PatchbayError(ownership.refusal(meeting, waited));
    }
    const adopted = await this.#adopt(found);
    for (const diagnostic of ownership.taking(meeting, whose))
      this.place.warn?.(diagnostic);
    return adopted;
  }

  async #adopt(found: Observed): Promise<Observed> {
    return this.#made((await this.options.settle?.(found)) ?? found, true);
  }

  #made(observed: Observed, isTakenOver: boolean): Observed {
    const { kind, id } = this.options;
    const { platformId } = observed;
    this.work.noteMade(kind, id, { platformId, isTakenOver });
    return observed;
  }

  #foundOf(found: Observed) {
    const { kind, id, differing } = this.options;
    return { kind, id, creation: found, differing: differing(found) };
  }
}
