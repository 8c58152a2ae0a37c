import { type InputRemark, readRemark } from '../remark.js';
import type { Cursor } from './cursor.js';
import { parseExpression } from './parseExpression.js';
import type { ExpressionNode, Modifier, Operand, RangeNode, Selection, Statement } from './syntax.js';
import type { Token } from './tokens.js';

/** The statements of a program after its header, one at a time, so that long programs need little memory. */
export function* parseProgram(cursor: Cursor): Generator<Statement> {
  parseHeader(cursor);
  while (cursor.peek().kind !== 'end') yield* parseStatement(cursor);
}

function parseHeader(cursor: Cursor): void {
  const { version } = cursor;
  if (!cursor.is('OPENQASM')) {
    if (version === 3) return; // optional there
    cursor.fail('"OPENQASM 2.0;"', 'A program starts with its version.');
  }
  cursor.next();
  const found = cursor.next();
  const remedy = version === 2 ? 'Read OpenQASM 3 with fromQasm3.' : 'Read OpenQASM 2 with fromQasm2.';
  if (Math.floor(Number(found.text)) !== version) {
    throw cursor.fault(found, `expected version ${version}, got "${found.text}"`, remedy);
  }
  cursor.expect(';');
}

type Parse = (cursor: Cursor, at: Token) => Statement[];

/** Each statement that starts with a word of its own, after that word. */
const statements: Readonly<Record<2 | 3, Readonly<Record<string, Parse>>>> = {
  2: {
    include: parseInclude,
    qreg: (cursor, at) => parseOldRegister(cursor, at, 'qubits'),
    creg: (cursor, at) => parseOldRegister(cursor, at, 'bits'),
    gate: parseGate,
    opaque: parseGate,
    measure: parseMeasure,
    reset: (cursor, at) => parseOnQubits(cursor, at, 'reset'),
    barrier: (cursor, at) => parseOnQubits(cursor, at, 'barrier'),
    if: parseIf,
  },
  3: {
    include: parseInclude,
    qreg: (cursor, at) => parseOldRegister(cursor, at, 'qubits'),
    creg: (cursor, at) => parseOldRegister(cursor, at, 'bits'),
    gate: parseGate,
    measure: parseMeasure,
    reset: (cursor, at) => parseOnQubits(cursor, at, 'reset'),
    barrier: (cursor, at) => parseOnQubits(cursor, at, 'barrier'),
    if: parseIf,
    qubit: (cursor, at) => parseRegister(cursor, at, 'qubits'),
    bit: (cursor, at) => parseRegister(cursor, at, 'bits'),
    input: parseInput,
    const: (cursor, at) => (cursor.accept('array') ? parseArray(cursor, at) : parseValue(cursor, cursor.next())),
    float: parseValue,
    angle: parseValue,
    int: parseValue,
    uint: parseValue,
    array: parseArray,
    output: parseOutput,
    let: parseAlias,
    for: parseFor,
  },
};

/** Words of OpenQASM 3 that start what the reader does not know. */
const refused: ReadonlySet<string> = new Set([
  ...'def cal defcal defcalgrammar extern while switch box delay stretch duration complex bool'.split(' '),
  ...'return break continue end nop'.split(' '),
]);

/** The next statement; several if it declares and measures at once. */
export function parseStatement(cursor: Cursor): Statement[] {
  const at = cursor.peek();
  if (cursor.accept(';')) return [];
  const known = statements[cursor.version];
  if (at.kind === 'name' && Object.hasOwn(known, at.text)) {
    cursor.next();
    return known[at.text](cursor, at);
  }
  if (at.kind === 'name' && cursor.version === 3 && refused.has(at.text)) {
    throw cursor.fault(at, `"${at.text}" is not supported`, 'Write it out in gates, loops and conditions.');
  }
  if (cursor.version === 3) {
    if (cursor.is('{')) return [{ kind: 'block', body: parseBlock(cursor), at }];
    if (cursor.is('@') || cursor.is('pragma') || (cursor.is('#') && cursor.is('pragma', 1))) {
      cursor.skipLine();
      return [{ kind: 'pass', word: at.text === '@' ? 'an annotation' : 'a pragma', at }];
    }
  }
  if (at.kind !== 'name') cursor.fail('a statement');
  return isAssignment(cursor) ? parseAssignment(cursor, at) : [parseCall(cursor, at)];
}

