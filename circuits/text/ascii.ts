import { checkInteger } from '../../src/foundation/checks.js';
import type { Angle } from '../angle/expression.js';
import { formatAngle } from '../angle/format.js';
import type { Circuit, Operation } from '../circuit.js';
import { type Gate, gates } from '../gates.js';
import { layers } from './layers.js';
import { multipleOfPi } from './multipleOfPi.js';

export interface DrawOptions {
  /** Columns of text after which the drawing goes on below; 100 by default. */
  readonly width?: number;
}

/**
 * The circuit as a drawing in text: time from left to right, qubit 0 on top, ● a control on |1⟩, ○ one on |0⟩.
 * Numbers are rounded to four digits, multiples of π written as such.
 *
 * @example draw(circuit({ numQubits: 2, operations: [op('h', [0]), controlled(op('x', [1]), 0)] }))
 *     ┌───┐
 * q0: ┤ H ├─●─
 *     └───┘ │
 *           │
 * q1: ──────⊕─
 */
export function draw(source: Circuit, { width = 100 }: DrawOptions = {}): string {
  checkInteger('draw', 'width', width, 20);
  const labels = Array.from({ length: source.numQubits }, (_, qubit) => `q${qubit}: `);
  const margin = Math.max(...labels.map((label) => label.length));
  const blocks = wrap(columns(source), width - margin).map((block) =>
    labels
      .flatMap((label, qubit) => [
        ' '.repeat(margin) + block.map((column) => column[qubit].top).join(''),
        label.padEnd(margin) + (block.length > 0 ? block.map((column) => column[qubit].wire).join('') : '───'),
        ' '.repeat(margin) + block.map((column) => column[qubit].bottom).join(''),
      ])
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .join('\n'),
  );
  const phases = source.operations.filter(isGlobalPhase).map(({ angles }) => angleText(angles[0]));
  return [...blocks, ...(phases.length > 0 ? [`global phase: ${phases.join(' + ')}`] : [])].join('\n\n');
}

/** What one qubit shows in one column: three lines of equal length. */
interface Cell {
  readonly top: string;
  readonly wire: string;
  readonly bottom: string;
}

/** What an operation shows on a qubit: a box with text, a point on the wire, or a crossing. */
type Mark = { readonly box: string } | { readonly point: string };

/** Rows of two targets that mean something else in the other order. */
const ordered: readonly Gate[] = [gates.ecr, gates.ms];

const isGlobalPhase = ({ gate, controls }: Operation): boolean => gate === gates.gphase && controls.length === 0;

/** Operations side by side as far left as their qubits, and all qubits between them, are free. */
function columns(source: Circuit): Cell[][] {
  const spans = source.operations
    .map(marks)
    .filter((shown) => shown.size > 0)
    .map((shown) => ({ shown, first: Math.min(...shown.keys()), last: Math.max(...shown.keys()) }));
  return layers(spans, source.numQubits).map((layer) => {
    const all = layer.flatMap(({ shown }) => [...shown.values()]);
    const size = Math.max(...all.map((mark) => ('box' in mark ? odd(mark.box).length + 4 : 3)));
    return Array.from({ length: source.numQubits }, (_, qubit) => {
      const span = layer.find(({ first, last }) => first <= qubit && qubit <= last);
      const mark = span?.shown.get(qubit) ?? { point: '┼' };
      return cell(size, span && { mark, up: qubit > span.first, down: qubit < span.last });
    });
  });
}

/** What the operation shows on each of its qubits. */
function marks({ gate, targets, angles, controls }: Operation): Map<number, Mark> {
  const list = angles.length > 0 ? `(${angles.map(angleText).join(', ')})` : '';
  const shown = new Map<number, Mark>(controls.map(({ qubit, value }) => [qubit, { point: value === 1 ? '●' : '○' }]));
  if (gate === gates.gphase && controls.length > 0) {
    shown.set(controls[0].qubit, { box: `P${controls[0].value === 1 ? '' : '₀'}${list}` });
  }
  const isPoint = gate === gates.swap || (gate === gates.x && controls.length > 0);
  targets.forEach((qubit, j) => {
    const position = ordered.includes(gate) || !(gate.name in gates) ? `${gate.numTargets > 1 ? `:${j}` : ''}` : '';
    shown.set(
      qubit,
      isPoint ? { point: gate === gates.swap ? '×' : '⊕' } : { box: `${gate.symbol}${position}${list}` },
    );
  });
  return shown;
}

/** Text of odd length, so that everything in a column has one middle. */
const odd = (text: string): string => (text.length % 2 === 1 ? text : `${text} `);

function cell(size: number, content?: { mark: Mark; up: boolean; down: boolean }): Cell {
  if (!content) return { top: ' '.repeat(size), wire: '─'.repeat(size), bottom: ' '.repeat(size) };
  const { mark, up, down } = content;
  if ('point' in mark) {
    const side = (size - 1) / 2;
    const line = (on: boolean) => `${' '.repeat(side)}${on ? '│' : ' '}${' '.repeat(side)}`;
    return { top: line(up), wire: `${'─'.repeat(side)}${mark.point}${'─'.repeat(side)}`, bottom: line(down) };
  }
  const text = odd(mark.box);
  const [side, pad] = ['─'.repeat((text.length + 1) / 2), (size - text.length - 4) / 2];
  const blank = ' '.repeat(pad);
  return {
    top: `${blank}┌${side}${up ? '┴' : '─'}${side}┐${blank}`,
    wire: `${'─'.repeat(pad)}┤ ${text} ├${'─'.repeat(pad)}`,
    bottom: `${blank}└${side}${down ? '┬' : '─'}${side}┘${blank}`,
  };
}

/** The columns in blocks of at most `width` characters, one column at least. */
function wrap(all: readonly Cell[][], width: number): Cell[][][] {
  const blocks: Cell[][][] = [[]];
  let used = 0;
  for (const column of all) {
    const size = column[0].wire.length;
    if (used > 0 && used + size > width) {
      blocks.push([]);
      used = 0;
    }
    blocks[blocks.length - 1].push(column);
    used += size;
  }
  return blocks;
}

/** Multiples of π as such, other numbers rounded to four digits. */
const number = (value: number): string => multipleOfPi(value, 'π') ?? String(Number(value.toPrecision(4)));

const angleText = (angle: Angle): string => formatAngle(angle, { number });
