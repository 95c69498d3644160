import { type Diagnostic, under } from "../../diagnostics";
import { type Checked, type Connection, invalid } from "../../model";
import { placeOfOption } from "./options/option-place";
import { ruleOf } from "./options/option-tables";
import { literalFaults } from "./sql/literal";
import { nameFaults, textFaults } from "./sql/quote";
import { fromOptions, toOptions, type Translated } from "./types";
import { shownOtherwise } from "./types/shown-again";

/**
 * A declared connection in the words of a statement, or everything that Upsolver
 * cannot hold of it or would not show again. Asks nobody. Secrets that are not
 * given are not looked at.
 */
export function readDeclaration(connection: Connection): Checked<Translated> {
  const { name, description = "" } = connection;
  const translated = toOptions(connection);
  const faults = [
    ...nameFaults(name).map((fault) => under(["name"], fault)),
    ...(translated.ok
      ? [
          ...readingFaults(connection, translated.value),
          ...valueFaults(translated.value),
        ]
      : translated.diagnostics),
    ...textFaults(description, "The description").map((fault) =>
      under(["description"], fault),
    ),
  ];
  return faults.length > 0 ? invalid(...faults) : translated;
}

/** What of a catalogue's type would come back as something else; native types are shown as they are. */
function readingFaults(
  connection: Connection,
  { keyword, options, translation }: Translated,
): readonly Diagnostic[] {
  if (translation === undefined) return [];
  return shownOtherwise(connection, fromOptions(keyword, options));
}

/** Values that cannot be written in the form of their option. */
function valueFaults(translated: Translated): readonly Diagnostic[] {
  const { keyword, options } = translated;
  return Object.entries(options).flatMap(([option, value]) => {
    const { path, label } = placeOfOption(translated, option);
    return literalFaults(
      `The value of ${label}`,
      value,
      ruleOf(keyword, option),
    ).map((fault) => under(path, fault));
  });
}
