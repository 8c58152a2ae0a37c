import typescript from 'typescript';

/** An import, export … from, import(…), require(…) or import type of one file. */
export interface Import {
  /** What is imported, or undefined if that is computed. */
  readonly specifier: string | undefined;
  /** Types alone: nothing is loaded. */
  readonly typeOnly: boolean;
  /** `import './x'`, for its effect. */
  readonly bare: boolean;
  readonly line: number;
}

export interface Source {
  readonly imports: readonly Import[];
  /** String literals other than what is imported, with their lines. */
  readonly strings: readonly { readonly text: string; readonly line: number }[];
  /** Lines of top-level statements that do something. */
  readonly effects: readonly number[];
  /** Number of lines. */
  readonly lines: number;
}

const declarations = new Set([
  typescript.SyntaxKind.ImportDeclaration,
  typescript.SyntaxKind.ExportDeclaration,
  typescript.SyntaxKind.ExportAssignment,
  typescript.SyntaxKind.VariableStatement,
  typescript.SyntaxKind.FunctionDeclaration,
  typescript.SyntaxKind.ClassDeclaration,
  typescript.SyntaxKind.InterfaceDeclaration,
  typescript.SyntaxKind.TypeAliasDeclaration,
  typescript.SyntaxKind.EnumDeclaration,
  typescript.SyntaxKind.EmptyStatement,
]);

/** What the rules need to know of a file, from its syntax tree. */
export function readSource(path: string, text: string): Source {
  const file = typescript.createSourceFile(path, text, typescript.ScriptTarget.ES2022);
  const lineOf = (node: typescript.Node): number => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  const imports: Import[] = [];
  const strings: { text: string; line: number }[] = [];
  const add = (node: typescript.Node, from: typescript.Node | undefined, typeOnly: boolean, bare = false): void => {
    const specifier = from && typescript.isStringLiteralLike(from) ? from.text : undefined;
    imports.push({ specifier, typeOnly, bare, line: lineOf(node) });
  };

  const visit = (node: typescript.Node): void => {
    if (typescript.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, isTypeOnly(node), node.importClause === undefined);
    } else if (typescript.isExportDeclaration(node)) {
      if (node.moduleSpecifier) add(node, node.moduleSpecifier, node.isTypeOnly);
    } else if (typescript.isImportTypeNode(node)) {
      add(node, typescript.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (typescript.isCallExpression(node) && isLoad(node.expression)) {
      add(node, node.arguments[0], false);
    } else {
      if (typescript.isStringLiteralLike(node)) strings.push({ text: node.text, line: lineOf(node) });
      typescript.forEachChild(node, visit);
    }
  };
  typescript.forEachChild(file, visit);

  const effects = file.statements.filter((node) => !declarations.has(node.kind) && !isAmbient(node)).map(lineOf);
  return { imports, strings, effects, lines: text.replace(/\n$/, '').split('\n').length };
}

function isTypeOnly({ importClause }: typescript.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.phaseModifier === typescript.SyntaxKind.TypeKeyword) return true;
  const named = importClause.namedBindings;
  if (importClause.name || !named || !typescript.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

/** `declare …`: types alone. */
const isAmbient = (node: typescript.Statement): boolean =>
  typescript.canHaveModifiers(node) &&
  (typescript.getModifiers(node) ?? []).some(({ kind }) => kind === typescript.SyntaxKind.DeclareKeyword);

const isLoad = (callee: typescript.Expression): boolean =>
  callee.kind === typescript.SyntaxKind.ImportKeyword || (typescript.isIdentifier(callee) && callee.text === 'require');
