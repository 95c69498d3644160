/** What a demo prints, and how it ends when a step is not as described. */

/** A step was not as described. */
export class StepFailed extends Error {}

const steps: { readonly sentence: string; readonly facts: string[] }[] = [];

/** Announces a step. */
export function tell(sentence: string): void {
  steps.push({ sentence, facts: [] });
  console.log(`\n━━ ${steps.length}. ${sentence}\n`);
}

/** Shows output, indented. */
export function show(text: string): void {
  console.log(
    text
      .trim()
      .split("\n")
      .map((line) => (line === "" ? "" : `    ${line}`))
      .join("\n"),
  );
}

/** Ends the demo unless the fact holds. */
export function expect(holds: boolean, fact: string): void {
  if (!holds) throw new StepFailed(fact);
  steps.at(-1)?.facts.push(fact);
  console.log(`    ✓ ${fact}`);
}

/** A line for each step: what it was, and what was seen. */
export function summary(): string {
  return steps
    .map(({ sentence, facts }, index) => {
      const seen = facts.length === 0 ? "" : ` → ${facts.join("; ")}`;
      return `${String(index + 1).padStart(2)}. ${sentence}${seen}`;
    })
    .join("\n");
}
