import type { ProviderContext } from "../provider-context";
import { schemaType } from "../schema/schema-type";
import { textOf } from "../state/record";
import { sameInMeaning } from "../state/values";
import { ctyEquals, type CtyRecord, recordOf, type Schema } from "../wire";

export interface SpellingOfPlan {
  readonly schema: Schema;
  readonly prior: CtyRecord | null;
  readonly planned: CtyRecord;
  /** The argument of fields: kept as a whole or not at all. */
  readonly argument: "config" | "overrides";
  /** The attributes that follow from it. */
  readonly following: readonly string[];
  /** The connection's type, which decides what means the same; undefined as long as it is not known. */
  readonly type: string | undefined;
}

/**
 * The state before where the plan says the same in other words, so that it is
 * no difference. Only while planning: of an object that is being changed, a plan
 * with a field that is known later had to show the words as they are written,
 * and has to be kept to once the field turns out to be what it was.
 */
export function asItWas(
  { schema, prior, planned, argument, following, type }: SpellingOfPlan,
  context: ProviderContext,
): CtyRecord {
  if (prior === null || type === undefined) return planned;
  const id = textOf(prior, "id");
  if (typeof id !== "string" || !context.wasRead(id)) return planned;
  const isSame = sameInMeaning({
    type,
    before: prior[argument] ?? null,
    after: planned[argument] ?? null,
    sets: context.rules?.setFields?.(type),
  });
  if (!isSame) return planned;
  const reworded = recordOf(
    Object.entries(planned).map(([name, value]) => [
      name,
      name === argument || following.includes(name)
        ? (prior[name] ?? null)
        : value,
    ]),
  );
  return ctyEquals(schemaType(schema), prior, reworded) ? prior : planned;
}
