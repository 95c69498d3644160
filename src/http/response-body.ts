import type { FetchedAnswer } from "./fetch";

/** What came of reading an answer's body. */
export type BodyReading =
  /** `value` is undefined where there was no body. */
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "not_json"; readonly text: string }
  | { readonly kind: "too_large" };

/**
 * Reads JSON of at most `maxBytes` (after decompression); stops reading, and
 * closes the connection, as soon as there is more. Rejects when the connection breaks.
 */
export async function readJsonBody(
  { body }: Pick<FetchedAnswer, "body">,
  maxBytes: number,
): Promise<BodyReading> {
  if (body === null) return { kind: "json", value: undefined };
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) return { kind: "too_large" };
    chunks.push(chunk);
  }
  return parseJson(Buffer.concat(chunks).toString("utf8"));
}

function parseJson(text: string): BodyReading {
  if (text.trim() === "") return { kind: "json", value: undefined };
  try {
    return { kind: "json", value: JSON.parse(text) as unknown };
  } catch {
    return { kind: "not_json", text };
  }
}
