import { PatchbayError } from "../../diagnostics";
import { ApiError, type HttpClient, type HttpRequest } from "../../http";

/**
 * Sends a request and reads its answer. A write that was answered, but not as
 * expected, has happened all the same: it rejects with `outcome_unknown`.
 */
export async function exchange<T>(
  http: HttpClient,
  request: HttpRequest,
  read: (body: unknown) => T,
): Promise<T> {
  const { body } = await http.request(request);
  try {
    return read(body);
  } catch (thrown) {
    const isRead = request.method === "GET" || request.readOnly === true;
    if (isRead || !(thrown instanceof PatchbayError)) throw thrown;
    throw new PatchbayError({
      code: "outcome_unknown",
      detail: `${request.method} ${request.pathTemplate} was answered, but not as expected. ${thrown.diagnostics[0]?.detail ?? ""} Plan again; the next plan shows what is there.`,
    });
  }
}

/** The outcome, or undefined where the platform itself says that there is no such object. */
export async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (thrown) {
    if (isGone(thrown)) return undefined;
    throw thrown;
  }
}

/** Whether the platform itself said that there is no such object: its refusals are read as `not_found`, and nobody else's are. */
export function isGone(thrown: unknown): boolean {
  return (
    thrown instanceof ApiError &&
    thrown.status === 404 &&
    thrown.problemCode === "not_found"
  );
}
