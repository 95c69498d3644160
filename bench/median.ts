/** The middle one of the values; of an even number, the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** Milliseconds that the work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** What is measured and its floor, by turns, so that what else the machine does hits both alike. */
export async function byTurns(
  rounds: number,
  works: { readonly measured: () => unknown; readonly floor: () => unknown },
): Promise<{ readonly measured: number; readonly floor: number }> {
  const measured: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    floor.push(await timed(works.floor));
    measured.push(await timed(works.measured));
  }
  return { measured: median(measured), floor: median(floor) };
}
