import { createHash } from "node:crypto";
import { type Diagnostic, errorDiagnostic, Secret } from "../../diagnostics";
import {
  checkName,
  KNOWN_AFTER_APPLY,
  type Owner,
  type PlatformDefinition,
} from "../../model";
import type { Configuration, ProviderEnvironment } from "../provider-context";
import { textOf } from "../state/record";
import { containsUnknown, type CtyRecord, isRecord, Unknown } from "../wire";

/** The platform that is used when the provider block names none: the embedded hub. */
const DEFAULT_PLATFORM = "hub";

/** Everything wrong with the provider block by itself; parts may be unknown. */
export function checkProviderBlock(
  config: CtyRecord,
  platforms: readonly PlatformDefinition[],
): readonly Diagnostic[] {
  const given = platforms.filter(({ name }) => isRecord(config[name] ?? null));
  const organization = textOf(config, "organization");
  return [
    ...(typeof organization === "string"
      ? checkName(organization, ["organization"])
      : []),
    ...given.slice(1).map((second) =>
      errorDiagnostic({
        code: "conflicting_arguments",
        path: [second.name],
        detail: `One provider block manages one platform; this one names ${given.map(({ name }) => name).join(" and ")}. Give each its own block with an alias.`,
      }),
    ),
  ];
}

/** Opens the platform that the block names. Rejects with a `PatchbayError`. */
export async function openConfiguration(
  config: CtyRecord,
  environment: ProviderEnvironment,
): Promise<Configuration> {
  const definition = definitionOf(config, environment.platforms);
  const organization = textOf(config, "organization");
  const owner: Owner | undefined =
    typeof organization === "string"
      ? { kind: "organization", name: organization }
      : undefined;
  const block =
    definition === undefined ? null : (config[definition.name] ?? null);
  if (
    definition === undefined ||
    organization === KNOWN_AFTER_APPLY ||
    config["adopt_existing"] instanceof Unknown ||
    containsUnknown(block)
  ) {
    return { kind: "undecided", definition, owner };
  }
  const settings = settingsOf(
    definition,
    isRecord(block) ? block : undefined,
    environment,
  );
  const platform = await definition.open({
    settings,
    organization,
    workingDirectory: environment.workingDirectory,
    environment: environment.environment,
    log: environment.log,
  });
  return {
    kind: "configured",
    platform,
    owner,
    adoptExisting: config["adopt_existing"] === true,
    target: targetOf(definition, settings),
  };
}

/** The same for the same place, on every run; from plain settings only. */
function targetOf(
  { name, settings }: PlatformDefinition,
  given: Readonly<Record<string, Secret | undefined>>,
): string {
  const plain = settings
    .filter(({ secret }) => !secret)
    .map((setting) => [setting.name, given[setting.name]?.reveal() ?? null]);
  const digest = createHash("sha256").update(JSON.stringify(plain));
  return `${name} ${digest.digest("hex").slice(0, 12)}`;
}

/** Undefined while a platform's argument is not known yet. */
function definitionOf(
  config: CtyRecord,
  platforms: readonly PlatformDefinition[],
): PlatformDefinition | undefined {
  const given = platforms.find(({ name }) => (config[name] ?? null) !== null);
  if (given !== undefined)
    return config[given.name] instanceof Unknown ? undefined : given;
  return platforms.find(({ name }) => name === DEFAULT_PLATFORM);
}

/** An explicit argument wins over the platform's customary variable. */
function settingsOf(
  definition: PlatformDefinition,
  block: CtyRecord | undefined,
  { environment }: ProviderEnvironment,
): Readonly<Record<string, Secret | undefined>> {
  return Object.fromEntries(
    definition.settings.map(({ name, environmentVariable }) => {
      const given = block === undefined ? undefined : textOf(block, name);
      const text =
        typeof given === "string"
          ? given
          : environmentVariable === undefined
            ? undefined
            : environment[environmentVariable];
      return [
        name,
        text === undefined || text === "" ? undefined : new Secret(text),
      ];
    }),
  );
}
