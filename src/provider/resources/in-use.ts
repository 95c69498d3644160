import {
  usesOfConnection,
  usesOfDeployment,
  usesOfWorkspace,
  type UsingObject,
} from "../../apply";
import {
  type Diagnostic,
  hasErrors,
  warningDiagnostic,
} from "../../diagnostics";
import { parseConnectionKey } from "../../model";
import { type ObjectKind, parseInventoryId, type Planned } from "../../plan";
import type { ProviderContext } from "../provider-context";

/** A warning where what is deleted is used by something that this configuration does not delete with it. */
export async function usedElsewhere(
  kind: ObjectKind,
  id: string,
  context: ProviderContext,
): Promise<readonly Diagnostic[]> {
  if (context.questions === undefined) return [];
  const uses = await usesOf(kind, id, context);
  return await context.questions.ask(() => {
    const others = othersOf(uses, context);
    return others.length === 0
      ? undefined
      : warningDiagnostic({
          code: "in_use",
          detail: `${id} is to be deleted, and is used by: ${wordsOf(others)}. Nothing in this plan manages these; as long as they are there, the apply will refuse to delete ${id}, after it has removed what this plan removes of it. Remove them where they are declared first.`,
        });
  });
}

/**
 * The same where a connection is replaced. What refers to it is planned after it
 * only, so nobody can tell yet which of its uses are declared here.
 */
export async function usedWhileReplaced(
  planned: Planned,
  context: ProviderContext,
): Promise<readonly Diagnostic[]> {
  const id = planned.before?.id;
  if (
    planned.kind !== "connection" ||
    planned.action !== "replace" ||
    hasErrors(planned.diagnostics) ||
    id === undefined ||
    context.questions === undefined
  )
    return [];
  const others = othersOf(await usesOf("connection", id, context), context);
  return others.length === 0
    ? []
    : [
        warningDiagnostic({
          code: "in_use",
          detail: `${id} is to be replaced, and is used by: ${wordsOf(others)}. What this configuration declares of these is removed first and made anew with it. What another one declares keeps the connection from being deleted: then the apply stops half-way. Remove that first, where it is declared.`,
        }),
      ];
}

async function usesOf(
  kind: ObjectKind,
  id: string,
  context: ProviderContext,
): Promise<readonly UsingObject[]> {
  const where = context.require();
  switch (kind) {
    case "connection": {
      const key = parseConnectionKey(id);
      return key.ok ? await usesOfConnection(key.value, where) : [];
    }
    case "workspace":
    case "deployment": {
      // A state that was written by hand may hold anything.
      const key = parseInventoryId(kind, id);
      if (!key.ok) return [];
      return kind === "workspace"
        ? await usesOfWorkspace(key.value, where)
        : await usesOfDeployment(key.value, where);
    }
    case "attachment":
    case "link":
      return [];
  }
}

function othersOf(
  uses: readonly UsingObject[],
  context: ProviderContext,
): readonly UsingObject[] {
  return uses.filter(({ kind, id }) => !context.isInState(kind, id));
}

function wordsOf(uses: readonly UsingObject[]): string {
  return uses.map(({ words }) => words).join(", ");
}
