import {
  type Diagnostic,
  type DiagnosticPath,
  errorDiagnostic,
} from "../diagnostics";

/**
 * Names of connection types: one of the catalogue (`postgresql`), or a native
 * one (`astro:airbyte`), which is passed through to that platform as it is.
 */
export type ConnectionTypeName =
  | { readonly kind: "catalogue"; readonly name: string }
  | {
      readonly kind: "native";
      readonly platform: string;
      readonly name: string;
    };

export function parseConnectionTypeName(text: string): ConnectionTypeName {
  const colon = text.indexOf(":");
  return colon < 0
    ? { kind: "catalogue", name: text }
    : {
        kind: "native",
        platform: text.slice(0, colon),
        name: text.slice(colon + 1),
      };
}

/**
 * Nothing where a native type can be the name of one; else the error that says
 * what to write. Only what no platform has: blanks, control characters, slashes
 * around it. How a platform's own types are spelled is its own matter.
 */
export function checkNativeTypeName(
  text: string,
  path: DiagnosticPath,
): readonly Diagnostic[] {
  const parsed = parseConnectionTypeName(text);
  if (parsed.kind === "catalogue") return [];
  const { platform, name } = parsed;
  const isName =
    platform !== "" &&
    name !== "" &&
    !/[\s\p{Cc}]/u.test(text) &&
    !/^\/|\/$/.test(name);
  if (isName) return [];
  const meant = `${platform.trim()}:${name.trim().replace(/^\/+|\/+$/g, "")}`;
  const isMeant =
    meant !== text && checkNativeTypeName(meant, path).length === 0;
  return [
    errorDiagnostic({
      code: "unknown_type",
      path,
      detail: `${JSON.stringify(text)} is no name of a type. ${isMeant ? `Write ${JSON.stringify(meant)}.` : 'A platform\'s own type is written "PLATFORM:TYPE", without blanks, for example "pipes:github".'}`,
    }),
  ];
}
