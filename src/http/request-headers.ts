import { PatchbayError, Secret } from "../diagnostics";
import type { HttpHeaders } from "./http-request";
import type { HeaderReader } from "./retry-timing";

/**
 * The headers as they are sent. Rejects with `unauthorized` a secret that no
 * header can hold: fetch would, too, but would quote it.
 */
export function sentHeaders(
  ...groups: readonly (HttpHeaders | undefined)[]
): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const [name, value] of groups.flatMap((group) =>
    Object.entries(group ?? {}),
  )) {
    if (value === undefined) continue;
    const text = value instanceof Secret ? value.reveal() : value;
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) {
      throw new PatchbayError({
        code: "unauthorized",
        detail: `The value for the header ${name} holds characters that cannot be sent, perhaps a line break at its end. Check where the credential comes from.`,
      });
    }
    sent[name.toLowerCase()] = text;
  }
  return sent;
}

/** The values that are never shown. */
export function secretsIn(headers: HttpHeaders = {}): readonly Secret[] {
  return Object.values(headers).filter((value) => value instanceof Secret);
}

/** What the platform calls this exchange, where it says so in a form fit for a message. */
export function requestIdOf(
  headers: HeaderReader | undefined,
): string | undefined {
  const names = ["x-request-id", "request-id", "x-api-requestid"];
  const id = names
    .map((name) => headers?.get(name))
    .find((value) => typeof value === "string");
  return id !== undefined && /^[\w.:/+=-]{1,128}$/.test(id) ? id : undefined;
}
