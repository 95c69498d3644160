import { type CatalogueType, catalogueTypes } from "./catalogue-types";
import type { OptionRule } from "./option";
import { optionTables, ruleOf } from "./option-tables";

/** Fields by type, as capabilities name them. */
export type FieldsByType = Readonly<Record<string, readonly string[]>>;

/** The fields of configurations that no ALTER can set. */
export function immutableFields(): FieldsByType {
  return withoutEmpty({
    ...catalogueFields((rule) => rule.alterable === false),
    ...Object.fromEntries(
      Object.entries(optionTables).map(([keyword, rules]) => [
        `upsolver:${keyword}`,
        Object.keys(rules).filter(
          (option) => rules[option]?.alterable === false,
        ),
      ]),
    ),
  });
}

/**
 * The fields of configurations that an ALTER can set to something else, but not
 * take back: what is always declared can do without, and so can what has a
 * default to be set to. Options of native types have none, because those at
 * their default are shown like any other; what one type calls so, any other may.
 */
export function irremovableFields(): FieldsByType {
  const options = Object.values(optionTables).flatMap((rules) =>
    Object.keys(rules).filter((option) => isPlain(rules[option])),
  );
  return withoutEmpty({
    ...catalogueFields(
      (rule) =>
        isPlain(rule) &&
        rule.alterable !== false &&
        rule.required !== true &&
        rule.default === undefined,
    ),
    "*": [...new Set(options)].sort(),
  });
}

function catalogueFields(limits: (rule: OptionRule) => boolean): FieldsByType {
  return Object.fromEntries(
    Object.entries<CatalogueType>(catalogueTypes).map(
      ([type, { keyword, fields }]) => [
        type,
        Object.entries(fields).flatMap(([option, field]) => {
          const rule = ruleOf(keyword, option);
          return rule !== undefined && limits(rule) ? [field] : [];
        }),
      ],
    ),
  );
}

function isPlain(rule: OptionRule | undefined): boolean {
  return rule?.secret === undefined || rule.secret === false;
}

function withoutEmpty(fields: FieldsByType): FieldsByType {
  return Object.fromEntries(
    Object.entries(fields).filter(([, names]) => names.length > 0),
  );
}
