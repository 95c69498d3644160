/** What core checks of a provider's answers: terraform-protocol.md, section 4.3. Breaking a rule throws, as core would stop. */
import { schemaType } from "../schema/schema-type";
import {
  type AttributePath,
  containsUnknown,
  ctyEquals,
  type CtyRecord,
  type CtyValue,
  Dynamic,
  isRecord,
  type ObjectType,
  type Schema,
  Unknown,
} from "../wire";

/** The answer to a plan, of something that shall exist. */
export function checkPlanned(options: {
  readonly schema: Schema;
  readonly prior: CtyRecord | null;
  readonly config: CtyRecord;
  readonly planned: CtyRecord;
}): void {
  const { schema, prior, config, planned } = options;
  const { attributes: types } = schemaType(schema) as ObjectType;
  for (const attribute of schema.block.attributes ?? []) {
    const { name } = attribute;
    const value = planned[name]!;
    const before = prior?.[name] ?? null;
    const given = config[name]!;
    const equals = (other: CtyValue) => ctyEquals(types[name], value, other);
    if (attribute.writeOnly === true) {
      require(value === null, `planned write-only ${name} is not null`);
      continue;
    }
    const allowed =
      equals(given) ||
      (before !== null && given !== null && equals(before)) ||
      (attribute.computed === true && given === null);
    require(allowed, `planned ${name} is neither the configured value nor the prior one`);
  }
}

/** The state after reading, applying or importing. */
export function checkState(schema: Schema, state: CtyRecord): void {
  require(!containsUnknown(state), "the new state is not wholly known");
  for (const { name, writeOnly } of schema.block.attributes ?? [])
    require(writeOnly !== true ||
      state[name] === null, `write-only ${name} is in the state`);
}

/** What was planned as known must be so: after apply, and in the plan that core asks for again before it. */
export function checkKept(
  planned: CtyValue,
  actual: CtyValue,
  path = "",
): void {
  if (planned instanceof Unknown) return;
  if (planned instanceof Dynamic || actual instanceof Dynamic) {
    require(planned instanceof Dynamic &&
      actual instanceof Dynamic, `${path} changed its presence`);
    checkKept((planned as Dynamic).value, (actual as Dynamic).value, path);
    return;
  }
  if (isRecord(planned)) {
    require(isRecord(actual), `${path} is no object any more`);
    const names = Object.keys(planned).sort();
    require(JSON.stringify(names) ===
      JSON.stringify(
        Object.keys(actual as CtyRecord).sort(),
      ), `${path} has other fields`);
    for (const name of names)
      checkKept(
        planned[name]!,
        (actual as CtyRecord)[name]!,
        `${path}.${name}`,
      );
    return;
  }
  if (Array.isArray(planned)) {
    require(Array.isArray(actual) &&
      actual.length === planned.length, `${path} has another length`);
    (planned as readonly CtyValue[]).forEach((item, index) =>
      checkKept(
        item,
        (actual as readonly CtyValue[])[index]!,
        `${path}[${index}]`,
      ),
    );
    return;
  }
  require(ctyEquals(
    undefined,
    planned,
    actual,
  ), `${path} is not what was planned`);
}

/** The paths among these whose value changes; one that leads nowhere is against the rules. */
export function replacingPathsOf(
  paths: readonly AttributePath[],
  prior: CtyRecord,
  planned: CtyRecord,
): readonly string[] {
  return paths.flatMap(({ steps }) => {
    const names = steps.map((step) =>
      "attributeName" in step ? step.attributeName : "?",
    );
    const before = valueAt(prior, names);
    const after = valueAt(planned, names);
    require(before !== undefined ||
      after !== undefined, `non-existent attribute path ${names.join(".")}`);
    const differs =
      before === undefined ||
      after === undefined ||
      containsUnknown(after) ||
      !ctyEquals(undefined, before, after);
    return differs ? [names.join(".")] : [];
  });
}

function valueAt(
  record: CtyRecord,
  names: readonly string[],
): CtyValue | undefined {
  let value: CtyValue | undefined = record;
  for (const name of names) {
    if (value instanceof Unknown) return value;
    if (value instanceof Dynamic) {
      if (value.type.kind !== "object") return undefined;
      value = value.value;
    }
    if (value === undefined || !isRecord(value)) return undefined;
    value = Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

function require(holds: boolean, broken: string): void {
  if (!holds) throw new Error(`core: ${broken}`);
}
