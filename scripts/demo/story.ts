/** What a demo prints, and how it ends when a step is not as described. */

/** A step was not as described. */
export class StepFailed extends Error {}

let step = 0;

/** Announces a step. */
export function tell(sentence: string): void {
  step += 1;
  console.log(`\n━━ ${step}. ${sentence}\n`);
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
  console.log(`    ✓ ${fact}`);
}
