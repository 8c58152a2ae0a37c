import type { Circuit } from '../../circuits/circuit.js';
import { toJson } from '../../circuits/json.js';
import { toQasm3 } from '../../circuits/text/qasm3.js';
import { reachableFrequencies } from '../../src/spectrum/reachable.js';
import { type LibraryRow, library } from './circuits.js';

const fileOf = ({ circuit }: LibraryRow): string => circuit.name;

/** Frequencies of a circuit in its data, with weights 1: "0 … 3", for several variables each on its own. */
export function frequenciesOf(row: LibraryRow): string {
  const { circuit } = row;
  if (row.frequencies !== undefined) return row.frequencies;
  if (circuit.data.length === 0) return '';
  if (hasAcos(circuit)) return `0 … ${encodings(circuit)} in acos ${circuit.data[0]}`;
  const values = Object.fromEntries(circuit.parameters.filter((name) => name.startsWith('w')).map((name) => [name, 1]));
  const each = circuit.data.map((variable) => {
    const open = Object.fromEntries(circuit.data.filter((name) => name !== variable).map((name) => [name, 0]));
    const own = reachableFrequencies(circuit, {
      variables: [variable],
      values: { ...values, ...open },
    });
    return compressed(own.frequencies.map(({ frequency }) => Math.abs(frequency[0] as number)));
  });
  const distinct = [...new Set(each)];
  if (distinct.length === 1) return circuit.data.length === 1 ? each[0] : `${each[0]} in each`;
  return circuit.data.map((name, k) => `${each[k]} in ${name}`).join('; ');
}

const encodings = ({ operations, data }: Circuit): number =>
  operations.filter(({ angles }) => JSON.stringify(angles).includes(`"${data[0]}"`)).length;
const hasAcos = ({ operations }: Circuit): boolean =>
  operations.some(({ angles }) => JSON.stringify(angles).includes('"acos"'));

/** "0 … 3" for whole numbers without a gap, else a list. */
function compressed(frequencies: readonly number[]): string {
  const sorted = [...new Set(frequencies.map((value) => Number(value.toPrecision(12))))].sort((a, b) => a - b);
  const whole = sorted.every((value, k) => value === k);
  return whole && sorted.length > 2 ? `0 … ${sorted[sorted.length - 1]}` : sorted.join(', ');
}

/** A bar would end the cell. */
const escaped = (cell: string | number): string => String(cell).replaceAll('|', '\\|');

/** The table of the library as Markdown. */
export function libraryTable(link: (file: string) => string): string {
  const lines = library.map((row) => {
    const { circuit, description, source } = row;
    const { length: parameters } = circuit.parameters;
    const cells = [
      `[${circuit.name}](${link(`${fileOf(row)}.circuit.json`)})`,
      description,
      circuit.numQubits,
      parameters,
    ];
    return `| ${[...cells, frequenciesOf(row), source].map(escaped).join(' | ')} |`;
  });
  return [
    '| name | what it is | qubits | parameters | frequencies | source |',
    '| --- | --- | --: | --: | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

/** JSON for people: lists of numbers and texts, and operations, on one line each. */
function printed(document: unknown): string {
  const inline = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    return `{ ${entries(value, inline).join(', ')} }`;
  };
  const entries = (value: object, print: (part: unknown) => string): string[] =>
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([key, part]) => `${JSON.stringify(key)}: ${print(part)}`);
  const print = (value: unknown, indent: string): string => {
    const inner = `${indent}  `;
    const lines = (open: string, parts: readonly string[], shut: string): string =>
      `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${shut}`;
    if (typeof value !== 'object' || value === null) return inline(value);
    const short = inline(value);
    const fits = indent.length + short.length < 100 && !short.includes('"description"');
    if (Array.isArray(value)) {
      if (fits) return short;
      return lines(
        '[',
        value.map((part) => print(part, inner)),
        ']',
      );
    }
    if (fits && 'gate' in value) return short;
    return lines(
      '{',
      entries(value, (part) => print(part, inner)),
      '}',
    );
  };
  return `${print(document, '')}\n`;
}

const INTRODUCTION = `# A library of circuits

Each circuit is here twice: as \`*.circuit.json\`, with its data named, and as \`*.qasm\` (OpenQASM 3). \`index.json\` holds this
table as data. Frequencies are those that an expectation value can have in the data at most, with all encoding weights 1
(negative ones mirror them). \`npm run library\` writes the files and this table anew.
`;

/** Path within the library -> text. */
export function libraryFiles(): Map<string, string> {
  const circuits = library.flatMap((row): [string, string][] => {
    const { circuit, description, source } = row;
    const document = { $schema: '../circuit.schema.json', ...toJson(circuit) };
    return [
      [`${fileOf(row)}.circuit.json`, printed(document)],
      [`${fileOf(row)}.qasm`, `// ${description}. ${source}\n${toQasm3(circuit)}`],
    ];
  });
  const index = library.map((row) => {
    const { circuit, description, source, observable } = row;
    const { name, numQubits, data, parameters } = circuit;
    const frequencies = frequenciesOf(row);
    return { name, description, numQubits, data, parameters: parameters.length, observable, frequencies, source };
  });
  return new Map([
    ...circuits,
    ['index.json', printed(index)],
    ['README.md', `${INTRODUCTION}\n${libraryTable((file) => file)}`],
  ]);
}
