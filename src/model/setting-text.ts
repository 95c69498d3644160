import type { Secret } from "../diagnostics";

/** What a platform's setting says. Empty counts as not set, as in a variable whose default is "". */
export function settingText(setting: Secret | undefined): string | undefined {
  const text = setting?.reveal().trim();
  return text === "" ? undefined : text;
}
