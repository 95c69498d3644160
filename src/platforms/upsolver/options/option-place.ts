import type { DiagnosticPath } from "../../../diagnostics";
import { tryFindCatalogueType } from "./catalogue-types";
import { ruleOf } from "./option-tables";
import { isSecretOption } from "./secret-option";

/** Where a user says what an option shall be. */
export interface OptionPlace {
  readonly path: DiagnosticPath;
  /** As in messages: `"topics"`; of native types the option itself. */
  readonly label: string;
}

/** The place of an option of a connection of the type, as declared: `kafka`, `upsolver:KAFKA`. */
export function placeOfOption(
  { type, keyword }: { readonly type: string; readonly keyword: string },
  option: string,
): OptionPlace {
  if (option === "COMMENT")
    return { path: ["description"], label: "The description" };
  const fields = tryFindCatalogueType(type)?.fields;
  if (fields === undefined) {
    const place = isSecretOption(keyword, option) ? "secrets" : "config";
    return { path: [place, option], label: option };
  }
  const field = fields[option];
  const place = ruleOf(keyword, option)?.secret === true ? "secrets" : "config";
  return field === undefined
    ? { path: [place], label: option }
    : { path: [place, field], label: JSON.stringify(field) };
}
