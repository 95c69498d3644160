import { type FieldSchema, tryFindConnectionType } from "../../catalog";
import { objectOf } from "../../model";
import {
  type CodeObject,
  type CodeValue,
  VariableReference,
} from "./code-value";

export interface SecretReferences {
  /** The secrets' fields, with a variable for each. */
  readonly fields: CodeObject;
  /** Dotted paths of which nobody can tell whether the dot belongs to a name. */
  readonly ambiguous: readonly string[];
}

/**
 * The secrets that are set, as fields: a platform shows them as dotted paths.
 * The type's schema says where a path ends and a name with a dot in it begins.
 */
export function secretReferences(
  type: string,
  paths: readonly string[],
  variableFor: (path: string) => string,
): SecretReferences {
  const schema = tryFindConnectionType(type)?.schema;
  const root = new Map<string, Branch>();
  const ambiguous: string[] = [];
  for (const path of [...paths].sort()) {
    const { steps, sure } = stepsOf(path, schema);
    if (!sure) ambiguous.push(path);
    const part = schemaAt(schema, steps);
    // A map without an entry is there, too, and nothing in it is a secret.
    insert(
      root,
      steps,
      part?.type === "object"
        ? new Map()
        : new VariableReference(variableFor(path)),
    );
  }
  return { fields: objectOfBranch(root), ambiguous };
}

type Branch = VariableReference | Map<string, Branch>;

interface Steps {
  readonly steps: readonly string[];
  readonly sure: boolean;
}

function stepsOf(path: string, schema: FieldSchema | undefined): Steps {
  const properties = schema?.properties ?? {};
  const known = Object.keys(properties).find(
    (field) => path === field || path.startsWith(`${field}.`),
  );
  if (known !== undefined) {
    if (path === known) return { steps: [known], sure: true };
    const below = stepsOf(path.slice(known.length + 1), properties[known]);
    return { steps: [known, ...below.steps], sure: below.sure };
  }
  // A map of texts: what is left is one name.
  if (typeof schema?.additionalProperties === "object")
    return { steps: [path], sure: true };
  const steps = path.split(".");
  return steps.some((step) => step === "")
    ? { steps: [path], sure: true }
    : { steps, sure: steps.length === 1 };
}

function schemaAt(
  schema: FieldSchema | undefined,
  steps: readonly string[],
): FieldSchema | undefined {
  return steps.reduce<FieldSchema | undefined>(
    (part, step) =>
      part?.properties !== undefined && Object.hasOwn(part.properties, step)
        ? part.properties[step]
        : undefined,
    schema,
  );
}

/** Where a text stands already, there is nothing below it: the rest of the path is a name with dots. */
function insert(
  branch: Map<string, Branch>,
  [step = "", ...rest]: readonly string[],
  leaf: Branch,
): void {
  if (rest.length === 0) {
    branch.set(step, leaf);
    return;
  }
  const below = branch.get(step) ?? new Map<string, Branch>();
  if (below instanceof VariableReference) {
    branch.set([step, ...rest].join("."), leaf);
    return;
  }
  branch.set(step, below);
  insert(below, rest, leaf);
}

function objectOfBranch(branch: Map<string, Branch>): CodeObject {
  return objectOf(
    [...branch].map(([field, part]): [string, CodeValue] => [
      field,
      part instanceof VariableReference ? part : objectOfBranch(part),
    ]),
  );
}
