import ts from "typescript";

/** What the rules need to know of one source file. */
export interface SourceFacts {
  /** Every module named by a static, dynamic, type-only or CommonJS import, or by a re-export. */
  readonly imports: readonly SourceFact[];
  /** Names of values that are imported, with their module before a blank: `../model hasFeature`. */
  readonly importedValues: readonly SourceFact[];
  /** Uses of `process.env` and `process.argv`, however written. */
  readonly processReads: readonly SourceFact[];
  /** Calls of the global `fetch`. */
  readonly fetchCalls: readonly SourceFact[];
  /** `export *` and default exports. */
  readonly anonymousExports: readonly SourceFact[];
}

export interface SourceFact {
  readonly line: number;
  /** The module, or the text that was found. */
  readonly text: string;
}

const processMembers = new Set(["env", "argv", "argv0", "execArgv"]);

/** Reads a file with the TypeScript parser; comments and strings cannot be mistaken for code. */
export function readSource(path: string, text: string): SourceFacts {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: SourceFact[] = [];
  const importedValues: SourceFact[] = [];
  const processReads: SourceFact[] = [];
  const fetchCalls: SourceFact[] = [];
  const anonymousExports: SourceFact[] = [];
  let declaresFetch = false;

  const factOf = (node: ts.Node, found: string): SourceFact => ({
    line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
    text: found,
  });

  const visit = (node: ts.Node): void => {
    for (const value of valuesImportedBy(node))
      importedValues.push(factOf(node, value));
    const module = importedModule(node);
    if (module !== undefined) {
      imports.push(factOf(node, module));
      if (/^(node:)?process$/.test(module))
        processReads.push(factOf(node, `import of ${module}`));
    }
    if (readsProcess(node))
      processReads.push(factOf(node, node.getText(source)));
    if (callsFetch(node)) fetchCalls.push(factOf(node, "fetch"));
    if (declares(node, "fetch")) declaresFetch = true;
    if (isAnonymousExport(node))
      anonymousExports.push(
        factOf(node, node.getText(source).split("\n")[0] ?? ""),
      );
    ts.forEachChild(node, visit);
  };
  visit(source);
  return {
    imports,
    importedValues,
    processReads,
    fetchCalls: declaresFetch ? [] : fetchCalls,
    anonymousExports,
  };
}

function importedModule(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return literal(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return literal(node.expression);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return literal(node.argument.literal);
  if (ts.isCallExpression(node) && isImportCall(node.expression))
    return literal(node.arguments[0]);
  return undefined;
}

/** A namespace is every value that the module has. */
function valuesImportedBy(node: ts.Node): readonly string[] {
  if (!ts.isImportDeclaration(node)) return [];
  const module = literal(node.moduleSpecifier);
  const { importClause: clause } = node;
  if (clause === undefined || clause.isTypeOnly) return [];
  const { namedBindings: bindings } = clause;
  if (bindings === undefined || ts.isNamespaceImport(bindings))
    return [`${module} *`];
  return bindings.elements
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(
      ({ name, propertyName }) => `${module} ${(propertyName ?? name).text}`,
    );
}

/** `import(…)`, `require(…)`, `require.resolve(…)`. */
function isImportCall(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === "resolve")
    return isImportCall(callee.expression);
  return isNamed(callee, "require");
}

function readsProcess(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    return isProcess(node.expression) && processMembers.has(node.name.text);
  }
  if (ts.isElementAccessExpression(node)) return isProcess(node.expression);
  // const { env } = process
  return (
    ts.isVariableDeclaration(node) &&
    node.initializer !== undefined &&
    isProcess(node.initializer)
  );
}

function isProcess(node: ts.Expression): boolean {
  if (isNamed(node, "process")) return true;
  return (
    ts.isPropertyAccessExpression(node) &&
    isNamed(node.expression, "globalThis") &&
    node.name.text === "process"
  );
}

function callsFetch(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node))
    return isNamed(node.expression, "globalThis") && node.name.text === "fetch";
  return ts.isCallExpression(node) && isNamed(node.expression, "fetch");
}

function declares(node: ts.Node, name: string): boolean {
  return (
    (ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isVariableDeclaration(node)) &&
    isNamed(node.name, name)
  );
}

function isAnonymousExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportDeclaration(node)) return node.exportClause === undefined;
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(
      ({ kind }) => kind === ts.SyntaxKind.DefaultKeyword,
    )
  );
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}

function literal(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node)
    ? node.text
    : undefined;
}
