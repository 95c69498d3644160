import type { CtyValue, FunctionDefinition } from "../wire";

/** A function that configurations call as `provider::patchbay::NAME(…)`. Pure: core holds us to it. */
export interface ProviderFunction {
  readonly name: string;
  readonly definition: FunctionDefinition;
  /** The arguments are known and fit their parameters. */
  call(args: readonly CtyValue[]): FunctionOutcome;
}

export type FunctionOutcome =
  | { readonly ok: true; readonly result: CtyValue }
  | {
      readonly ok: false;
      /** What is wrong and what to do. */
      readonly text: string;
      /** The argument at fault, counted from 0. */
      readonly argument: number;
    };
