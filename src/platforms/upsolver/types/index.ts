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
  fieldOf,
  invalid,
  type JsonObject,
  type JsonValue,
  type KnownAs,
  objectOf,
  parseConnectionTypeName,
  valid,
} from "../../../model";
import { catalogueTypes } from "../options/catalogue-types";
import { isTextList, type Options } from "../options/option";
import { ruleOf } from "../options/option-tables";
import { isSecretOption } from "../options/secret-option";
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

/**
 * Type and plain fields of a connection as Upsolver shows it: as it is known
 * wherever Upsolver has that type under the same word; else as the catalogue's
 * type that can hold everything, or as the native one.
 */
export function fromOptions(
  keyword: string,
  options: Options,
  known?: KnownAs,
): { readonly type: string; readonly config: JsonObject } {
  const { COMMENT: _description, ...others } = options;
  const translation = translationOf(keyword);
  const native = nativeName(keyword);
  if (translation !== undefined && known?.type === translation.type) {
    const read = withStrays(translation, others);
    if (read !== undefined)
      return {
        type: translation.type,
        config: withListsAs(known.config, configOf(keyword, read)),
      };
  }
  const config =
    translation && known?.type !== native
      ? catalogueConfig(translation, others)
      : undefined;
  return translation !== undefined && config !== undefined
    ? { type: translation.type, config }
    : {
        type: native,
        config: withListsAs(
          known?.config ?? objectOf([]),
          nativeFromOptions(keyword, others),
        ),
      };
}

/** What Upsolver stores a type as; undefined for types that it has not. */
export function keywordOf(type: string): string | undefined {
  const name = parseConnectionTypeName(type);
  return name.kind === "native"
    ? name.name
    : translations.find((known) => known.type === type)?.keyword;
}

/**
 * What Upsolver shows, written as a declaration of the same would be, so that
 * the two can be compared: HOST is HOSTS of one, parameters are in order, and
 * what the catalogue's default says is there. What may hold secrets stays as it
 * is, and so does what the catalogue's type has no field for.
 */
export function canonicalOptions(keyword: string, options: Options): Options {
  const translation = translationOf(keyword);
  const { COMMENT: _description, ...others } = options;
  const read = translation && withStrays(translation, others);
  const written =
    read &&
    translation &&
    optionsOf(translation, { config: read.config, secrets: undefined });
  if (read === undefined || written?.ok !== true) return options;
  return objectOf([
    ...Object.entries(written.value).filter(
      ([option]) =>
        !isSecretOption(keyword, option) && !Object.hasOwn(read.strays, option),
    ),
    ...Object.entries(read.strays),
    ...Object.entries(options).filter(
      ([option]) => option === "COMMENT" || isSecretOption(keyword, option),
    ),
  ]);
}

/** A connection in the catalogue's words, and the options that say what these cannot. */
interface ReadOptions {
  readonly config: JsonObject;
  readonly strays: Options;
}

/** Undefined where not even without what is stray the catalogue's type says it. */
function withStrays(
  translation: TypeTranslation,
  options: Options,
): ReadOptions | undefined {
  const { type, keyword } = translation;
  const fields: Readonly<Record<string, string>> = catalogueTypes[type].fields;
  const isOwn = (option: string) =>
    Object.hasOwn(fields, option) ||
    ruleOf(keyword, option)?.secret !== undefined ||
    !isStray(translation, options, option);
  const own = onlyOptions(options, isOwn);
  const shorter = withoutParameters(translation, own);
  for (const candidate of [own, shorter]) {
    const config = translation.fromOptions(candidate);
    if (config !== undefined)
      return {
        config,
        strays: onlyOptions(
          options,
          (option) => candidate[option] !== options[option],
        ),
      };
  }
  // One option whose value the type cannot say.
  for (const stray of Object.keys(own)) {
    if (isSecretOption(keyword, stray)) continue;
    const config = translation.fromOptions(
      onlyOptions(own, (option) => option !== stray),
    );
    if (config !== undefined)
      return {
        config,
        strays: onlyOptions(
          options,
          (option) => option === stray || !isOwn(option),
        ),
      };
  }
  return undefined;
}

/** Whether the type says what is there without an option, and nothing with it. */
function isStray(
  translation: TypeTranslation,
  options: Options,
  option: string,
): boolean {
  const fields: Readonly<Record<string, string>> =
    catalogueTypes[translation.type].fields;
  const own = onlyOptions(options, (name) => Object.hasOwn(fields, name));
  const alone = shortened(translation, own);
  return (
    translation.fromOptions(alone) !== undefined &&
    translation.fromOptions({ ...alone, [option]: options[option]! }) ===
      undefined
  );
}

function shortened(translation: TypeTranslation, options: Options): Options {
  return translation.fromOptions(options) === undefined
    ? withoutParameters(translation, options)
    : options;
}

/** The connection string with those of its parameters alone that the type has fields for. */
function withoutParameters(
  translation: TypeTranslation,
  options: Options,
): Options {
  const address = options["CONNECTION_STRING"];
  if (typeof address !== "string") return options;
  const [base = "", query = ""] = address.split(/\?(.*)/s);
  const written = (parameters: readonly string[]) => ({
    ...options,
    CONNECTION_STRING:
      parameters.length === 0 ? base : `${base}?${parameters.join("&")}`,
  });
  return written(
    query
      .split("&")
      .filter(
        (parameter) =>
          parameter !== "" &&
          translation.fromOptions(written([parameter])) !== undefined,
      ),
  );
}

function configOf(
  keyword: string,
  { config, strays }: ReadOptions,
): JsonObject {
  const extra = nativeFromOptions(keyword, strays);
  return Object.keys(extra).length === 0
    ? config
    : objectOf<JsonValue>([...Object.entries(config), ["extra", extra]]);
}

/** Lists of options are sets: members that are known keep their places. */
function withListsAs(known: JsonObject, config: JsonObject): JsonObject {
  return objectOf(
    Object.entries(config).map(([field, value]): [string, JsonValue] => {
      const before = fieldOf(known, field);
      if (!isTextList(value) || !isTextList(before)) return [field, value];
      return [
        field,
        [
          ...before.filter((item) => value.includes(item)),
          ...value.filter((item) => !before.includes(item)),
        ],
      ];
    }),
  );
}

function onlyOptions(
  options: Options,
  isWanted: (option: string) => boolean,
): Options {
  return objectOf(
    Object.entries(options).filter(([option]) => isWanted(option)),
  );
}

function nativeName(keyword: string): string {
  return `upsolver:${keyword}`;
}

function nativeConnection(
  type: string,
  keyword: string,
  fields: DeclaredFields,
): Checked<Translated> {
  const options = nativeToOptions(keyword, fields);
  if (!options.ok) return options;
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
