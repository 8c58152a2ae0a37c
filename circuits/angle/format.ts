import type { Angle, Expression } from './expression.js';
import type { AngleFunction } from './functions.js';

/** How a dialect spells what differs between formats. */
export interface AngleSpelling {
  /** A double; the default is the shortest text that reads back to the same bits. */
  readonly number?: (value: number) => string;
  readonly symbol?: (name: string) => string;
  /** A function of the table applied to an argument. */
  readonly call?: (name: AngleFunction, argument: string) => string;
  readonly power?: (base: string, exponent: string) => string;
}

/** The shortest text that reads back to the same double; unlike `String`, it keeps the sign of −0. */
export const shortest = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

const precedence = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 } as const;
const NEGATION = 3;
const ATOM = 5;

/**
 * `angle` as text that `parseAngle` reads back to the same tree, with no more parentheses than needed.
 * Numbers are shortest round-trip doubles.
 */
export function formatAngle(angle: Angle, spelling: AngleSpelling = {}): string {
  const {
    number = shortest,
    symbol = (name) => name,
    call = (name, argument) => `${name}(${argument})`,
    power,
  } = spelling;
  const text = (node: Expression, atLeast: number): string => {
    const [inner, level] = print(node);
    return level < atLeast ? `(${inner})` : inner;
  };
  const print = (node: Expression): [string, number] => {
    switch (node.kind) {
      case 'number':
        return [number(node.value), node.value < 0 || Object.is(node.value, -0) ? NEGATION : ATOM];
      case 'symbol':
        return [symbol(node.name), ATOM];
      case 'negate':
        return [`-${text(node.operand, ATOM)}`, NEGATION];
      case 'call':
        return [call(node.function, text(node.argument, 0)), ATOM];
      case 'binary': {
        const level = precedence[node.operator];
        if (node.operator === '^') {
          const [base, exponent] = [text(node.left, ATOM), text(node.right, ATOM)];
          return [power ? power(base, exponent) : `${base}^${exponent}`, level];
        }
        const space = level === 1 ? ' ' : '';
        return [`${text(node.left, level)}${space}${node.operator}${space}${text(node.right, level + 1)}`, level];
      }
    }
  };
  return text(typeof angle === 'number' ? { kind: 'number', value: angle } : angle, 0);
}
