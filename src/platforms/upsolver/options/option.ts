import type { JsonObject, JsonValue } from "../../../model";

/** The value of an option. How it is written depends on the option's form. */
export type OptionValue = string | number | boolean | readonly string[];

/** Options by name, in the order in which they are written. */
export type Options = { readonly [option: string]: OptionValue };

/** How a value is written in a statement. */
export type OptionForm =
  /** `'…'` */
  | "text"
  /** `('…', '…')` */
  | "list"
  /** `TRUE` */
  | "boolean"
  /** `20` */
  | "integer"
  /** A bare word of a fixed choice: `CURRENT` */
  | "word"
  /** The name of another object: `"my lake"` */
  | "name"
  /** A number of seconds: `INTERVAL '4' SECONDS` */
  | "interval";

/** One row of the table: what is known about an option. */
export interface OptionRule {
  readonly form: OptionForm;
  /** @default false */
  readonly required?: boolean;
  /** For `required`: the option that will do as well. */
  readonly orElse?: string;
  /** Never shown, never compared. `mixed`: holds plain settings and secrets in one text. @default false */
  readonly secret?: boolean | "mixed";
  /** Whether ALTER can set it; where not, another value needs another connection. @default true */
  readonly alterable?: boolean;
  /** What holds where it is not given, so that setting it is as good as taking the option back: what Upsolver documents, or what a declaration of the catalogue's type sends. */
  readonly default?: OptionValue;
  /** Options that are only changed together with it, in one statement. */
  readonly together?: readonly string[];
  /** For `word`: the choice. */
  readonly words?: readonly string[];
}

export type OptionRules = Readonly<Record<string, OptionRule>>;

export function isOptionValue(
  value: JsonValue | undefined,
): value is OptionValue {
  return (
    isTextList(value) || ["string", "number", "boolean"].includes(typeof value)
  );
}

export function isTextList(
  value: JsonValue | undefined,
): value is readonly string[] {
  return (
    Array.isArray(value) && value.every((item) => typeof item === "string")
  );
}

/** Leaves out what is not given. */
export function givenOptions(
  options: Readonly<Record<string, OptionValue | undefined>>,
): Options {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Options;
}

/** A text field of a configuration, or undefined. */
export function textField(
  fields: JsonObject | undefined,
  name: string,
): string | undefined {
  const value =
    fields !== undefined && Object.hasOwn(fields, name)
      ? fields[name]
      : undefined;
  return typeof value === "string" ? value : undefined;
}
