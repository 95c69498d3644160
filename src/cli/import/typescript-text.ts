import type { CodeLanguage } from "./code-layout";

/** Characters that are not seen, or change how others are seen: written as escapes. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** TypeScript, as an app of constructs is written. */
export const typescript: CodeLanguage = {
  assignment: ": ",
  separator: ",",
  aligned: false,
  text: typescriptText,
  variable: (name) =>
    `Secret.fromVariable(this, ${typescriptText(name.toUpperCase())})`,
  field: (name) => {
    // In an object literal it would set the prototype.
    if (name === "__proto__") return '["__proto__"]';
    return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name)
      ? name
      : typescriptText(name);
  },
};

/** A string literal that gives exactly this text. */
export function typescriptText(text: string): string {
  return JSON.stringify(text).replaceAll(invisible, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/** Words that cannot be, or had better not be, the name of a constant in a constructor. */
export const reservedNames: readonly string[] = (
  "abstract any arguments as async await boolean break case catch class const constructor continue debugger declare " +
  "default delete do else enum eval export extends false finally for from function get global if implements import in " +
  "infer instanceof interface is keyof let module namespace never new null number object of package private process " +
  "protected public readonly require return satisfies set static string super switch symbol this throw true try type " +
  "typeof undefined unique unknown using var void while with yield id scope exports"
).split(" ");