/** A block in braces, or one statement. */
function parseBlock(cursor: Cursor): Statement[] {
  return cursor.nested(() => {
    if (!cursor.accept('{')) return parseStatement(cursor);
    const body: Statement[] = [];
    while (!cursor.is('}')) {
      if (cursor.peek().kind === 'end') cursor.fail('"}"');
      body.push(...parseStatement(cursor));
    }
    cursor.expect('}');
    return body;
  });
}

function parseInclude(cursor: Cursor, at: Token): Statement[] {
  const token = cursor.peek();
  if (token.kind !== 'text') cursor.fail('the name of a file in quotes');
  cursor.next();
  cursor.expect(';');
  return [{ kind: 'include', file: token.text.slice(1, -1), at }];
}

function parseOldRegister(cursor: Cursor, at: Token, of: 'qubits' | 'bits'): Statement[] {
  const name = cursor.name('the name of a register');
  const size = parseSize(cursor);
  if (cursor.version === 2 && size === undefined) cursor.fail('"["');
  cursor.expect(';');
  return [{ kind: 'register', of, name, size, at }];
}

function parseSize(cursor: Cursor): ExpressionNode | undefined {
  if (!cursor.accept('[')) return undefined;
  const size = parseExpression(cursor);
  cursor.expect(']');
  return size;
}

