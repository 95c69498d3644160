import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { features, PlatformRules } from "../src/model";
import { platformDefinitions } from "../src/platforms/registry";
import { type Anatomy, anatomyFaults } from "./architecture/anatomy";

const platforms = join(__dirname, "..", "src", "platforms");

test("every folder of a platform is in the registry", () => {
  const folders = readdirSync(platforms, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "kit")
    .map(({ name }) => name);
  expect(folders.sort()).toEqual(
    platformDefinitions.map(({ name }) => name).sort(),
  );
});

test.each(
  platformDefinitions.map((definition) => [definition.name, definition]),
)(
  "the folder of %s has the files of every platform, and of what it can do",
  (name, definition) => {
    const files = readdirSync(join(platforms, name));
    expect(anatomyFaults(definition, files)).toEqual([]);
  },
);

describe("what is forbidden is found", () => {
  const always = [
    "README.md",
    "adapter.ts",
    "capabilities.ts",
    "client.ts",
    "connections.ts",
    "definition.ts",
    "errors.ts",
    "open.ts",
  ];
  const cloud = (
    has: readonly (typeof features)[number][] = [],
    changes: Partial<Anatomy> = {},
  ): Anatomy => ({
    name: "cloud",
    capabilities: {
      owners: ["organization"],
      types: ["http"],
      features: has,
      instead: {},
    },
    ...changes,
  });
  const without = (file: string) => always.filter((one) => one !== file);

  test.each(always)("a folder without %s", (file) => {
    expect(anatomyFaults(cloud(), without(file))).toEqual([
      `src/platforms/cloud has no ${file}`,
    ]);
  });

  test.each(["attachments", "links", "usage", "inventory", "access"] as const)(
    "%s without a file of that name, and the other way round",
    (feature) => {
      expect(anatomyFaults(cloud([feature]), always)).toEqual([
        expect.stringMatching(
          `^src/platforms/cloud has the feature "${feature}".*, but no ${feature}.ts$`,
        ),
      ]);
      const files = [...always, `${feature}.ts`];
      expect(anatomyFaults(cloud(), files)).toEqual([
        expect.stringMatching(
          `^src/platforms/cloud has ${feature}.ts, but not the feature "${feature}"`,
        ),
      ]);
      expect(anatomyFaults(cloud([feature]), files)).toEqual([]);
    },
  );

  test.each<[string, Partial<Anatomy>]>([
    ["moves", { moves: [{}] as unknown as Anatomy["moves"] & object }],
    ["rules", { rules: {} as PlatformRules }],
  ])("%s without a file of that name, and the other way round", (what, has) => {
    expect(anatomyFaults(cloud([], has), always)).toEqual([
      `src/platforms/cloud has ${what} in its definition, but no ${what}.ts`,
    ]);
    const files = [...always, `${what}.ts`];
    expect(anatomyFaults(cloud(), files)).toEqual([
      `src/platforms/cloud has ${what}.ts, but not ${what} in its definition`,
    ]);
    expect(anatomyFaults(cloud([], has), files)).toEqual([]);
  });

  test("a translation of access where all is kept as declared", () => {
    const { capabilities } = cloud(["access"]);
    const all = cloud([], { capabilities: { ...capabilities, types: "all" } });
    expect(anatomyFaults(all, always)).toEqual([]);
    expect(anatomyFaults(all, [...always, "access.ts"])).toHaveLength(1);
  });

  test("and files beside them are the platform's own matter", () => {
    expect(anatomyFaults(cloud(), [...always, "sql", "uuid.ts"])).toEqual([]);
  });
});
