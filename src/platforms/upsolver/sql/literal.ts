import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
} from "../../../diagnostics";
import {
  isTextList,
  type OptionForm,
  type OptionRule,
  type OptionValue,
} from "../options/option";
import { nameFaults, quoteName, quoteText, textFaults } from "./quote";

/** An option's value as it is written. Rejects with the faults of the value. */
export function literalOf(
  option: string,
  value: OptionValue,
  rule: OptionRule | undefined,
): string {
  const what = `The value of ${option}`;
  const faults = literalFaults(what, value, rule);
  if (faults.length > 0) throw new PatchbayError(faults);
  const form = rule?.form ?? formOf(value);
  if (isTextList(value))
    return `(${value.map((item) => quoteText(item, what)).join(", ")})`;
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (form === "interval") return `INTERVAL '${value}' SECONDS`;
  if (typeof value === "number") return String(value);
  if (form === "word") return value;
  return form === "name" ? quoteName(value) : quoteText(value, what);
}

/** Why the value cannot be written in the option's form, as `invalid_field`; `what` says which value it is, never the value. */
export function literalFaults(
  what: string,
  value: OptionValue,
  rule: OptionRule | undefined,
): readonly Diagnostic[] {
  const form = rule?.form ?? formOf(value);
  if (!fits(form, value, rule)) {
    return [
      errorDiagnostic({
        code: "invalid_field",
        detail: `${what} is not ${expectation(form, rule)}.${advice(form, value)}`,
      }),
    ];
  }
  if (form === "name" && typeof value === "string") return nameFaults(value);
  const texts = isTextList(value) ? value : [value];
  return texts.flatMap((text) =>
    typeof text === "string" ? textFaults(text, what) : [],
  );
}

function fits(
  form: OptionForm,
  value: OptionValue,
  rule: OptionRule | undefined,
): boolean {
  switch (form) {
    case "text":
      return typeof value === "string";
    case "list":
      return isTextList(value) && value.length > 0;
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return Number.isSafeInteger(value);
    case "interval":
      return Number.isSafeInteger(value) && Number(value) >= 0;
    case "word":
      return typeof value === "string" && (rule?.words ?? []).includes(value);
    case "name":
      return typeof value === "string" && value !== "";
  }
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
      return "a list of one text or more";
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

/** What to do, where the value is nearly right. */
function advice(form: OptionForm, value: OptionValue): string {
  if (isTextList(value) && value.length === 0)
    return " Leave it out where there is none.";
  const isText = typeof value === "string";
  if (form === "list" && isText) return " Put it into brackets.";
  const wanted = form === "boolean" ? /^(true|false)$/i : /^-?\d+$/;
  const isQuoted =
    isText &&
    ["boolean", "integer", "interval"].includes(form) &&
    wanted.test(value);
  return isQuoted ? " Write it without quotation marks." : "";
}
