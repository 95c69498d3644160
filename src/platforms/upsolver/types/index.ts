/**
 * The catalogue's types as Upsolver has them, one file each; every other type of
 * Upsolver's is native. Pure: no requests, no statements. A new type is one new
 * file, one line here and one in `../options/catalogue-types.ts`.
 */
import { checkFields } from "../../../catalog";
import { errorDiagnostic } from "../../../diagnostics";
import {
  type Checked,
  type Connection,
  invalid,
  type JsonObject,
  objectOf,
  parseConnectionTypeName,
  valid,
} from "../../../model";
import type { Options } from "../options/option";
import { isSecretOption } from "../options/option-tables";
import { amazonS3 } from "./amazon-s3";
import { withoutDefaults } from "./defaults";
import { elasticsearch } from "./elasticsearch";
import { kafka } from "./kafka";
import { mysql } from "./mysql";
import { nativeFromOptions, nativeToOptions } from "./native";
import { postgresql } from "./postgresql";
import { characterFaultsOf } from "./character-faults";
import { snowflake } from "./snowflake";
import type { DeclaredFields, TypeTranslation } from "./type-translation";

export const translations: readonly TypeTranslation[] = [
  amazonS3,
  elasticsearch,
  kafka,
  mysql,
  postgresql,
  snowflake,
];

/** A connection as its statement needs it. */
export interface Translated {
  /** As declared: `postgresql`, `upsolver:MONGODB`. */
  readonly type: string;
  readonly keyword: string;
  /** Without COMMENT. */
  readonly options: Options;
  /** Undefined for native types. */
  readonly translation: TypeTranslation | undefined;
}

/**
 * The statement's words for a declared connection, or everything that is wrong.
 * Fields at the catalogue's default are the same as fields that are not given.
 */
export function toOptions(connection: Connection): Checked<Translated> {
  const { type, config } = connection;
  const fields = { config, secrets: connection.secrets?.reveal() };
  const name = parseConnectionTypeName(type);
  if (name.kind === "native") return nativeConnection(type, name.name, fields);
  const translation = translations.find((known) => known.type === type);
  if (translation === undefined) return invalid(noSuchType(type));
  const unwritable = characterFaultsOf(fields);
  if (unwritable.length > 0) return invalid(...unwritable);
  const options = optionsOf(translation, fields);
  if (!options.ok) return options;
  const { keyword } = translation;
  return valid({ type, keyword, options: options.value, translation });
}

/** Type and plain fields of a connection as Upsolver shows it. */
export function fromOptions(
  keyword: string,
  options: Options,
): { readonly type: string; readonly config: JsonObject } {
  const { COMMENT: _description, ...others } = options;
  const translation = translationOf(keyword);
  const config = translation && catalogueConfig(translation, others);
  if (translation !== undefined && config !== undefined)
    return { type: translation.type, config };
  return {
    type: `upsolver:${keyword}`,
    config: nativeFromOptions(keyword, others),
  };
}

/**
 * What Upsolver shows, written as a declaration of the same would be, so that
 * the two can be compared: HOST is HOSTS of one, parameters are in order, and
 * what the catalogue's default says is there. What may hold secrets stays as it is.
 */
export function canonicalOptions(keyword: string, options: Options): Options {
  const translation = translationOf(keyword);
  const { COMMENT: _description, ...others } = options;
  const config = translation && catalogueConfig(translation, others);
  const written =
    config &&
    translation &&
    optionsOf(translation, { config, secrets: undefined });
  if (written?.ok !== true) return options;
  return objectOf([
    ...Object.entries(written.value).filter(
      ([option]) => !isSecretOption(keyword, option),
    ),
    ...Object.entries(options).filter(
      ([option]) => option === "COMMENT" || isSecretOption(keyword, option),
    ),
  ]);
}

function nativeConnection(
  type: string,
  keyword: string,
  fields: DeclaredFields,
): Checked<Translated> {
  const options = nativeToOptions(keyword, fields);
  if (!options.ok) return options;
  const known = translationOf(keyword);
  // What is not looked at may say more than the catalogue's type can.
  const isWhole =
    fields.secrets !== undefined || known?.mixedPart === undefined;
  const config =
    known && isWhole ? catalogueConfig(known, options.value) : undefined;
  if (known !== undefined && config !== undefined)
    return invalid(hasCatalogueType(type, known.type, Object.keys(config)));
  return valid({
    type,
    keyword,
    options: options.value,
    translation: undefined,
  });
}

function optionsOf(
  translation: TypeTranslation,
  { config, secrets }: DeclaredFields,
): Checked<Options> {
  return translation.toOptions({
    config: withoutDefaults(translation.type, config),
    secrets,
  });
}

/** The plain fields; undefined where the options say something that the catalogue's type cannot, or with a value that it does not allow. */
function catalogueConfig(
  translation: TypeTranslation,
  options: Options,
): JsonObject | undefined {
  const config = translation.fromOptions(options);
  if (config === undefined) return undefined;
  const faults = checkFields({
    type: translation.type,
    config,
    secrets: undefined,
    secretsPath: "secrets",
    secretsComplete: false,
  });
  // What is missing may be hidden.
  return faults.every(({ code }) => code === "missing_field")
    ? config
    : undefined;
}

function translationOf(keyword: string): TypeTranslation | undefined {
  return translations.find((translation) => translation.keyword === keyword);
}

function noSuchType(type: string) {
  return errorDiagnostic({
    code: "unsupported",
    path: ["type"],
    detail: `Upsolver has no connections of type ${JSON.stringify(type)}. It has: ${translations.map((known) => known.type).join(", ")}; any other of its own types as "upsolver:TYPE".`,
  });
}

/** Reading such a connection gives the catalogue's type, so each plan would want to replace it. */
function hasCatalogueType(
  native: string,
  type: string,
  fields: readonly string[],
) {
  return errorDiagnostic({
    code: "unsupported",
    path: ["type"],
    detail: `Everything that this ${JSON.stringify(native)} declares can be said with the catalogue's type ${JSON.stringify(type)}, and Upsolver does not tell the two apart. Declare it as ${JSON.stringify(type)}, with these fields in config: ${fields.join(", ")}.`,
  });
}
