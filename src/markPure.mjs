import { readFileSync } from 'node:fs';
import typescript from 'typescript';

const { SyntaxKind } = typescript;

const harmless = new Set([
  SyntaxKind.StringLiteral,
  SyntaxKind.NumericLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.RegularExpressionLiteral,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.Identifier,
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
]);
const wrappers = new Set([
  SyntaxKind.ParenthesizedExpression,
  SyntaxKind.AsExpression,
  SyntaxKind.SatisfiesExpression,
  SyntaxKind.PropertyAssignment,
]);

/** Whether a bundler sees for itself that evaluating this does nothing but give a value. */
function isEvident(node) {
  if (harmless.has(node.kind)) return true;
  if (wrappers.has(node.kind)) return isEvident(node.expression ?? node.initializer);
  if (node.kind === SyntaxKind.ArrayLiteralExpression) return node.elements.every(isEvident);
  if (node.kind === SyntaxKind.ObjectLiteralExpression) return node.properties.every(isEvident);
  return false;
}

/** The text of a module in which every constant of its top level is marked as free of side effects. */
function mark(text, path) {
  const source = typescript.createSourceFile(path, text, typescript.ScriptTarget.Latest);
  const values = source.statements
    .filter((statement) => statement.kind === SyntaxKind.VariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations.map(({ initializer }) => initializer))
    .filter((value) => value && !isEvident(value));
  const pieces = values.map((value, i) => {
    const from = value.getStart(source);
    return `${text.slice(i === 0 ? 0 : values[i - 1].end, from)}/* @__PURE__ */ (() => (${text.slice(from, value.end)}))()`;
  });
  return pieces.join('') + text.slice(values.at(-1)?.end ?? 0);
}

/**
 * Tells bundlers of the law that no import has a side effect, constant by constant: `const table = make()` becomes
 * `const table = /* @__PURE__ *\/ (() => make())()`, so that a program which does not use a table need not contain it,
 * though table and used functions share a file.
 */
export const markPure = {
  name: 'constants are pure',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: mark(readFileSync(path, 'utf8'), path),
      loader: 'ts',
    }));
  },
};
