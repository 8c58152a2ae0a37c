import type { Circuit } from '../../../circuits/circuit.js';
import type { DynamicCircuit } from '../../../circuits/dynamicCircuit.js';
import type { Role } from '../../../circuits/role.js';
import { checkChoice } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { checkSize, checkText } from '../checks.js';
import { element, label, round } from '../markup.js';
import { widthOf } from '../names.js';
import { checkPictureOptions, type PictureOptions, svgDocument } from '../theme.js';
import { angleRuns, drawRuns, listRuns, nameRuns, type Run } from './angleText.js';
import { type Column, columnsOf, sizes, wrapColumns } from './columns.js';
import { drawStep, roleStyle } from './marks.js';
import { type Block, describeCount, foldRepeats } from './repeats.js';
import { type DrawnStep, drawnStep, sourceSteps } from './steps.js';

export interface CircuitPictureOptions extends PictureOptions {
  /** Pixels after which the circuit goes on below. Default 960. */
  readonly width?: number;
  /** Whether repeated blocks are drawn each (default), or once, in a frame that says how often. */
  readonly repeats?: 'unfold' | 'fold';
  /** Default: none is drawn. */
  readonly title?: string;
}

const WHERE = 'circuitSvg';

/**
 * A circuit as SVG: time from left to right, qubit 0 on top, long circuits in rows. Boxes with round corners turn by
 * data, the other coloured ones by parameters. A filled point controls on |1⟩, an open one on |0⟩; measured bits and
 * conditions stand on a double line at the bottom.
 *
 * @returns a whole SVG document, no wider than it needs; the same input gives the same text
 * @throws if the source is no circuit, or an option is none
 * @example circuitSvg(circuit({ numQubits: 2, operations: [op('h', [0]), controlled(op('x', [1]), 0)] }))
 */
export function circuitSvg(source: Circuit | DynamicCircuit, options: CircuitPictureOptions = {}): string {
  check(source, options);
  const { width = 960, repeats = 'unfold', title } = options;
  const steps = sourceSteps(source);
  const blocks: Block[] =
    repeats === 'fold' ? foldRepeats(steps) : [{ steps, count: 1, rename: (name: string) => name }];
  const draw = (block: Block): DrawnStep[] =>
    block.steps.map((step) => drawnStep(step, source, block.rename)).filter((step) => step !== undefined);
  const { numQubits } = source;
  const withBits = 'steps' in source && source.numBits > 0;
  const numLines = numQubits + (withBits ? 1 : 0);
  const labels = qubitLabels(source);
  const margin = 16 + Math.max(...labels.map((runs) => widthOf(runs.map(({ text }) => text).join(''), 13)), 14) + 10;
  const columns = columnsOf(blocks, draw, numQubits + 1);
  const rows = wrapColumns(columns, width - margin - 28);
  const titleHeight = title ? 40 : 0;
  const frameHeight = blocks.some(({ count }) => count > 1) ? 26 : 0;
  const rowHeight = frameHeight + numLines * sizes.pitch + (withBits ? 8 : 0);
  const widest = Math.max(24, ...rows.map((row) => row.reduce((sum, column) => sum + column.width, 0)));
  const roles = (['data', 'trainable', 'fixed'] as const).filter((role) =>
    columns.some((column) => column.steps.some((step) => step.role === role)),
  );
  const phases = phaseRuns(source);
  const legend = roles.length > 1 ? drawLegend(roles) : undefined;
  const phaseWidth = phases.length > 0 ? 130 + widthOf(phases.map(({ text }) => text).join(''), 12) : 0;
  const whole = Math.max(
    margin + widest + 28,
    legend ? legend.width + 32 : 0,
    widthOf(title ?? '', 17) + 48,
    phaseWidth,
  );
  const bottom = titleHeight + 16 + rows.length * rowHeight + (rows.length - 1) * 20;
  const content = [
    ...(title ? [label(16, 30, title, { 'font-size': 17, 'font-weight': 600, class: 'fill-ink' })] : []),
    ...rows.map((row, k) => {
      const top = titleHeight + 16 + k * (rowHeight + 20) + frameHeight + sizes.pitch / 2;
      return drawRow(row, {
        top,
        margin,
        end: k < rows.length - 1 ? whole - 8 : undefined,
        labels,
        numQubits,
        withBits,
      });
    }),
    ...(phases.length > 0 ? [drawRuns(16, bottom + 16, phases, 12, { class: 'fill-muted' })] : []),
    ...(legend
      ? [
          element(
            'g',
            { class: 'legend', transform: `translate(16 ${bottom + (phases.length > 0 ? 26 : 6)})` },
            legend.text,
          ),
        ]
      : []),
  ];
  const height = bottom + (phases.length > 0 ? 24 : 0) + (legend ? 30 : 10);
  return svgDocument(
    {
      width: whole,
      height,
      title: title ?? `Circuit ${source.name}`,
      description: describe(source, blocks, draw),
      content,
    },
    options,
  );
}

interface RowPlace {
  /** Height of qubit 0. */
  readonly top: number;
  readonly margin: number;
  /** Where wires end that go on in the next row; undefined for the last row. */
  readonly end?: number;
  readonly labels: readonly (readonly Run[])[];
  readonly numQubits: number;
  readonly withBits: boolean;
}

