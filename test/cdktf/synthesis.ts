import { App, TerraformStack, Testing } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The part of a Terraform document that tests look at. */
export interface TerraformDocument {
  readonly terraform: {
    readonly required_providers: Readonly<Record<string, unknown>>;
    readonly required_version?: string;
  };
  readonly provider: Readonly<Record<string, readonly object[]>>;
  readonly resource: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
  >;
  readonly data: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
  >;
  readonly variable: Readonly<
    Record<string, Readonly<Record<string, unknown>>>
  >;
}

export type BuildStack = (stack: TerraformStack) => void;

/** What cdktf writes for the stack, after all checks. */
export function synthesize(build: BuildStack): TerraformDocument {
  return withStack(
    build,
    (stack) => JSON.parse(Testing.synth(stack, true)) as TerraformDocument,
  );
}

/** What cdktf would write if nothing were checked. */
export function synthesizeUnchecked(build: BuildStack): string {
  return withStack(build, (stack) => Testing.synth(stack));
}

/** One line per fault: `[stack/warehouse] Unknown field at config.prot (unknown_field): …`. */
export function faultsOf(build: BuildStack): readonly string[] {
  return withStack(build, (stack) => {
    try {
      stack.runAllValidations();
      return [];
    } catch (error) {
      return (error as Error).message
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line.startsWith("["));
    }
  });
}

/** Synthesizes the whole app as `app.synth()` does, into a folder that is gone afterwards. */
export function synthesizeApp<T>(
  context: Readonly<Record<string, unknown>>,
  build: BuildStack,
  inspect: (stackFolder: string) => T,
): T {
  return withStack(
    build,
    (stack) => {
      const app = App.of(stack);
      app.synth();
      return inspect(join(app.outdir, "stacks", stack.node.id));
    },
    context,
  );
}

function withStack<T>(
  build: BuildStack,
  use: (stack: TerraformStack) => T,
  context: Readonly<Record<string, unknown>> = {},
): T {
  const outdir = mkdtempSync(join(tmpdir(), "patchbay-synthesis-"));
  try {
    const app = new App({ outdir, context, stackTraces: false });
    const stack = new TerraformStack(app, "stack");
    build(stack);
    return use(stack);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
