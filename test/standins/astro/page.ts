import type { StandinAnswer } from "../kit";

/** One page, as all of Astro's listings give it. */
export function page<T>(
  plural: string,
  all: readonly T[],
  query: URLSearchParams,
  answerOf: (item: T) => unknown,
): StandinAnswer {
  const offset = Number(query.get("offset") ?? 0);
  const limit = Number(query.get("limit") ?? 20);
  const items = all.slice(offset, offset + limit).map(answerOf);
  return {
    status: 200,
    body: { [plural]: items, limit, offset, totalCount: all.length },
  };
}
