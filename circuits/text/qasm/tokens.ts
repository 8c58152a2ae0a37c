import { DaruanError, describe } from '../../../src/foundation/errors.js';
import { remarkIn } from '../remark.js';

/** Where something stands in a program: counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type TokenKind = 'name' | 'integer' | 'real' | 'text' | 'sign' | 'end';

export interface Token extends Position {
  readonly kind: TokenKind;
  readonly text: string;
  /** A remark for this reader between the token before and this one. */
  readonly remark?: Remark;
}

/** The text of a comment that begins with `daruan:`, after that. */
export interface Remark extends Position {
  readonly text: string;
}

/** An error at a place of the program: `fromQasm2: line 3, column 7: …`. */
export const fault = (reader: string, { line, column }: Position, problem: string, remedy = ''): DaruanError =>
  new DaruanError(`${reader}: line ${line}, column ${column}`, problem, remedy);

/** What a token is called in an error. */
export const shown = ({ kind, text }: Token): string => (kind === 'end' ? 'the end of the program' : describe(text));

/** In this order; the first that fits is taken. */
const patterns: readonly (readonly [TokenKind | 'space', RegExp])[] = [
  ['space', /\s+|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//y],
  ['real', /(?:\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?|\d[\d_]*[eE][-+]?\d+/y],
  ['integer', /0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*/y],
  ['name', /[\p{L}_$][\p{L}\p{Nd}_]*/uy],
  ['text', /"[^"\n]*"|'[^'\n]*'/y],
  ['sign', /->|\*\*|==|!=|<=|>=|&&|\|\||<<|>>|\+\+|[-+*/^=<>!@%&|~()[\]{};,:#.]/y],
];

const lineEnds = /\r\n?|\n/g;

/** The next token of a program at each call, at last an `end` again and again. Time goes with the length of the text. */
export function tokenizer(reader: string, source: string): () => Token {
  let [index, line, start] = [0, 1, 0];
  return () => {
    let remark: Remark | undefined;
    while (index < source.length) {
      const place = { line, column: index - start + 1 };
      const [kind, text] = match(reader, source, index, place);
      index += text.length;
      if (kind !== 'space') return { kind, text, remark, ...place };
      const said = remarkIn(text);
      if (said !== undefined) remark ??= { text: said, ...place };
      lineEnds.lastIndex = 0;
      while (lineEnds.exec(text)) {
        line += 1;
        start = index - text.length + lineEnds.lastIndex;
      }
    }
    return { kind: 'end', text: '', remark, line, column: index - start + 1 };
  };
}

function match(reader: string, source: string, index: number, at: Position): [TokenKind | 'space', string] {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = index;
    const found = pattern.exec(source);
    if (found && !(kind === 'sign' && source.startsWith('/*', index))) return [kind, found[0]];
  }
  throw unreadable(reader, source, index, at);
}

function unreadable(reader: string, source: string, index: number, at: Position): DaruanError {
  if (source.startsWith('/*', index)) return fault(reader, at, 'a comment that does not end', 'Close it with */.');
  const character = String.fromCodePoint(source.codePointAt(index) ?? 0);
  if (character === '"' || character === "'") return fault(reader, at, 'a text that does not end on its line');
  return fault(reader, at, `${describe(character)} has no place in a program`);
}
