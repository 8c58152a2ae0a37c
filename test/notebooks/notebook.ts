import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a cell has shown: a stream of text, a display or a result by type, or an error. */
export interface Output {
  readonly output_type: 'stream' | 'display_data' | 'execute_result' | 'error';
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly ename?: string;
  readonly evalue?: string;
}

export interface Cell {
  readonly cell_type: 'markdown' | 'code';
  readonly id: string;
  readonly source: string | readonly string[];
  readonly outputs?: readonly Output[];
  readonly execution_count?: number | null;
}

/** A notebook as its file has it, nbformat 4. */
export interface Notebook {
  readonly cells: readonly Cell[];
}

/** Lines, or one text: files have both. */
export const textOf = (text: string | readonly string[] = ''): string =>
  typeof text === 'string' ? text : text.join('');

/** The names of the notebooks in a folder, in order. */
export const notebookNames = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ipynb'))
    .sort();

export const readNotebook = (folder: string, name: string): Notebook =>
  JSON.parse(readFileSync(join(folder, name), 'utf8'));

export const codeCells = ({ cells }: Notebook): Cell[] => cells.filter(({ cell_type }) => cell_type === 'code');

/** All that the cells have shown, in order. */
export const outputsOf = (notebook: Notebook): Output[] => codeCells(notebook).flatMap(({ outputs }) => outputs ?? []);

/** How often the cells show something: by one of three functions, which each waits for. */
export const countShown = (notebook: Notebook): number =>
  codeCells(notebook).flatMap(({ source }) => textOf(source).match(/^await (say|show|table)\(/gm) ?? []).length;

/** All pictures that are stored, as SVG. */
export const picturesOf = (notebook: Notebook): string[] =>
  outputsOf(notebook).flatMap(({ data }) => {
    const svg = data?.['image/svg+xml'] as string | readonly string[] | undefined;
    return svg === undefined ? [] : [textOf(svg)];
  });

/** The modules that the cells import. */
export const importsOf = (notebook: Notebook): string[] =>
  codeCells(notebook).flatMap(({ source }) =>
    [...textOf(source).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name),
  );

/** Rewrites a notebook without what differs from run to run: times, versions, and how streams were cut into pieces. */
export function tidyNotebook(folder: string, name: string): void {
  const { cells } = readNotebook(folder, name);
  const kept = cells.map((cell) => ({
    cell_type: cell.cell_type,
    ...(cell.cell_type === 'code' && { execution_count: cell.execution_count ?? null }),
    id: cell.id,
    metadata: {},
    ...(cell.cell_type === 'code' && { outputs: joinStreams(cell.outputs ?? []) }),
    source: linesOf(textOf(cell.source)),
  }));
  const metadata = {
    kernelspec: { display_name: 'Deno', language: 'typescript', name: 'deno' },
    language_info: { file_extension: '.ts', name: 'typescript' },
  };
  const path = join(folder, name);
  writeFileSync(
    `${path}.draft`,
    `${JSON.stringify({ cells: kept, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`,
  );
  renameSync(`${path}.draft`, path);
}

function joinStreams(outputs: readonly Output[]): Output[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream') {
      joined[joined.length - 1] = { ...last, text: linesOf(textOf(last.text) + textOf(output.text)) };
    } else joined.push(output);
  }
  return joined;
}

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+/g) ?? [];
