import type { Diagnostic, DiagnosticPath } from "../../diagnostics";
import type { Planned } from "../../plan";
import type { ProviderContext } from "../provider-context";
import { type CtyRecord, Dynamic } from "../wire";
import { usedWhileReplaced } from "./in-use";
import type { PlanAnswer, PlanRequest } from "./resource";

/** What was planned, as Terraform is told it; the other objects of the walk learn of it. */
export async function planAnswer(
  planned: Planned,
  record: CtyRecord,
  { prior, secondCall }: PlanRequest,
  context: ProviderContext,
  more: readonly Diagnostic[] = [],
): Promise<PlanAnswer> {
  const beside = context.planned.add(planned, {
    again: secondCall,
    rules: context.rules,
  });
  return {
    planned: record,
    requiresReplace: planned.replacing.map((path) =>
      addressable(path, [prior, record]),
    ),
    diagnostics: [
      ...planned.diagnostics,
      ...more,
      ...beside,
      ...(prior === null && !secondCall
        ? await lookBefore(planned, context)
        : []),
      ...(await usedWhileReplaced(planned, context)),
    ],
  };
}

/** A name that this walk has read is in the state: under another address, or being made anew. */
async function lookBefore(
  planned: Planned,
  context: ProviderContext,
): Promise<readonly Diagnostic[]> {
  const isInState =
    typeof planned.id === "string" && context.wasRead(planned.id);
  return (await context.look?.before(planned, { isInState })) ?? [];
}

/** Core refuses a path that leads nowhere; into a map typed by the user an attribute path leads nowhere. */
function addressable(
  path: DiagnosticPath,
  records: readonly (CtyRecord | null)[],
): DiagnosticPath {
  const [attribute = "", field] = path;
  const leads = records.some((record) => {
    const value = record?.[attribute];
    return (
      field === undefined ||
      (value instanceof Dynamic &&
        value.type.kind === "object" &&
        Object.hasOwn(value.type.attributes, field))
    );
  });
  return leads ? path : [attribute];
}
