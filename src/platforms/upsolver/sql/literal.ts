import { PatchbayError } from "../../../diagnostics";
import type { OptionForm, OptionRule, OptionValue } from "../options/option";
import { quoteName, quoteText } from "./quote";

/** An option's value as it is written. Rejects with `invalid_field`, naming the option and never its value. */
export function literalOf(
  option: string,
  value: OptionValue,
  rule: OptionRule | undefined,
): string {
  const form = rule?.form ?? formOf(value);
  const what = `The value of ${option}`;
  switch (form) {
    case "text":
      if (typeof value === "string") return quoteText(value, what);
      break;
    case "list":
      if (Array.isArray(value)) {
        return `(${(value as readonly string[]).map((item) => quoteText(item, what)).join(", ")})`;
      }
      break;
    case "boolean":
      if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
      break;
    case "integer":
      if (Number.isSafeInteger(value)) return String(value);
      break;
    case "interval":
      if (Number.isSafeInteger(value) && (value as number) >= 0)
        return `INTERVAL '${String(value)}' SECONDS`;
      break;
    case "word":
      if (typeof value === "string" && rule?.words?.includes(value))
        return value;
      break;
    case "name":
      if (typeof value === "string" && value !== "") return quoteName(value);
      break;
  }
  throw new PatchbayError({
    code: "invalid_field",
    detail: `${what} is not ${expectation(form, rule)}. Nothing was sent.`,
  });
}

function formOf(value: OptionValue): OptionForm {
  switch (typeof value) {
    case "boolean":
      return "boolean";
    case "number":
      return "integer";
    case "string":
      return "text";
    default:
      return "list";
  }
}

function expectation(form: OptionForm, rule: OptionRule | undefined): string {
  switch (form) {
    case "text":
      return "a text";
    case "list":
      return "a list of texts";
    case "boolean":
      return "true or false";
    case "integer":
      return "a whole number";
    case "interval":
      return "a whole number of seconds";
    case "word":
      return `one of ${(rule?.words ?? []).join(", ")}`;
    case "name":
      return "the name of another connection";
  }
}
