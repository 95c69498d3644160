import type { Capabilities, PlatformDefinition } from "../../src/model";

/** What every platform's folder has, whatever the platform can do. */
const always = [
  "README.md",
  "definition.ts",
  "capabilities.ts",
  "open.ts",
  "client.ts",
  "errors.ts",
  "adapter.ts",
  "connections.ts",
] as const;

/** What of a platform's definition says which files are there. */
export type Anatomy = Pick<
  PlatformDefinition,
  "name" | "capabilities" | "moves" | "rules"
>;

/**
 * Files that are there if, and only if, the platform has what they are about.
 * Whoever keeps every type as it is declared, principals included, has nothing
 * to translate.
 */
const onlyWith: Readonly<
  Record<
    string,
    { readonly what: string; readonly has: (platform: Anatomy) => boolean }
  >
> = {
  "attachments.ts": feature("attachments"),
  "links.ts": feature("links"),
  "usage.ts": feature("usage"),
  "inventory.ts": feature("inventory"),
  "access.ts": {
    what: 'the feature "access" with principals of its own',
    has: (platform) =>
      feature("access").has(platform) && platform.capabilities.types !== "all",
  },
  "moves.ts": {
    what: "moves in its definition",
    has: ({ moves = [] }) => moves.length > 0,
  },
  "rules.ts": {
    what: "rules in its definition",
    has: ({ rules }) => rules !== undefined,
  },
};

/**
 * Every way in which a platform's folder is not built as the others are; `files`
 * are the names in it. Files beside these are the platform's own matter.
 */
export function anatomyFaults(
  platform: Anatomy,
  files: readonly string[],
): readonly string[] {
  const folder = `src/platforms/${platform.name}`;
  return [
    ...always
      .filter((file) => !files.includes(file))
      .map((file) => `${folder} has no ${file}`),
    ...Object.entries(onlyWith).flatMap(([file, { what, has }]) => {
      const isThere = files.includes(file);
      if (isThere === has(platform)) return [];
      return [
        isThere
          ? `${folder} has ${file}, but not ${what}`
          : `${folder} has ${what}, but no ${file}`,
      ];
    }),
  ];
}

function feature(name: Capabilities["features"][number]): {
  readonly what: string;
  readonly has: (platform: Anatomy) => boolean;
} {
  return {
    what: `the feature "${name}"`,
    has: ({ capabilities }) => capabilities.features.includes(name),
  };
}
