import { App, type TerraformStack, Testing } from "cdktf";
import ts from "typescript";
import { typeErrors } from "../docs/type-check";

/** Compiles the stack that an import has written, checks its types, and gives the document that it synthesizes to. */
export function synthesizeImported(code: string, outdir: string): string {
  expect(
    typeErrors([{ document: "imported-stack", line: 1, language: "ts", code }]),
  ).toEqual([]);
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
