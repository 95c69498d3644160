import {
  errorDiagnostic,
  PatchbayError,
  warningDiagnostic,
} from "../diagnostics";
import type { ObjectKind } from "../plan";
import { isUseOf } from "./relations";
import type { Place } from "./step";
import { type Work, WorkInProgress } from "./work-in-progress";

export interface SafeRemoveOptions {
  readonly kind: ObjectKind;
  /** The natural key. */
  readonly id: string;
  readonly platformId: string | undefined;
  readonly remove: () => Promise<void>;
}

/**
 * Removes an object. Where the platform refuses it because it is used, and this
 * walk is removing what uses it, it is tried again. What this walk itself has
 * made by the same name is not what shall go.
 */
export async function removeOnce(
  options: SafeRemoveOptions,
  place: Place,
): Promise<void> {
  const { kind, id } = options;
  const { work = new WorkInProgress({ limit: 0 }), platform, warn } = place;
  const made = work.madeOf(kind, id);
  if (made !== undefined) {
    const namesAreUnique = platform.capabilities.sharedNames !== true;
    const isTheSame = made.platformId === options.platformId;
    if (isTheSame && made.isTakenOver)
      warn?.(
        warningDiagnostic({
          code: "taken_over",
          detail: `${id} was not deleted: this apply took it over under another address, or as its own replacement (create_before_destroy). It is managed there from now on.`,
        }),
      );
    // Where names are unique, it can only be there because its predecessor is gone.
    if (isTheSame || namesAreUnique) return;
  }
  await work.during({ does: "remove", kind, id }, async () => {
    const began = Date.now();
    for (;;) {
      const since = work.mark();
      try {
        await options.remove();
        break;
      } catch (thrown) {
        if (!(thrown instanceof PatchbayError) || !thrown.has("in_use"))
          throw thrown;
        const isCleared = await work.clears({
          since,
          clears: isUseOf(kind, id),
          began,
          signal: place.signal,
        });
        if (isCleared) continue;
        throw withSentences(thrown, [
          ...(work.hasWaited(began)
            ? [
                "This apply waited 10 seconds for removals of its own; this object was left as it is. Apply again once they are done.",
              ]
            : []),
          ...removedAlready(usesRemoved(work, kind, id)),
        ]);
      }
    }
  });
  work.noteRemoved(kind, id);
}

/** Of places nobody can tell from the id which are meant: nothing is said of them. */
function usesRemoved(
  work: WorkInProgress,
  kind: ObjectKind,
  id: string,
): readonly Work[] {
  return kind === "connection" || kind === "attachment"
    ? work.doneOf(
        (done) =>
          isUseOf(kind, id)(done) &&
          (done.kind === "attachment" || done.kind === "link"),
      )
    : [];
}

/** What went before, and is missing as long as the object stays. */
function removedAlready(done: readonly Work[]): readonly string[] {
  return done.length === 0
    ? []
    : [
        `This apply had removed what it manages of it before: ${done.map(({ id }) => id).join(", ")}. To have that back, put it back into the configuration and apply again; to go on, apply again once the uses are gone.`,
      ];
}

function withSentences(
  thrown: PatchbayError,
  sentences: readonly string[],
): PatchbayError {
  return new PatchbayError(
    thrown.diagnostics.map(({ code, detail, path }) =>
      errorDiagnostic({
        code,
        path,
        detail: [detail.trimEnd(), ...sentences].join(" "),
      }),
    ),
  );
}
