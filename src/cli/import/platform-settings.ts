import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { didYouMean, PatchbayError, Secret } from "../../diagnostics";
import type { PlatformDefinition, PlatformSetting } from "../../model";
import type { CommandContext } from "../command-context";

/** A setting that is not secret and that the code has to name, because no variable supplies it. */
export interface WrittenSetting {
  readonly name: string;
  readonly value: string;
  /** Whether it is a relative path. */
  readonly isRelativePath: boolean;
}

export interface GivenSettings {
  readonly settings: Readonly<Record<string, Secret | undefined>>;
  readonly written: readonly WrittenSetting[];
  /** Secret ones that were given on the command line: Terraform has to get them in another way. */
  readonly secret: readonly PlatformSetting[];
}

/** The platform that `--platform` names. Rejects with `invalid_usage`. */
export function findPlatformDefinition(
  name: string,
  definitions: readonly PlatformDefinition[],
): PlatformDefinition {
  const found = definitions.find((definition) => definition.name === name);
  if (found !== undefined) return found;
  const names = definitions.map((definition) => definition.name);
  throw new PatchbayError({
    code: "invalid_usage",
    detail: `There is no platform ${JSON.stringify(name)}. Platforms are: ${names.join(", ")}.${didYouMean(name, names)}`,
  });
}

/**
 * The platform's settings: those of `--set`, else from its customary variables,
 * as in the provider block. Rejects with `invalid_usage` and `not_found`.
 */
export function givenSettings(
  definition: PlatformDefinition,
  assignments: readonly string[],
  { environment, workingDirectory }: CommandContext,
): GivenSettings {
  const given = new Map(
    assignments.map((assignment) => readAssignment(assignment, definition)),
  );
  const fromEnvironment = ({ environmentVariable }: PlatformSetting) =>
    environmentVariable === undefined
      ? undefined
      : environment[environmentVariable];
  const nothingSaid = definition.settings.every(
    (setting) =>
      setting.secret || !(given.get(setting.name) ?? fromEnvironment(setting)),
  );
  const written = definition.settings.flatMap(
    ({ name, secret, path }): readonly WrittenSetting[] => {
      const value =
        given.get(name) ?? (nothingSaid ? path?.default : undefined);
      if (secret || value === undefined) return [];
      if (path !== undefined) requireThere(resolve(workingDirectory, value));
      return [
        {
          name,
          value,
          isRelativePath: path !== undefined && !isAbsolute(value),
        },
      ];
    },
  );
  return {
    settings: Object.fromEntries(
      definition.settings.map((setting) => {
        const text = given.get(setting.name) ?? fromEnvironment(setting);
        return [
          setting.name,
          text === undefined || text === "" ? undefined : new Secret(text),
        ];
      }),
    ),
    written,
    secret: definition.settings.filter(
      ({ name, secret }) => secret && given.has(name),
    ),
  };
}

function readAssignment(
  assignment: string,
  { title, settings }: PlatformDefinition,
): readonly [string, string] {
  const equals = assignment.indexOf("=");
  const name = equals < 0 ? assignment : assignment.slice(0, equals);
  const names = settings.map((setting) => setting.name);
  if (!names.includes(name)) {
    throw new PatchbayError({
      code: "invalid_usage",
      // What stands after the equals sign may be a secret.
      detail: `${title} has no setting ${JSON.stringify(name)}. Settings are: ${names.join(", ")}.${didYouMean(name, names)}`,
    });
  }
  if (equals < 0) {
    throw new PatchbayError({
      code: "invalid_usage",
      detail: `--set ${name} says no value. Write --set ${name}=VALUE.`,
    });
  }
  return [name, assignment.slice(equals + 1)];
}

/** What a platform would make by itself is not what somebody wants to import. */
function requireThere(path: string): void {
  if (existsSync(path)) return;
  throw new PatchbayError({
    code: "not_found",
    detail: `There is nothing at ${path}, so there is nothing to import. Run the command where Terraform runs, or name the place with --set.`,
  });
}
