/** Whether two names are spellings of one: `accessKeyId` and `access_key_id`. */
export function isSpellingOf(left: string, right: string): boolean {
  return lettersOf(left) === lettersOf(right);
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
