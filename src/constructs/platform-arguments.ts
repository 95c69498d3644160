import { Token } from "./framework";
import { resolve } from "node:path";
import {
  type Diagnostic,
  type DiagnosticPath,
  didYouMean,
  errorDiagnostic,
} from "../diagnostics";
import type { BlockSetting, PlatformBlock } from "./platform-block";
import {
  type PlatformSettings,
  platformBlocks,
} from "./platform-settings.generated";
import type { Attributes } from "./resources/attribute-templates";
import { isSecret } from "./secret";
import { readSecretFields, type SecretFields } from "./secret-fields";
import { readUserValue } from "./user-value";

/** The platform of a provider that names none, as the provider has it. */
const DEFAULT_PLATFORM = "hub";

/** The platforms' arguments of the provider block, and what is wrong with the props. */
export interface ReadPlatforms {
  /** By the names that Terraform has for them. */
  readonly attributes: Attributes;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the props of the platforms. Where none is given, it is the embedded hub. */
export function readPlatforms(props: PlatformSettings): ReadPlatforms {
  const given = platformBlocks.flatMap((block) => {
    const settings = propOf(props, block.prop);
    return settings === undefined ? [] : [{ block, settings }];
  });
  const blocks =
    given.length > 0
      ? given
      : platformBlocks
          .filter(({ prop }) => prop === DEFAULT_PLATFORM)
          .map((block) => ({ block, settings: {} }));
  const read = blocks.map(({ block, settings }) =>
    readBlock(block, settings as object),
  );
  const names = given.map(({ block }) => block.prop);
  return {
    attributes: Object.fromEntries(
      blocks.map(({ block }, index) => [
        block.argument,
        read[index]!.attributes,
      ]),
    ),
    diagnostics: [
      ...names.slice(1).map((second) => severalPlatforms(second, names)),
      ...read.flatMap(({ diagnostics }) => diagnostics),
    ],
  };
}

function severalPlatforms(
  second: string,
  names: readonly string[],
): Diagnostic {
  return errorDiagnostic({
    code: "conflicting_arguments",
    path: [second],
    detail: `One provider manages one platform; this one names ${names.join(" and ")}. Give each a PatchbayProvider of its own, with an alias.`,
  });
}

function readBlock(block: PlatformBlock, given: object): ReadPlatforms {
  const isEmpty = block.settings.every(
    ({ prop, secret }) => secret || propOf(given, prop) === undefined,
  );
  const parts = block.settings.flatMap((setting) => {
    const value =
      propOf(given, setting.prop) ??
      (isEmpty ? setting.defaultPath : undefined);
    if (value === undefined) return [];
    const path = [block.prop, setting.prop];
    return [{ setting, read: readSetting(setting, { value, path }) }];
  });
  return {
    attributes: Object.fromEntries(
      parts.flatMap(({ setting, read }) =>
        read.template === undefined ? [] : [[setting.argument, read.template]],
      ),
    ),
    diagnostics: [
      ...parts.flatMap(({ read }) => read.diagnostics),
      ...unknownSettings(block, given),
    ],
  };
}

interface ReadSetting {
  readonly template: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

interface GivenSetting {
  readonly value: unknown;
  readonly path: DiagnosticPath;
}

function readSetting(
  { secret, defaultPath }: BlockSetting,
  { value, path }: GivenSetting,
): ReadSetting {
  if (secret) return readSecret({ value, path });
  if (isSecret(value))
    return { template: undefined, diagnostics: [secretInPlain(path)] };
  return readUserValue(
    defaultPath !== undefined && typeof value === "string"
      ? absolute(value)
      : value,
    path,
  );
}

/** Each by itself: the block has one argument for those that the state keeps elsewhere and those that it does not. */
function readSecret({ value, path }: GivenSetting): ReadSetting {
  const { stored, writeOnly, diagnostics } = readSecretFields(
    { value: value as SecretFields },
    path,
  );
  const { value: template } = (stored ?? writeOnly) as { value?: unknown };
  return {
    template,
    diagnostics: diagnostics.map((diagnostic) => ({ ...diagnostic, path })),
  };
}

function secretInPlain(path: DiagnosticPath): Diagnostic {
  return errorDiagnostic({
    code: "secret_in_config",
    path,
    detail:
      "A Secret stands where the provider takes plain text, which it shows. Give it as text.",
  });
}

function unknownSettings(
  { prop, settings }: PlatformBlock,
  given: object,
): readonly Diagnostic[] {
  const names = settings.map((setting) => setting.prop);
  return Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) =>
      errorDiagnostic({
        code: "unknown_field",
        path: [prop, name],
        detail: `The platform ${prop} has no setting ${JSON.stringify(name)}. Settings are: ${names.join(", ")}.${didYouMean(name, names)}`,
      }),
    );
}

/** What is given for a prop; null says as little as undefined. */
function propOf(props: object, name: string): unknown {
  return Object.hasOwn(props, name)
    ? ((props as Readonly<Record<string, unknown>>)[name] ?? undefined)
    : undefined;
}

/** Terraform runs in cdktf.out/stacks/NAME: nothing that lasts must live there. */
function absolute(path: string): string {
  return Token.isUnresolved(path) ? path : resolve(path);
}
