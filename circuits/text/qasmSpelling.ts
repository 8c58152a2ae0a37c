import type { Angle } from '../angle/expression.js';
import { formatAngle } from '../angle/format.js';
import { type AngleFunction, functions } from '../angle/functions.js';
import { gates } from '../gates.js';
import { floatLiteral } from './dialect.js';

/** An angle in OpenQASM 3's grammar; literals are floats, since OpenQASM divides integers as integers. */
export const qasmExpression = (angle: Angle, rename: ReadonlyMap<string, string>): string =>
  formatAngle(angle, {
    number: floatLiteral,
    symbol: (name) => rename.get(name)!,
    call: (name, argument) => calls[name]?.(argument) ?? `${name}(${argument})`,
    power: (base, exponent) => `${base}**${exponent}`,
  });

const calls: Partial<Record<AngleFunction, (argument: string) => string>> = {
  asin: (t) => `arcsin(${t})`,
  acos: (t) => `arccos(${t})`,
  atan: (t) => `arctan(${t})`,
  tanh: (t) => `(1.0 - 2.0/(exp(2.0*(${t})) + 1.0))`, // OpenQASM has none
};

const list = (text: string): string[] => text.trim().split(/\s+/);

/** Names that an OpenQASM 3 program of ours cannot give to an input. */
export const qasmReserved: ReadonlySet<string> = new Set([
  // keywords and types
  ...list('OPENQASM include defcalgrammar def cal defcal gate extern box let break continue if else end return for'),
  ...list('while in switch case default nop pragma input output const readonly mutable qreg qubit creg bool bit int'),
  ...list('uint float angle complex array void duration stretch gphase inv pow ctrl negctrl dim durationof delay'),
  ...list('reset measure barrier true false im'),
  // built-in constants, functions and gates
  ...list('pi tau euler U CX arccos arcsin arctan ceiling cos exp floor log mod popcount real imag rotl rotr sin'),
  ...list('sizeof sqrt tan'),
  // stdgates.inc
  ...list('p x y z h s sdg t tdg sx rx ry rz cx cy cz cp crx cry crz ch swap ccx cswap cu phase cphase id u1 u2 u3'),
  // what a program of ours declares
  ...Object.keys(gates),
  ...Object.keys(functions),
  'q',
  'c',
]);