function drawRow(row: readonly Column[], { top, margin, end, labels, numQubits, withBits }: RowPlace): string {
  const y = (line: number): number => top + line * sizes.pitch;
  const right =
    end ??
    margin +
      Math.max(
        24,
        row.reduce((sum, { width }) => sum + width, 0),
      ) +
      14;
  const wires = labels.map((runs, line) => {
    const name = drawRuns(margin - 10, y(line) + 5, runs, 13, { 'text-anchor': 'end', class: 'fill-ink' });
    const sides = withBits && line === numQubits ? [-1.5, 1.5] : [0];
    const d = sides.map((side) => `M${round(margin - 4)},${round(y(line) + side)}H${round(right)}`).join('');
    return element('path', { class: 'stroke-muted', 'stroke-width': 1, d }) + name;
  });
  const frames: string[] = [];
  const drawn: string[] = [];
  let at = margin;
  for (const [k, column] of row.entries()) {
    const [before, after] = [column.begins ? sizes.inset : 0, column.ends ? sizes.inset : 0];
    const middle = at + before + (column.width - before - after) / 2;
    if (column.block && (column.begins || k === 0)) {
      const run = row.slice(k).findIndex(({ ends }) => ends);
      const held = run < 0 ? row.slice(k) : row.slice(k, k + run + 1);
      const width = held.reduce((sum, other) => sum + other.width, 0);
      const place = { left: at + 2, right: at + width - 2, top: top - 32, bottom: y(numQubits - 1) + 28 };
      frames.push(drawFrame(place, column.block, column.begins, run >= 0));
    }
    drawn.push(...column.steps.map((step) => drawStep(step, middle, y, numQubits)));
    at += column.width;
  }
  return element('g', { class: 'row' }, `\n${[...wires, ...frames, ...drawn].join('\n')}\n`);
}

/** A dashed frame, open where it goes on in another row, and how often what it holds is repeated. */
function drawFrame(
  { left, right, top, bottom }: { left: number; right: number; top: number; bottom: number },
  block: Block,
  begins: boolean,
  ends: boolean,
): string {
  const [l, r, t, b] = [left, right, top, bottom].map(round);
  const d = `M${l},${t}H${r}${ends ? 'V' : 'M'}${ends ? b : `${r},${b}`}H${l}${begins ? `V${t}` : ''}`;
  return (
    element('path', { class: 'stroke-muted', 'stroke-dasharray': '5 4', fill: 'none', d }) +
    (begins ? label(left, top - 6, describeCount(block), { 'font-size': 12, class: 'fill-ink' }) : '')
  );
}

function qubitLabels(source: Circuit | DynamicCircuit): Run[][] {
  const numbered = Array.from({ length: source.numQubits }, (_, qubit) => nameRuns(`q_${qubit}`));
  if ('operations' in source) return numbered;
  for (const { name, start, size } of source.qubitRegisters) {
    for (let k = 0; k < size; k++) numbered[start + k] = [{ text: size === 1 ? name : `${name}[${k}]`, place: 'line' }];
  }
  return source.numBits > 0 ? [...numbered, [{ text: 'bits', place: 'line' }]] : numbered;
}

/** Global phases, which no qubit shows. */
function phaseRuns(source: Circuit | DynamicCircuit): Run[] {
  const phases = sourceSteps(source).flatMap(({ step }) => {
    if (step.kind !== 'gate' || step.operation.targets.length + step.operation.controls.length > 0) return [];
    return [listRuns(step.operation.angles.map((angle) => angleRuns(angle)))];
  });
  if (phases.length === 0) return [];
  const sum = phases.flatMap((runs, k): Run[] => (k === 0 ? runs : [{ text: ' + ', place: 'line' }, ...runs]));
  return [{ text: 'global phase ', place: 'line' }, ...sum];
}

const roleNames: Readonly<Record<Role, string>> = { data: 'data', trainable: 'parameters', fixed: 'fixed' };

function drawLegend(roles: readonly Role[]): { text: string; width: number } {
  let x = 0;
  const entries = roles.map((role) => {
    const { colour, radius } = roleStyle[role];
    const style = { class: `fill-${colour} stroke-${colour}`, 'fill-opacity': role === 'fixed' ? 0.04 : 0.13 };
    const swatch = element('rect', { ...style, x, y: 2, width: 20, height: 14, rx: Math.min(radius, 7) });
    const name = label(x + 26, 13.5, roleNames[role], { 'font-size': 12, class: 'fill-muted' });
    x += 26 + widthOf(roleNames[role], 12) + 20;
    return swatch + name;
  });
  return { text: entries.join(''), width: x };
}

function describe(
  source: Circuit | DynamicCircuit,
  blocks: readonly Block[],
  draw: (block: Block) => readonly DrawnStep[],
): string {
  const parts = blocks.map((block) => {
    const list = draw(block).map(({ description }) => description);
    const text = list.length > 60 ? [...list.slice(0, 59), `and ${list.length - 59} more steps`] : list;
    if (block.count === 1) return text.join('; ');
    return `repeated for ${describeCount(block)}: ${text.join('; ')}`;
  });
  const { numQubits } = source;
  return `A circuit of ${numQubits} qubit${numQubits === 1 ? '' : 's'}. ${parts.filter(Boolean).join('. ') || 'No steps'}.`;
}

function check(source: Circuit | DynamicCircuit, options: CircuitPictureOptions): void {
  checkPictureOptions(WHERE, options);
  checkSize(WHERE, options, [320, 0]);
  checkText(WHERE, 'title', options.title);
  checkChoice(WHERE, 'repeats', options.repeats ?? 'unfold', ['unfold', 'fold']);
  const list = (source as Circuit)?.operations ?? (source as DynamicCircuit)?.steps;
  if (!Array.isArray(list)) throw expected(WHERE, 'a circuit', source, 'Make it with circuit(), or read it.');
}
