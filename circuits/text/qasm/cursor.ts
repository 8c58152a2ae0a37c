import type { DaruanError } from '../../../src/foundation/errors.js';
import { fault, type Position, shown, type Token, tokenizer } from './tokens.js';

/** The versions of the language that the readers know. */
export type Version = 2 | 3;

/** Deeper than this no program of a person or a compiler goes, and the stack is not at risk. */
const MAX_DEPTH = 100;

/** A place in a program that moves on token by token. */
export class Cursor {
  readonly #read: () => Token;
  /** Tokens that were looked at and not yet taken. */
  readonly #ahead: Token[] = [];
  #taken = 0;
  #depth = 0;

  constructor(
    readonly reader: string,
    readonly version: Version,
    source: string,
  ) {
    this.#read = tokenizer(reader, source);
  }

  /** The token at the place, or one after it. */
  peek(ahead = 0): Token {
    while (this.#ahead.length <= ahead) this.#ahead.push(this.#read());
    return this.#ahead[ahead];
  }

  next(): Token {
    this.#taken += 1;
    return this.#ahead.shift() ?? this.#read();
  }

  /** How many tokens were taken so far. */
  get taken(): number {
    return this.#taken;
  }

  /** Whether the next token is this name or sign. */
  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'sign' || token.kind === 'name');
  }

  /** Moves past this name or sign if it is next. */
  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.next();
    return true;
  }

  expect(text: string): Token {
    return this.is(text) ? this.next() : this.fail(`"${text}"`);
  }

  name(what: string): string {
    return this.peek().kind === 'name' ? this.next().text : this.fail(what);
  }

  /** Items with commas in between, at least one. */
  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.accept(',')) items.push(item());
    return items;
  }

  /** Moves past all that stands on the line of the next token. */
  skipLine(): void {
    const { line } = this.peek();
    while (this.peek().kind !== 'end' && this.peek().line === line) this.next();
  }

  /** Runs `parse` one level deeper. */
  nested<T>(parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw this.fault(this.peek(), `more than ${MAX_DEPTH} levels of nesting`, 'Name the inner parts.');
    }
    const result = parse();
    this.#depth -= 1;
    return result;
  }

  fault(at: Position, problem: string, remedy = ''): DaruanError {
    return fault(this.reader, at, problem, remedy);
  }

  /** Throws: something else was expected at the place. */
  fail(wanted: string, remedy = ''): never {
    throw this.fault(this.peek(), `expected ${wanted}, got ${shown(this.peek())}`, remedy);
  }
}
