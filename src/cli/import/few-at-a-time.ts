/** So many calls are under way at most: a platform's rate limits are for its other users, too. */
const AT_A_TIME = 4;

/**
 * Does the work for each item, a few at a time; the results are in the order of
 * the items. Rejects with the first failure, once what was under way has ended;
 * nothing new is begun after it.
 */
export async function fewAtATime<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  const waiting = [...items.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, item] = next;
      try {
        results[index] = await work(item);
      } catch (failure) {
        failures.push(failure);
        waiting.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
