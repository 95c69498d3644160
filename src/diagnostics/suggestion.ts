import { distance } from "fastest-levenshtein";

/**
 * The valid name that was probably meant, or undefined where none is near: at
 * most a third of the letters may differ; two swapped neighbours count as one.
 */
export function nearestName(
  given: string,
  valid: Iterable<string>,
): string | undefined {
  let nearest: string | undefined;
  let nearestDistance = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const name of valid) {
    const apart = isSwapped(given.toLowerCase(), name.toLowerCase())
      ? 1
      : distance(given.toLowerCase(), name.toLowerCase());
    if (apart < nearestDistance) {
      nearest = name;
      nearestDistance = apart;
    }
  }
  return nearest;
}

/** ` Did you mean "port"?`, or nothing. Starts with a blank, to follow a sentence. */
export function didYouMean(given: string, valid: Iterable<string>): string {
  const name = nearestName(given, valid);
  return name === undefined ? "" : ` Did you mean "${name}"?`;
}

/** Whether they differ only in two neighbouring letters that have changed places: "prot" and "port". */
function isSwapped(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  const first = left
    .split("")
    .findIndex((letter, index) => letter !== right[index]);
  return (
    first >= 0 &&
    left[first] === right[first + 1] &&
    left[first + 1] === right[first] &&
    left.slice(first + 2) === right.slice(first + 2)
  );
}
