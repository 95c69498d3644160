import { listConnectionTypes } from "../../src/catalog";
import {
  featureTitles,
  features,
  type PlatformDefinition,
} from "../../src/model";
import { markdownTable } from "./markdown-table";
import { type Page, pageOf } from "./page";

/** What each platform can do, from its capabilities. */
export function platformsPage(platforms: readonly PlatformDefinition[]): Page {
  return pageOf("platforms.md", [
    "# Platforms",
    "A feature that a platform lacks is an error at plan time that says what the platform has instead.",
    supportTable(platforms),
    ...platforms.flatMap(platformSections),
  ]);
}

/** Platform × feature, and platform × connection type. */
export function supportTable(platforms: readonly PlatformDefinition[]): string {
  return `${featureTable(platforms)}\n\n${typeTable(platforms)}`;
}

function typeTable(platforms: readonly PlatformDefinition[]): string {
  return markdownTable(
    ["connection type", ...platforms.map(({ title }) => title)],
    [
      ...listConnectionTypes().map(({ name }) => [
        `\`${name}\``,
        ...platforms.map(({ capabilities: { types } }) =>
          types === "all" || types.includes(name) ? "yes" : "–",
        ),
      ]),
      ["its own types", ...platforms.map(({ name }) => `\`${name}:TYPE\``)],
    ],
  );
}

function featureTable(platforms: readonly PlatformDefinition[]): string {
  return markdownTable(
    ["feature", ...platforms.map(({ title }) => title)],
    features.map((feature) => [
      featureTitles[feature],
      ...platforms.map(({ capabilities }) =>
        capabilities.features.includes(feature) ? "yes" : "–",
      ),
    ]),
  );
}

function platformSections({
  name,
  title,
  description,
  capabilities,
  settings,
}: PlatformDefinition): readonly string[] {
  const { owners, types, instead = {} } = capabilities;
  return [
    `## ${title}`,
    description,
    [
      `- Argument in the provider block: \`${name}\``,
      `- Owners of connections: ${owners.join(", ")}`,
      `- Connection types: ${types === "all" ? "all of the catalogue" : types.join(", ")}`,
    ].join("\n"),
    markdownTable(
      ["setting", "environment variable", "secret", "meaning"],
      settings.map((setting) => [
        `\`${setting.name}\``,
        setting.environmentVariable === undefined
          ? ""
          : `\`${setting.environmentVariable}\``,
        setting.secret ? "yes" : "",
        setting.example === undefined
          ? setting.description
          : `${setting.description} For example \`${setting.example}\`.`,
      ]),
    ),
    ...Object.entries(instead).map(
      ([feature, sentence]) =>
        `No ${featureTitles[feature as keyof typeof featureTitles]}: ${sentence}`,
    ),
  ];
}
