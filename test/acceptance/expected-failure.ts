import type { DiagnosticCode } from "../../src/diagnostics";
import { diagnosticSummaries } from "../../src/diagnostics/codes";
import type { TerraformRun } from "./terraform-project";

export interface ExpectedFailure {
  readonly code: DiagnosticCode;
  /** `config.prot`; where it is undefined, the failure concerns no attribute. */
  readonly path?: string;
  /** What the text says, among other things. */
  readonly says: readonly (string | RegExp)[];
}

/** The text of a command as one line of words: without the frames and line breaks of the terminal. */
export function wordsOf(output: string): string {
  return output.replaceAll(/[│╷╵]/g, " ").replaceAll(/\s+/g, " ");
}

/** That a command failed with these diagnostics, said to a person: no stack trace, no crash of anything. */
export function expectFailure(
  { status, output }: TerraformRun,
  ...expected: readonly ExpectedFailure[]
): void {
  const words = wordsOf(output);
  for (const { code, path, says } of expected) {
    expect(words).toContain(`Error: ${diagnosticSummaries[code]}`);
    expect(words).toContain(
      path === undefined ? `Code: ${code}` : `Path: ${path} Code: ${code}`,
    );
    for (const text of says) {
      if (typeof text === "string") expect(words).toContain(text);
      else expect(words).toMatch(text);
    }
  }
  expect(status).toBe(1);
  expectNoCrash(output);
}

/** That nothing in the output is for programmers. */
export function expectNoCrash(output: string): void {
  expect(output).not.toMatch(/^\s*│?\s*at .*:\d+:\d+\)?$/m);
  expect(output).not.toMatch(
    /panic|Stack trace|did not respond|inconsistent|internal_error|\[object|undefined|\bNaN\b/,
  );
}
