import typescript from 'typescript';

/** An `@example` of a docstring. */
export interface Example {
  /** What the docstring is about. */
  readonly subject: string;
  readonly code: string;
}

/**
 * The examples in the docstrings of exported declarations. What stands in the line of the tag is the whole of the code, and
 * lines below it show its result; code of several lines begins in the line after the tag.
 */
export function readExamples(path: string, text: string): Example[] {
  const file = typescript.createSourceFile(path, text, typescript.ScriptTarget.ES2022, true);
  return file.statements.filter(isExported).flatMap((statement) =>
    typescript
      .getJSDocTags(typescript.isVariableStatement(statement) ? statement.declarationList.declarations[0] : statement)
      .filter(({ tagName }) => tagName.text === 'example')
      .map((tag) => {
        const [start, ...lines] = text.slice(tag.tagName.end, tag.end).split('\n');
        const body = lines.map((line) => line.replace(/^\s*\*\/?\s?/, '')).join('\n');
        return { subject: nameOf(statement), code: start.trim() || body.trim() };
      }),
  );
}

const isExported = (node: typescript.Statement): boolean =>
  typescript.canHaveModifiers(node) &&
  (typescript.getModifiers(node) ?? []).some(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword);

function nameOf(statement: typescript.Statement): string {
  const declared = typescript.isVariableStatement(statement) ? statement.declarationList.declarations[0] : statement;
  return (declared as typescript.Statement & { readonly name?: typescript.Identifier }).name?.text ?? '';
}
