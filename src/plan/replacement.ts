import {
  equalValues,
  fieldOf,
  formatOwner,
  hasFeature,
  isObject,
  KNOWN_AFTER_APPLY,
  type Owner,
  type PlatformIdentity,
  type Value,
} from "../model";

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
  platform: PlatformIdentity,
): readonly (readonly string[])[] {
  const paths: string[][] = [];
  if (before.type !== after.type) paths.push(["type"]);
  if (ownerText(before.owner) !== ownerText(after.owner)) paths.push(["owner"]);
  if (before.name !== after.name && !hasFeature(platform, "rename"))
    paths.push(["name"]);
  const fixed = platform.capabilities.immutableFields ?? {};
  const fixedFields = [
    ...(fixed["*"] ?? []),
    ...(typeof after.type === "string"
      ? (fieldOf(fixed, after.type) ?? [])
      : []),
  ];
  for (const field of fixedFields) {
    if (!equalValues(member(before.config, field), member(after.config, field)))
      paths.push(["config", field]);
  }
  return paths;
}

function ownerText(owner: Owner | symbol): string | symbol {
  return typeof owner === "symbol" ? owner : formatOwner(owner);
}

function member(config: Value, field: string): Value | undefined {
  if (config === KNOWN_AFTER_APPLY) return KNOWN_AFTER_APPLY;
  return isObject(config) ? fieldOf(config, field) : undefined;
}
