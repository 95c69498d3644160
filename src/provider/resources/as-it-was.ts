import type { ProviderContext } from "../provider-context";
import { schemaType } from "../schema/schema-type";
import { textOf } from "../state/record";
import { ctyEquals, type CtyRecord, recordOf, type Schema } from "../wire";

/**
 * The state before where the plan says the same in other words, so that it is
 * no difference. Only while planning: of an object that is being changed, a plan
 * with a field that is known later had to show the words as they are written,
 * and has to be kept to once the field turns out to be what it was.
 */
export function asItWas(
  options: {
    readonly schema: Schema;
    readonly prior: CtyRecord | null;
    readonly planned: CtyRecord;
    /** Attributes that mean the same in both. */
    readonly sameInMeaning: readonly string[];
  },
  context: ProviderContext,
): CtyRecord {
  const { schema, prior, planned, sameInMeaning } = options;
  if (prior === null || sameInMeaning.length === 0) return planned;
  const id = textOf(prior, "id");
  if (typeof id !== "string" || !context.planned.wasRead(id)) return planned;
  const reworded = recordOf(
    Object.entries(planned).map(([name, value]) => [
      name,
      sameInMeaning.includes(name) ? (prior[name] ?? null) : value,
    ]),
  );
  return ctyEquals(schemaType(schema), prior, reworded) ? prior : planned;
}
