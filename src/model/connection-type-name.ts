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
