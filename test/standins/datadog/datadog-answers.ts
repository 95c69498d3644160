import type { StandinAnswer } from "../kit";
import { type Fields, objectIn } from "./datadog-store";

const jsonApiHeaders = { "content-type": "application/vnd.api+json" };

/** What connections and app key registrations answer. */
export function jsonApi(status: number, body: unknown): StandinAnswer {
  return { status, body, headers: jsonApiHeaders };
}

/** Their errors. Which members there are differs from call to call; all are texts. */
export function jsonApiError(
  status: number,
  error: Readonly<Partial<Record<"status" | "title" | "detail", string>>>,
): StandinAnswer {
  return jsonApi(status, { errors: [error] });
}

/** Errors of connections: the words of the service behind, in one text. */
export function connectionError(status: number, detail: string): StandinAnswer {
  return jsonApiError(status, { title: "Generic Error", detail });
}

/** The errors of everything else: texts. */
export function textError(status: number, text: string): StandinAnswer {
  return { status, body: { errors: [text] } };
}

export function attributesOf(body: unknown): Fields {
  return objectIn(objectIn((body ?? {}) as Fields, "data"), "attributes");
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
