import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlatformDefinition, PlatformSetting } from "../model";
import { platformDefinitions } from "../platforms/registry";
import { generatePlatformSettings } from "./generate-platform-settings";

test("the generated file is up to date: npm run generate", () => {
  expect(
    readFileSync(join(__dirname, "platform-settings.generated.ts"), "utf8"),
  ).toBe(generatePlatformSettings(platformDefinitions));
});

test("a platform becomes a prop, and its settings become props of that", () => {
  const text = generatePlatformSettings([
    platform("our_cloud", [
      setting("api_url", { environmentVariable: "CLOUD_URL" }),
      setting("app_key", { secret: true }),
      setting("key_file", { path: { default: ".key" } }),
    ]),
  ]);
  expect(text).toContain(`  readonly ourCloud?: {
    /** The api_url. @default - the environment variable CLOUD_URL */
    readonly apiUrl?: string;
    /** The app_key. @default - left out */
    readonly appKey?: Secret;
    /** The key_file. @default .key */
    readonly keyFile?: string;
  };`);
  expect(text).toContain('"argument": "our_cloud"');
});

test.each<[title: string, definition: PlatformDefinition, message: RegExp]>([
  [
    "two settings with one prop name",
    platform("cloud", [setting("api_url"), setting("api__url")]),
    /^The cloud would have two props that are called apiUrl/,
  ],
  [
    "a platform named like a prop of the provider",
    platform("alias", []),
    /^The provider would have two props that are called alias/,
  ],
])("%s is refused", (_title, definition, message) => {
  expect(() => generatePlatformSettings([definition])).toThrow(message);
});

function platform(
  name: string,
  settings: readonly PlatformSetting[],
): PlatformDefinition {
  return {
    ...platformDefinitions[0]!,
    name,
    title: `The ${name}`,
    settings,
  };
}

function setting(
  name: string,
  more: Partial<PlatformSetting> = {},
): PlatformSetting {
  return { name, description: `The ${name}.`, secret: false, ...more };
}
