/**
 * The catalogue's types as Upsolver has them, one file each; every other type of
 * Upsolver's is native. Pure: no requests, no statements. A new type is one new
 * file and one line here.
 */
import { errorDiagnostic } from "../../../diagnostics";
import {
  type Checked,
  type Connection,
  invalid,
  type JsonObject,
  objectOf,
  parseConnectionTypeName,
} from "../../../model";
import type { Options } from "../options/option";
import { isSecretOption } from "../options/option-tables";
import { amazonS3 } from "./amazon-s3";
import { elasticsearch } from "./elasticsearch";
import { kafka } from "./kafka";
import { mysql } from "./mysql";
import { nativeFromOptions, nativeToOptions } from "./native";
import { postgresql } from "./postgresql";
import { snowflake } from "./snowflake";
import type { TypeTranslation } from "./type-translation";

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
  readonly keyword: string;
  /** Without COMMENT. */
  readonly options: Options;
  readonly translation: TypeTranslation | undefined;
}

/** The statement's words for a declared connection. Rejects nothing; gives everything that is wrong. */
export function toOptions(
  connection: Connection,
  secrets: JsonObject | undefined,
): Checked<Translated> {
  const fields = { config: connection.config, secrets };
  const name = parseConnectionTypeName(connection.type);
  if (name.kind === "native") {
    const options = nativeToOptions(name.name, fields);
    if (!options.ok) return options;
    const known = translationOf(name.name);
    if (known?.fromOptions(options.value) !== undefined)
      return invalid(hasCatalogueType(connection.type, known.type));
    return translated(name.name, options, undefined);
  }
  const translation = translations.find(({ type }) => type === name.name);
  if (translation === undefined) {
    return invalid(
      errorDiagnostic({
        code: "unsupported",
        path: ["type"],
        detail: `Upsolver has no connections of type ${JSON.stringify(name.name)}. It has: ${translations.map(({ type }) => type).join(", ")}; any other of its own types as "upsolver:TYPE".`,
      }),
    );
  }
  return translated(
    translation.keyword,
    translation.toOptions(fields),
    translation,
  );
}

/** Type and plain fields of a connection as Upsolver shows it. */
export function fromOptions(
  keyword: string,
  options: Options,
): { readonly type: string; readonly config: JsonObject } {
  const { COMMENT: _description, ...others } = options;
  const translation = translationOf(keyword);
  const config = translation?.fromOptions(others);
  if (translation !== undefined && config !== undefined)
    return { type: translation.type, config };
  return {
    type: `upsolver:${keyword}`,
    config: nativeFromOptions(keyword, others),
  };
}

/**
 * What Upsolver shows, written as a declaration of the same would be, so that
 * the two can be compared: HOST is HOSTS of one, parameters are in order. What
 * may hold secrets stays as it is.
 */
export function canonicalOptions(keyword: string, options: Options): Options {
  const translation = translationOf(keyword);
  const { COMMENT: _description, ...others } = options;
  const config = translation?.fromOptions(others);
  const written =
    config && translation?.toOptions({ config, secrets: undefined });
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

function translated(
  keyword: string,
  options: Checked<Options>,
  translation: TypeTranslation | undefined,
): Checked<Translated> {
  return options.ok
    ? { ok: true, value: { keyword, options: options.value, translation } }
    : options;
}

function translationOf(keyword: string): TypeTranslation | undefined {
  return translations.find((translation) => translation.keyword === keyword);
}

/** Reading such a connection gives the catalogue's type, so each plan would want to replace it. */
function hasCatalogueType(native: string, type: string) {
  return errorDiagnostic({
    code: "unsupported",
    path: ["type"],
    detail: `Everything that this ${JSON.stringify(native)} declares can be said with the catalogue's type ${JSON.stringify(type)}, and Upsolver does not tell the two apart. Declare it as ${JSON.stringify(type)}.`,
  });
}
