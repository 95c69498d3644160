import { soundsSecret } from "../../../catalog";
import type { OptionRule } from "./option";
import { optionTables, ruleOf } from "./option-tables";

/** Whether an option's value must not be shown. One that nobody knows is judged by its name. */
export function isSecretOption(keyword: string, option: string): boolean {
  const rule = ruleOf(keyword, option) ?? ruleByName(option);
  return rule === undefined
    ? soundsSecret(option, undefined)
    : rule.secret !== undefined && rule.secret !== false;
}

/** An option means the same wherever it occurs; a type that nobody knows has the usual ones, too. */
function ruleByName(option: string): OptionRule | undefined {
  for (const table of Object.values(optionTables)) {
    if (Object.hasOwn(table, option)) return table[option];
  }
  return undefined;
}
