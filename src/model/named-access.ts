import type { Access } from "./connection";

/** The lists that name somebody, sorted; undefined where none does, as there is nothing to take over then. */
export function namedAccess(
  access: Access | undefined,
): Readonly<Partial<Record<keyof Access, readonly string[]>>> | undefined {
  const lists = (["view", "use", "edit"] as const).flatMap((list) => {
    const principals = access?.[list] ?? [];
    return principals.length === 0
      ? []
      : [[list, [...new Set(principals)].sort()] as const];
  });
  return lists.length === 0 ? undefined : Object.fromEntries(lists);
}
