import { type Diagnostic, errorDiagnostic } from "../../../diagnostics";
import {
  type Checked,
  type JsonObject,
  type JsonValue,
  objectOf,
} from "../../../model";
import type { CatalogueTypeName } from "../options/catalogue-types";
import type { Options, OptionValue } from "../options/option";

/** What is declared of a connection, in the catalogue's form. */
export interface DeclaredFields {
  readonly config: JsonObject;
  /** Undefined: those that are there stay as they are. */
  readonly secrets: JsonObject | undefined;
}

/** One type of the catalogue as Upsolver has it. */
export interface TypeTranslation {
  /** `postgresql` */
  readonly type: CatalogueTypeName;
  /** `POSTGRES` */
  readonly keyword: string;
  /** Everything that is wrong, or the options. Fields at the catalogue's default are never among those given. Without secrets, what needs them is left out. */
  toOptions(fields: DeclaredFields): Checked<Options>;
  /** The plain fields; undefined where the options say something that the catalogue's type cannot. */
  fromOptions(options: Options): JsonObject | undefined;
  /** Of an option that holds plain settings and secrets: the plain ones, to be compared, and whether there are secrets. */
  mixedPart?(option: string, value: OptionValue): MixedPart;
}

export interface MixedPart {
  readonly plain: JsonValue;
  readonly hasSecrets: boolean;
}

/** For each of these fields that is set: that Upsolver has no place for it, and what to do. */
export function unsupportedFields(
  title: string,
  { config, secrets }: DeclaredFields,
  advice: Readonly<Record<string, string>>,
): readonly Diagnostic[] {
  return Object.entries(advice).flatMap(([field, sentence]) => {
    const inConfig = Object.hasOwn(config, field);
    if (!inConfig && !(secrets !== undefined && Object.hasOwn(secrets, field)))
      return [];
    return [
      errorDiagnostic({
        code: "unsupported",
        path: [inConfig ? "config" : "secrets", field],
        detail: `Upsolver's ${title} connections have no ${JSON.stringify(field)}. ${sentence}`,
      }),
    ];
  });
}

/** For each of these fields that is not set: that Upsolver needs it. */
export function missingFields(
  title: string,
  place: "config" | "secrets",
  fields: JsonObject | undefined,
  needed: readonly string[],
): readonly Diagnostic[] {
  if (fields === undefined) return [];
  return needed
    .filter((field) => !Object.hasOwn(fields, field))
    .map((field) =>
      errorDiagnostic({
        code: "missing_field",
        path: [place, field],
        detail: `Upsolver's ${title} connections need ${JSON.stringify(field)}. ${place === "secrets" ? "Add it to the secrets." : "Add it to config."}`,
      }),
    );
}

/** Whether these options, and the ones with a known default at it, are all there is. */
export function hasOnly(
  options: Options,
  allowed: readonly string[],
  atDefault: Options = {},
): boolean {
  return Object.entries(options).every(
    ([option, value]) =>
      allowed.includes(option) ||
      (Object.hasOwn(atDefault, option) && atDefault[option] === value),
  );
}

/** What is there, as fields of a configuration. */
export function plainFields(
  fields: Readonly<Record<string, JsonValue | undefined>>,
): JsonObject {
  return objectOf(
    Object.entries(fields).filter(
      (entry): entry is [string, JsonValue] => entry[1] !== undefined,
    ),
  );
}
