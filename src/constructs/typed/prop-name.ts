/** How a field of the catalogue is called as a prop: `base_url` is `baseUrl`. The generator refuses types where two fields would get the same name. */
export function propNameOf(field: string): string {
  return field.replace(/_+([a-z0-9])/g, (_match, letter: string) =>
    letter.toUpperCase(),
  );
}
