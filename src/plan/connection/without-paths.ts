import { isObject, type JsonObject, objectOf } from "../../model";

/** The object without the leaves at these dotted paths, and without the objects that become empty by it. */
export function withoutPaths(
  object: JsonObject,
  paths: readonly string[],
  prefix = "",
): JsonObject {
  if (paths.length === 0) return object;
  return objectOf(
    Object.entries(object).flatMap(([field, part]) => {
      const path = prefix + field;
      if (paths.includes(path)) return [];
      const inside = paths.filter((one) => one.startsWith(`${path}.`));
      if (!isObject(part) || inside.length === 0)
        return [[field, part] as const];
      const rest = withoutPaths(part, inside, `${path}.`);
      return Object.keys(rest).length === 0 ? [] : [[field, rest] as const];
    }),
  );
}
