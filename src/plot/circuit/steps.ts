import type { Circuit, Operation } from '../../../circuits/circuit.js';
import type { Condition, DynamicCircuit, DynamicStep } from '../../../circuits/dynamicCircuit.js';
import { gates } from '../../../circuits/gates.js';
import { type Role, roleOf } from '../../../circuits/role.js';
import type { Span } from '../../../circuits/text/layers.js';
import { angleRuns, listRuns, plain, type Run } from './angleText.js';

/** What a step shows on one line. */
export type Mark =
  | { readonly kind: 'box'; readonly name: string; readonly angles: readonly Run[]; readonly last: number }
  | { readonly kind: 'control' | 'open' | 'plus' | 'cross' | 'measure' | 'reset' };

/** A step as it is drawn: marks on lines; the line after the qubits is that of the classical bits. */
export interface DrawnStep extends Span {
  readonly marks: ReadonlyMap<number, Mark>;
  readonly role: Role;
  /** What stands at the line of the bits: where a measurement goes, or the condition of a gate. */
  readonly bits?: { readonly text: string; readonly kind: 'writes' | 'reads' };
  readonly description: string;
}

/** Steps of a circuit, and the condition under which each acts. */
export interface SourceStep {
  readonly step: Exclude<DynamicStep, { kind: 'if' }>;
  readonly condition?: string;
}

/** The steps of a circuit in order; conditional bodies are laid out one after the other. */
export function sourceSteps(source: Circuit | DynamicCircuit): SourceStep[] {
  if ('operations' in source) return source.operations.map((operation) => ({ step: { kind: 'gate', operation } }));
  const flat = (steps: readonly DynamicStep[], condition?: string): SourceStep[] =>
    steps.flatMap((step): SourceStep[] => {
      if (step.kind !== 'if') return [{ step, condition }];
      const text = conditionText(step.condition, source);
      const both = (own: string): string => (condition ? `${condition} ∧ ${own}` : own);
      return [...flat(step.body, both(text)), ...flat(step.otherwise, both(`¬(${text})`))];
    });
  return flat(source.steps);
}

/** The name of a bit, such as `c[0]`. */
export function bitName(bit: number, { bitRegisters }: Pick<DynamicCircuit, 'bitRegisters'>): string {
  const register = bitRegisters.find(({ start, size }) => start <= bit && bit < start + size);
  if (!register) return `bit ${bit}`;
  return register.size === 1 ? register.name : `${register.name}[${bit - register.start}]`;
}

function conditionText(condition: Condition, source: DynamicCircuit): string {
  if (condition.kind === 'not') return `¬(${conditionText(condition.operand, source)})`;
  if (condition.kind !== 'equal') {
    const sides = [condition.left, condition.right].map((side) => conditionText(side, source));
    return `(${sides.join(condition.kind === 'and' ? ' ∧ ' : ' ∨ ')})`;
  }
  const { bits, value } = condition;
  const register = source.bitRegisters.find(({ start, size }) => size === bits.length && start === bits[0]);
  const whole = register && bits.every((bit, k) => bit === register.start + k);
  return `${whole ? register.name : bits.map((bit) => bitName(bit, source)).join(' ')} = ${value}`;
}

/** What is drawn of a step; undefined for a global phase, which no qubit shows. */
export function drawnStep(
  { step, condition }: SourceStep,
  source: Circuit | DynamicCircuit,
  rename?: (name: string) => string,
): DrawnStep | undefined {
  const bitLine = source.numQubits;
  const reads = condition === undefined ? undefined : ({ text: condition, kind: 'reads' } as const);
  const suffix = condition === undefined ? '' : ` if ${condition}`;
  if (step.kind === 'gate') {
    const marks = gateMarks(step.operation, rename);
    if (marks.size === 0) return undefined;
    const lines = [...marks].flatMap(([line, mark]) => (mark.kind === 'box' ? [line, mark.last] : [line]));
    return {
      marks,
      role: roleOf(step.operation, source.data ?? []),
      bits: reads,
      first: Math.min(...lines),
      last: reads ? bitLine : Math.max(...lines),
      description: gateDescription(step.operation, rename) + suffix,
    };
  }
  const { qubit } = step;
  const bit = step.kind === 'measure' ? step.bit : undefined;
  const name = bit === undefined || 'operations' in source ? '' : bitName(bit, source);
  const bits = name ? ({ text: name, kind: 'writes' } as const) : reads;
  return {
    marks: new Map([[qubit, { kind: step.kind }]]),
    role: 'fixed',
    bits,
    first: qubit,
    last: bits ? bitLine : qubit,
    description: `${step.kind} qubit ${qubit}${name && ` into ${name}`}${suffix}`,
  };
}

/** Gates of several targets that mean the same in any order. */
const symmetric: readonly string[] = ['rxx', 'ryy', 'rzz', 'iswap'];

function gateMarks(
  { gate, targets, angles, controls }: Operation,
  rename?: (name: string) => string,
): Map<number, Mark> {
  const runs = listRuns(angles.map((angle) => angleRuns(angle, rename)));
  const marks = new Map<number, Mark>(
    controls.map(({ qubit, value }) => [qubit, { kind: value ? 'control' : 'open' }]),
  );
  const box = (name: string, last: number): Mark => ({ kind: 'box', name, angles: runs, last });
  if (gate === gates.gphase && controls.length > 0) {
    const [{ qubit, value }] = controls;
    marks.set(qubit, box(value === 1 ? 'P' : 'P₀', qubit));
  }
  const [low, high] = [Math.min(...targets), Math.max(...targets)];
  if (gate.numTargets > 1 && symmetric.includes(gate.name) && high - low === gate.numTargets - 1) {
    marks.set(low, box(gate.symbol, high)); // one tall box
    return marks;
  }
  targets.forEach((qubit, j) => {
    if (gate === gates.swap) marks.set(qubit, { kind: 'cross' });
    else if (gate === gates.x && controls.length > 0) marks.set(qubit, { kind: 'plus' });
    else if (gate === gates.z && controls.length > 0) marks.set(qubit, { kind: 'control' });
    else
      marks.set(
        qubit,
        box(gate.numTargets > 1 && !symmetric.includes(gate.name) ? `${gate.symbol}:${j}` : gate.symbol, qubit),
      );
  });
  return marks;
}

function gateDescription({ gate, targets, angles, controls }: Operation, rename?: (name: string) => string): string {
  const list = angles.length > 0 ? `(${angles.map((angle) => plain(angleRuns(angle, rename))).join(', ')})` : '';
  const under = controls.map(({ qubit, value }) => `q${qubit} = ${value}`).join(', ');
  return `${gate.name}${list} on ${targets.map((qubit) => `q${qubit}`).join(', ')}${under && ` where ${under}`}`;
}
