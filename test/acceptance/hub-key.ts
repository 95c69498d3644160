import { type ConnectionKey, parseConnectionKey } from "../../src/model";

/** The key of a connection of organization/acme, as the hub wants it. */
export function hubKey(name: string): ConnectionKey {
  const key = parseConnectionKey(`organization/acme/${name}`);
  if (!key.ok) throw new Error(`${name} is no name of a connection`);
  return key.value;
}
