import { join } from "node:path";
import ts from "typescript";
import { type CodeBlock, root } from "./markdown";

/**
 * Type-checks blocks of TypeScript as a user of the package would write them.
 * One that declares a stack is a module of its own; any other stands in the
 * constructor of a stack that has what guides talk about.
 */
export function typeErrors(blocks: readonly CodeBlock[]): readonly string[] {
  const files = new Map(
    blocks.map((block) => [
      join(
        root,
        "test",
        `${block.document.replaceAll("/", "-")}-${block.line}.ts`,
      ),
      sourceOf(block.code),
    ]),
  );
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, languageVersion) => {
    const text = files.get(name);
    return text === undefined
      ? getSourceFile(name, languageVersion)
      : ts.createSourceFile(name, text, languageVersion);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((name) => {
    const file = program.getSourceFile(name);
    return [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ].map(
      ({ messageText }) =>
        `${name}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  });
}

const surroundings = `
declare const analytics: import("cdktf-patchbay").Workspace;
declare const prod: import("cdktf-patchbay").Deployment;
declare const staging: import("cdktf-patchbay").Deployment;
declare const warehouse: import("cdktf-patchbay").SnowflakeConnection;
`;

function sourceOf(code: string): string {
  if (code.includes("extends TerraformStack")) return code;
  const imports = code.match(/^import [\s\S]*?;$/gm) ?? [];
  const body = imports.reduce((rest, line) => rest.replace(line, ""), code);
  const names = exportedNames.filter(
    (name) =>
      !imports.join().includes(name) && new RegExp(`\\b${name}\\b`).test(body),
  );
  return `${imports.join("\n")}
import { ${names.join(", ")} } from "cdktf-patchbay";
${surroundings}
class Example extends (require("cdktf") as typeof import("cdktf")).TerraformStack {
  constructor(scope: import("constructs").Construct, id: string) {
    super(scope, id);
${body}
  }
}
export { Example };
`;
}

/** What a fragment may use without importing it. */
const exportedNames = [
  "Connection",
  "DataPatchbayEffectiveConnection",
  "Deployment",
  "HttpConnection",
  "PatchbayProvider",
  "Secret",
  "SnowflakeConnection",
  "PostgresqlConnection",
  "Workspace",
];

function compilerOptions(): ts.CompilerOptions {
  const path = join(root, "tsconfig.json");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path, (name) => ts.sys.readFile(name)).config,
    ts.sys,
    root,
  );
  return { ...options, types: ["node"] };
}
