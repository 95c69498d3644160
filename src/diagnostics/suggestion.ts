import { distance } from "fastest-levenshtein";

/**
 * The valid name that was probably meant, or undefined where none is near:
 * at most a third of the letters may differ.
 */
export function nearestName(given: string, valid: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let nearestDistance = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const name of valid) {
    const apart = distance(given.toLowerCase(), name.toLowerCase());
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