function parseRegister(cursor: Cursor, at: Token, of: 'qubits' | 'bits'): Statement[] {
  const size = parseSize(cursor);
  const name = cursor.name('the name of a register');
  const declared: Statement = { kind: 'register', of, name, size, at };
  if (of === 'bits' && cursor.accept('=')) {
    if (!cursor.is('measure')) {
      const start = cursor.next();
      if (!/^["']?0+["']?$/.test(start.text)) throw cursor.fault(start, 'bits that do not start at 0', 'Use a gate x.');
      cursor.expect(';');
      return [declared];
    }
    return [declared, ...parseMeasured(cursor, at, { name, at })];
  }
  cursor.expect(';');
  return [declared];
}

/** `measure q;` or `measure q -> c;` after its first word. */
function parseMeasure(cursor: Cursor, at: Token): Statement[] {
  const qubits = parseOperand(cursor);
  if (cursor.version === 2 && !cursor.is('->')) cursor.fail('"->"');
  const bits = cursor.accept('->') ? parseOperand(cursor) : undefined;
  cursor.expect(';');
  return [{ kind: 'measure', qubits, bits, at }];
}

function parseMeasured(cursor: Cursor, at: Token, bits: Operand): Statement[] {
  if (!cursor.is('measure')) cursor.fail('"measure"', 'Bits change by measurement alone.');
  cursor.next();
  const qubits = parseOperand(cursor);
  cursor.expect(';');
  return [{ kind: 'measure', qubits, bits, at }];
}

function isAssignment(cursor: Cursor): boolean {
  if (cursor.version === 2) return false;
  if (cursor.is('=', 1)) return true;
  if (!cursor.is('[', 1)) return false;
  let ahead = 2;
  for (; !cursor.is(']', ahead); ahead++) if (cursor.peek(ahead).kind === 'end' || ahead > 1000) return false;
  return cursor.is('=', ahead + 1);
}

function parseAssignment(cursor: Cursor, at: Token): Statement[] {
  const bits = parseOperand(cursor);
  cursor.expect('=');
  return parseMeasured(cursor, at, bits);
}

function parseOnQubits(cursor: Cursor, at: Token, kind: 'reset' | 'barrier'): Statement[] {
  const operands = kind === 'barrier' && cursor.is(';') ? [] : cursor.list(() => parseOperand(cursor));
  cursor.expect(';');
  return [{ kind, operands, at }];
}

function parseIf(cursor: Cursor, at: Token): Statement[] {
  cursor.expect('(');
  const condition = parseExpression(cursor);
  cursor.expect(')');
  const body = parseBlock(cursor);
  const otherwise = cursor.version === 3 && cursor.accept('else') ? parseBlock(cursor) : [];
  return [{ kind: 'if', condition, body, otherwise, at }];
}

function parseInput(cursor: Cursor, at: Token): Statement[] {
  const type = cursor.next();
  if (type.text === 'array') return parseArray(cursor, type, true);
  if (!['float', 'angle'].includes(type.text)) {
    throw cursor.fault(type, `an input of type "${type.text}"`, 'An input is a float or an angle.');
  }
  parseSize(cursor);
  const name = cursor.name('the name of an input');
  const remark = parseRemark(cursor, cursor.expect(';'));
  return [{ kind: 'input', name, remark, at }];
}

/** The remark behind an input, on the line where it ends. */
function parseRemark(cursor: Cursor, { line }: Token): InputRemark | undefined {
  const { remark } = cursor.peek();
  if (remark?.line !== line) return undefined;
  const read = readRemark(remark.text);
  if (read) return read;
  const wanted = 'expected "daruan: data" or "daruan: parameter", and perhaps a name';
  throw cursor.fault(remark, `${wanted}, got "daruan: ${remark.text}"`, 'Or leave the comment out.');
}

/** `float[64] a = 2*pi;` after its type. */
function parseValue(cursor: Cursor, type: Token): Statement[] {
  if (!['float', 'angle', 'int', 'uint'].includes(type.text)) {
    throw cursor.fault(type, `a value of type "${type.text}"`, 'Use float, angle, int or uint.');
  }
  parseSize(cursor);
  const name = cursor.name('the name of a value');
  cursor.expect('=');
  const value = parseExpression(cursor);
  cursor.expect(';');
  return [{ kind: 'value', name, isInteger: type.text.endsWith('int'), value, at: type }];
}

/** `[float[64], 3] name = {…};`, or without values for an input. */
function parseArray(cursor: Cursor, at: Token, isInput = false): Statement[] {
  cursor.expect('[');
  const type = cursor.next();
  if (!['float', 'angle', 'int', 'uint'].includes(type.text) || (isInput && type.text.endsWith('int'))) {
    throw cursor.fault(type, `an array of type "${type.text}"`, 'Use float or angle.');
  }
  parseSize(cursor);
  cursor.expect(',');
  const size = parseExpression(cursor);
  if (cursor.is(',')) throw cursor.fault(cursor.peek(), 'an array of several dimensions', 'Write one array a row.');
  cursor.expect(']');
  const name = cursor.name('the name of an array');
  const array = { kind: 'array', name, isInteger: type.text.endsWith('int'), size, at } as const;
  if (isInput) return [{ ...array, remark: parseRemark(cursor, cursor.expect(';')) }];
  cursor.expect('=');
  cursor.expect('{');
  const values = cursor.list(() => parseExpression(cursor));
  cursor.expect('}');
  cursor.expect(';');
  return [{ ...array, values }];
}

/** Bits that a program gives back are bits like others. */
function parseOutput(cursor: Cursor, at: Token): Statement[] {
  const type = cursor.next();
  if (type.text === 'bit') return parseRegister(cursor, at, 'bits');
  throw cursor.fault(type, `an output of type "${type.text}"`, 'An output is bits.');
}

function parseAlias(cursor: Cursor, at: Token): Statement[] {
  const name = cursor.name('the name of an alias');
  cursor.expect('=');
  const operands = [parseOperand(cursor)];
  while (cursor.accept('++')) operands.push(parseOperand(cursor));
  cursor.expect(';');
  return [{ kind: 'alias', name, operands, at }];
}

function parseFor(cursor: Cursor, at: Token): Statement[] {
  const type = cursor.peek();
  const isUntyped = type.kind === 'name' && cursor.is('in', 1); // as before version 3.0 was settled
  if (!isUntyped) {
    cursor.next();
    if (!['int', 'uint'].includes(type.text)) throw cursor.fault(type, 'expected "int" or "uint"', 'Loops count.');
    parseSize(cursor);
  }
  const variable = cursor.name('the name of a variable');
  cursor.expect('in');
  const values = parseValues(cursor);
  return [{ kind: 'for', variable, values, body: parseBlock(cursor), at }];
}

/** `[0:3]`, `[0:2:8]` or `{1, 5}`. */
function parseValues(cursor: Cursor): Selection[] {
  const close = cursor.accept('{') ? '}' : ']';
  if (close === ']') cursor.expect('[');
  const values = close === '}' ? cursor.list(() => parseExpression(cursor)) : [parseRange(cursor)];
  cursor.expect(close);
  return values;
}

function parseRange(cursor: Cursor): Selection {
  const at = cursor.peek();
  const first = parseExpression(cursor);
  if (!cursor.accept(':')) return first;
  const second = parseExpression(cursor);
  const range = { kind: 'range', first, at } as const;
  if (!cursor.accept(':')) return { ...range, last: second } satisfies RangeNode;
  return { ...range, step: second, last: parseExpression(cursor) } satisfies RangeNode;
}

function parseOperand(cursor: Cursor): Operand {
  const at = cursor.peek();
  const name = cursor.name('a qubit or register');
  if (!cursor.accept('[')) return { name, at };
  const isSet = cursor.version === 3 && cursor.accept('{');
  const item = (): Selection => (cursor.version === 3 && !isSet ? parseRange(cursor) : parseExpression(cursor));
  const selection = isSet ? cursor.list(item) : [item()];
  if (isSet) cursor.expect('}');
  cursor.expect(']');
  return { name, selection, at };
}

function parseGate(cursor: Cursor, at: Token): Statement[] {
  const name = cursor.name('the name of a gate');
  let parameters: string[] = [];
  if (cursor.accept('(')) {
    if (!cursor.is(')')) parameters = cursor.list(() => cursor.name('the name of a parameter'));
    cursor.expect(')');
  }
  const qubits = cursor.list(() => cursor.name('the name of a qubit'));
  const twice = [...parameters, ...qubits].find((found, index, all) => all.indexOf(found) !== index);
  if (twice !== undefined) throw cursor.fault(at, `the gate "${name}" uses the name "${twice}" twice`);
  if (at.text === 'opaque') {
    cursor.expect(';');
    return [{ kind: 'gate', name, parameters, qubits, at }];
  }
  if (!cursor.is('{')) cursor.fail('"{"');
  const body = parseBlock(cursor);
  const foreign = body.find(({ kind }) => !['call', 'barrier', 'for'].includes(kind));
  if (foreign) throw cursor.fault(foreign.at, `a "${foreign.kind}" inside a gate`, 'A gate is made of gates alone.');
  return [{ kind: 'gate', name, parameters, qubits, body, at }];
}

const modifierWords = ['ctrl', 'negctrl', 'inv', 'pow'];

function parseCall(cursor: Cursor, at: Token): Statement {
  const modifiers: Modifier[] = [];
  while (cursor.version === 3 && modifierWords.includes(cursor.peek().text)) {
    const word = cursor.next();
    let argument: ExpressionNode | undefined;
    if (cursor.accept('(')) {
      argument = parseExpression(cursor);
      cursor.expect(')');
    } else if (word.text === 'pow') cursor.fail('"("');
    cursor.expect('@');
    modifiers.push({ kind: word.text as Modifier['kind'], argument, at: word });
  }
  const name = cursor.name('the name of a gate');
  let angles: ExpressionNode[] = [];
  if (cursor.accept('(')) {
    if (!cursor.is(')')) angles = cursor.list(() => parseExpression(cursor));
    cursor.expect(')');
  }
  const operands = cursor.is(';') ? [] : cursor.list(() => parseOperand(cursor));
  cursor.expect(';');
  return { kind: 'call', modifiers, name, angles, operands, at };
}
