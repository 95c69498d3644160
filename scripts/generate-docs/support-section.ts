import { platformDefinitions } from "../../src/platforms/registry";
import { supportTable } from "./platforms-page";

const START = "<!-- support-table:start -->";
const END = "<!-- support-table:end -->";

/** The text with the support table between its markers; as it was where it has none. */
export function withSupportTable(text: string): string {
  const start = text.indexOf(START);
  const end = text.indexOf(END);
  if (start === -1 || end < start) return text;
  return `${text.slice(0, start + START.length)}\n\n${supportTable(platformDefinitions)}\n\n${text.slice(end)}`;
}
