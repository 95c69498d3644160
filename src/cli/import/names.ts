/** Gives out names, each of them once. */
export class Names {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved);
  }

  /** The first of the wanted names that is free, else the last of them with a number. */
  take(...wanted: readonly [string, ...string[]]): string {
    const free = wanted.find((name) => !this.#taken.has(name));
    const name = free ?? this.#numbered(wanted.at(-1)!);
    this.#taken.add(name);
    return name;
  }

  #numbered(name: string): string {
    for (let number = 2; ; number += 1) {
      const candidate = `${name}_${number}`;
      if (!this.#taken.has(candidate)) return candidate;
    }
  }
}

/**
 * One name for each item. Those that can be called as they are come first, so
 * that "a b" does not take the name of "a_b".
 */
export function nameAll<T extends { readonly name: string }>(
  items: readonly T[],
  wantedFor: (item: T) => readonly [string, ...string[]],
  names: Names,
): ReadonlyMap<T, string> {
  const named = new Map<T, string>();
  const isExact = (item: T) => wantedFor(item)[0] === item.name;
  for (const item of items.filter(isExact))
    named.set(item, names.take(...wantedFor(item)));
  for (const item of items.filter((item) => !isExact(item)))
    named.set(item, names.take(...wantedFor(item)));
  return named;
}

/** `Main warehouse` is `main_warehouse`; what has no Latin letter or digit is called after its kind. */
export function identifierOf(name: string, kind: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  if (words === "") return kind;
  return /^[0-9]/.test(words) ? `${kind}_${words}` : words;
}

/** `main_warehouse` is `mainWarehouse`. */
export function camelCaseOf(identifier: string): string {
  return identifier.replace(/_+([a-z0-9])/g, (_match, letter: string) =>
    letter.toUpperCase(),
  );
}
