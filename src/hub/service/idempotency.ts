import { PatchbayError } from "../../diagnostics";
import { formatOwner, type JsonObject, type JsonValue } from "../../model";
import type { CreateOptions } from "../hub-api";
import type { Rows } from "../store/store";
import type { HubContext } from "./context";

const KEPT_MS = 24 * 60 * 60 * 1000;

export interface OnceOptions<T> {
  /** Kind of what is created. */
  readonly operation: string;
  readonly options: CreateOptions;
  /** The request's content, secrets included: it is only digested. */
  readonly request: JsonObject;
  readonly create: () => Promise<T>;
}

/** Creates, or where the same idempotency key was used for the same content gives that answer again. */
export async function once<T>(
  context: HubContext,
  rows: Rows,
  once: OnceOptions<T>,
): Promise<T> {
  const { idempotencyKey, account } = once.options;
  if (idempotencyKey === undefined) return once.create();
  const now = context.clock();
  await rows.idempotency.removeExpired(now);
  const key = JSON.stringify([
    once.operation,
    formatOwner(account),
    idempotencyKey,
  ]);
  const digest = context.sealer.digest(withoutUndefined(once.request));
  const known = await rows.idempotency.find(key);
  if (known === undefined) {
    const answer = await once.create();
    await rows.idempotency.insert({
      key,
      digest,
      answer_json: JSON.stringify(answer),
      expires_at: now + KEPT_MS,
    });
    return answer;
  }
  if (known.digest === digest) return JSON.parse(known.answer_json) as T;
  throw new PatchbayError({
    code: "conflict",
    detail: `The idempotency key ${JSON.stringify(idempotencyKey)} was used for another request in the last 24 hours; nothing was created. Use a new key for a new request.`,
  });
}

function withoutUndefined(value: JsonObject): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}
