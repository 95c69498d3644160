import { equalInMeaning } from "../../catalog";
import {
  type Capabilities,
  fieldOf,
  formatOwner,
  hasFeature,
  isObject,
  KNOWN_AFTER_APPLY,
  objectOf,
  type Owner,
  type PlatformIdentity,
  type PlatformRules,
  type Value,
} from "../../model";

/** Of a connection what decides whether it can be changed in place. */
export interface ReplacementFacts {
  readonly name: string | symbol;
  readonly owner: Owner | symbol;
  readonly type: string | symbol;
  readonly config: Value;
}

/**
 * The arguments of a connection whose change this platform cannot make in
 * place, as paths; empty where an update does. What is not known until apply
 * counts as changed only where a change of it would always replace.
 */
export function replacingPaths(
  before: ReplacementFacts,
  after: ReplacementFacts,
  platform: PlatformIdentity & Pick<PlatformRules, "storedType" | "setFields">,
): readonly (readonly string[])[] {
  const paths: string[][] = [];
  if (isStoredOtherwise(before, after, platform)) paths.push(["type"]);
  if (ownerText(before.owner) !== ownerText(after.owner)) paths.push(["owner"]);
  if (before.name !== after.name && !hasFeature(platform, "rename"))
    paths.push(["name"]);
  if (typeof after.type !== "string") return paths;
  const { type } = after;
  const { immutableFields, irremovableFields } = platform.capabilities;
  const changed = (field: string) =>
    !equalInMeaning(
      type,
      only(before.config, field),
      only(after.config, field),
      { sets: platform.setFields?.(type) },
    );
  const fields = [
    // Of another type the fields have other names: that it is stored as the same was looked at.
    ...(before.type === after.type
      ? [
          ...fieldsFor(type, immutableFields).filter(changed),
          ...fieldsFor(type, irremovableFields).filter(
            (field) => changed(field) && isAbsent(after.config, field),
          ),
        ]
      : []),
  ];
  return [...paths, ...[...new Set(fields)].map((field) => ["config", field])];
}

/** Fields that are set and cannot be taken back, of which only the apply tells whether they are still there. */
export function undecidedFields(
  before: ReplacementFacts,
  after: ReplacementFacts,
  { irremovableFields }: Pick<Capabilities, "irremovableFields">,
): readonly string[] {
  if (typeof after.type !== "string" || before.type !== after.type) return [];
  return fieldsFor(after.type, irremovableFields).filter(
    (field) =>
      !isAbsent(before.config, field) &&
      (after.config === KNOWN_AFTER_APPLY ||
        (isObject(after.config) &&
          fieldOf(after.config, field) === KNOWN_AFTER_APPLY)),
  );
}

/** Types that the platform stores as one are changed into each other in place. */
function isStoredOtherwise(
  before: ReplacementFacts,
  after: ReplacementFacts,
  { storedType }: Pick<PlatformRules, "storedType">,
): boolean {
  if (before.type === after.type) return false;
  if (
    storedType === undefined ||
    typeof before.type !== "string" ||
    typeof after.type !== "string"
  )
    return true;
  const stored = storedType(before.type, before.config);
  return (
    stored === undefined || stored !== storedType(after.type, after.config)
  );
}

function fieldsFor(
  type: string,
  fields: Capabilities["immutableFields"] = {},
): readonly string[] {
  return [...(fields["*"] ?? []), ...(fieldOf(fields, type) ?? [])];
}

function ownerText(owner: Owner | symbol): string | symbol {
  return typeof owner === "symbol" ? owner : formatOwner(owner);
}

/** The one field of the configuration, as an object; empty where it is not there. */
function only(config: Value, field: string): Value {
  if (config === KNOWN_AFTER_APPLY)
    return objectOf([[field, KNOWN_AFTER_APPLY]]);
  const value = isObject(config) ? fieldOf(config, field) : undefined;
  return objectOf(value === undefined ? [] : [[field, value]]);
}

function isAbsent(config: Value, field: string): boolean {
  return (
    config !== KNOWN_AFTER_APPLY &&
    (!isObject(config) || (fieldOf(config, field) ?? null) === null)
  );
}
