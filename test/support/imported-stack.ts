import { App, type TerraformStack, Testing } from "cdktf";
import ts from "typescript";
import { typeErrors } from "../docs/type-check";

/** That the stacks that imports have written compile, as they would in a user's app. Takes seconds, for many as for one. */
export function expectToCompile(codes: readonly string[]): void {
  expect(
    typeErrors(
      codes.map((code, index) => ({
        document: "imported-stack",
        line: index + 1,
        language: "ts",
        code,
      })),
    ),
  ).toEqual([]);
}

/** The document that a stack synthesizes to, as Terraform reads it. Its types are not checked. */
export function synthesizeImported(code: string, outdir: string): string {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
    },
  });
  const exported = {} as {
    ImportedStack: new (app: App, id: string) => TerraformStack;
  };
  new Function("require", "exports", outputText)(require, exported);
  const app = new App({ outdir, stackTraces: false });
  return Testing.synth(new exported.ImportedStack(app, "imported"), true);
}
