import {
  type Diagnostic,
  errorDiagnostic,
  PatchbayError,
} from "../../diagnostics";
import { isList, isObject, type JsonObject, type JsonValue } from "../../model";

/**
 * Carries out a call that sends secrets. Datadog's errors are written by its
 * servers and might quote what was sent: a message that holds one of the secrets
 * is replaced by one that says so.
 */
export async function withholdSecrets<T>(
  secrets: JsonObject | undefined,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof PatchbayError) || secrets === undefined) throw error;
    const texts = textsIn(secrets).flatMap((text) => [
      text,
      JSON.stringify(text).slice(1, -1),
    ]);
    const quotes = ({ detail }: Diagnostic) =>
      texts.some((text) => text !== "" && detail.includes(text));
    if (!error.diagnostics.some(quotes)) throw error;
    throw new PatchbayError(
      error.diagnostics.map((diagnostic) =>
        quotes(diagnostic)
          ? errorDiagnostic({
              code: diagnostic.code,
              path: diagnostic.path,
              detail:
                "Datadog's answer repeats one of the secrets that were sent, so its words are not shown. Check the fields of the connection.",
            })
          : diagnostic,
      ),
    );
  }
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === "string") return [value];
  if (isList(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
