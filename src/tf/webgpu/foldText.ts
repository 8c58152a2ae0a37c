import { gradientLength, recordLength, recordParts } from '../../../kernels/webgpu/chainText.js';
import { sincosText } from '../../../kernels/webgpu/sincosText.js';
import type { ActivationPlan } from '../../activation/plan.js';
import { type SegmentWalk, walkOf } from '../../activation/segment.js';
import { angleGradientText, angleText, powerText, type SymbolNames } from './angleText.js';

const axes = ['x', 'y', 'z'] as const;

/** Symbols of a plan as locals of the program: p0, p1, … and their derivatives g0, g1, … */
const namesOf = ({ parameters }: ActivationPlan): SymbolNames => ({
  value: (name) => `p${parameters.indexOf(name)}`,
  gradient: (name) => `g${parameters.indexOf(name)}`,
});

/** Reads the parameters of the thread's edge, and turns every trainable angle into its cosine and sine: t0, t1, … */
function prelude(plan: ActivationPlan): string {
  const names = namesOf(plan);
  const width = plan.parameters.length;
  const turns = plan.segments.flatMap((segment) => segment.turns);
  return [
    ...plan.parameters.map((_, k) => `  let p${k} = parameters[index * ${width} + ${k}];`),
    ...turns.map((angle, k) => `  let t${k} = turnBy(${angleText(angle, names)});`),
  ].join('\n');
}

interface Walk extends SegmentWalk {
  /** The number of the first turn of the segment. */
  readonly first: number;
}

function walksOf({ segments }: ActivationPlan): Walk[] {
  let first = 0;
  return segments.map((segment) => {
    first += segment.turns.length;
    return { ...walkOf(segment), first: first - segment.turns.length };
  });
}

/** Writes statements that carry vectors, in variables NAMEx, NAMEy, NAMEz. */
class VectorText {
  private readonly lines: string[] = [];
  private temporaries = 0;

  start(name: string, vector: ArrayLike<string | number>): void {
    axes.forEach((axis, k) => {
      const value = vector[k];
      this.lines.push(`  var ${name}${axis} = ${typeof value === 'number' ? `f32(${value})` : value};`);
    });
  }

  rotate(name: string, r: ArrayLike<number>, direction: 1 | -1): void {
    const entry = (i: number, j: number) => (direction === 1 ? r[3 * i + j] : r[3 * j + i]);
    const [a, b] = [this.temporaries++, this.temporaries++];
    const row = (i: number) =>
      axes
        .flatMap((axis, j) => (Math.abs(entry(i, j)) < 1e-15 ? [] : [`f32(${entry(i, j)}) * ${name}${axis}`]))
        .join(' + ') || '0.0';
    this.lines.push(`  let u${a} = ${row(0)}; let u${b} = ${row(1)};`);
    this.lines.push(`  ${name}z = ${row(2)}; ${name}x = u${a}; ${name}y = u${b};`);
  }

  /** The steps of a segment; backwards and inverted, if the direction is −1. */
  walk(
    name: string,
    { steps, first }: Walk,
    direction: 1 | -1,
    atTurn?: (step: Turn, component: string) => string,
  ): void {
    let row = direction === 1 ? first : first + steps.filter(({ kind }) => kind === 'turn').length - 1;
    for (const step of direction === 1 ? steps : [...steps].reverse()) {
      if (step.kind === 'rotate') {
        this.rotate(name, step.rotation, direction);
        continue;
      }
      if (atTurn) this.lines.push(atTurn(step, `${name}${axes[step.axis]}`));
      const [p, q] = [`${name}${axes[(step.axis + 1) % 3]}`, `${name}${axes[(step.axis + 2) % 3]}`];
      const sine = `${step.sign * direction === 1 ? '' : '-'}t${row}.s`;
      const u = this.temporaries++;
      this.lines.push(`  let u${u} = t${row}.c * ${p} - (${sine}) * ${q};`);
      this.lines.push(`  ${q} = (${sine}) * ${p} + t${row}.c * ${q}; ${p} = u${u};`);
      row += direction;
    }
  }

  add(line: string): void {
    this.lines.push(line);
  }

  toString(): string {
    return this.lines.join('\n');
  }
}

type Turn = Extract<SegmentWalk['steps'][number], { kind: 'turn' }>;

const around = (plan: ActivationPlan, body: string): string => `
${sincosText('f32')}
${powerText}
fn main(index : i32) {
  if (index >= uniforms.edgeCount) { return; }
${prelude(plan)}
${body}
}
`;

/**
 * WGSL that folds the gates between two data gates of every edge into one rotation: records [edges, recordLength] from
 * `parameters` [edges, plan.parameters.length]. One thread an edge.
 */
export function foldText(plan: ActivationPlan): string {
  const { reps } = plan;
  const [walks, parts, names] = [walksOf(plan), recordParts(reps), namesOf(plan)];
  const text = new VectorText();
  const write = (at: number, value: string) => text.add(`  result[index * ${recordLength(reps)} + ${at}] = ${value};`);
  text.start('a', [0, 0, 1]);
  text.walk('a', walks[0], 1);
  text.rotate('a', walks[0].frame, 1);
  axes.forEach((axis, i) => {
    write(parts.start + i, `a${axis}`);
  });
  for (let l = 1; l < reps; l++) {
    axes.forEach((_, column) => {
      const name = `m${l}${'abc'[column]}`;
      text.start(
        name,
        axes.map((__, k) => (k === column ? 1 : 0)),
      );
      text.walk(name, walks[l], 1);
      text.rotate(name, walks[l].frame, 1);
      axes.forEach((axis, row) => {
        write(parts.blocks + 9 * (l - 1) + 3 * row + column, `${name}${axis}`);
      });
    });
  }
  text.start('c', plan.readout as ArrayLike<number>);
  text.rotate('c', walks[reps].frame, -1);
  text.walk('c', walks[reps], -1);
  axes.forEach((axis, i) => {
    write(parts.end + i, `c${axis}`);
  });
  for (let l = 0; l < reps; l++) {
    write(parts.weights + l, angleText(plan.slopes[l], names));
    write(parts.biases + l, angleText(plan.intercepts[l], names));
  }
  return around(plan, text.toString());
}

/**
 * WGSL that pulls the gradients of the records back to the parameters, by the torque rule: ∂L/∂parameters, shape
 * [edges, width], from `parameters` and the `packed` result of the chain's backward text. One thread an edge.
 */
export function unfoldText(plan: ActivationPlan): string {
  const { reps } = plan;
  const [walks, names, width] = [walksOf(plan), namesOf(plan), gradientLength(reps)];
  const text = new VectorText();
  const summed = (at: number) => `summed(index, ${at})`;
  for (const k of plan.parameters.keys()) text.add(`  var g${k} = 0.0;`);
  for (let l = 0; l <= reps; l++) {
    const name = `q${l}`;
    text.start(name, [summed(3 * l), summed(3 * l + 1), summed(3 * l + 2)]);
    // entry 0 stands where the chain starts, after segment 0; the others stand before theirs
    const direction = l === 0 ? -1 : 1;
    if (l === 0) text.rotate(name, walks[0].frame, -1);
    text.walk(name, walks[l], direction, ({ angle, sign }, component) =>
      angleGradientText(angle, sign === 1 ? component : `(-${component})`, names),
    );
  }
  for (let l = 0; l < reps; l++) {
    text.add(angleGradientText(plan.slopes[l], summed(3 * (reps + 1) + l), names));
    text.add(angleGradientText(plan.intercepts[l], summed(3 * (reps + 1) + reps + l), names));
  }
  for (const k of plan.parameters.keys()) text.add(`  result[index * ${plan.parameters.length} + ${k}] = g${k};`);
  return `
fn summed(edge : i32, k : i32) -> f32 {
  var sum = 0.0;
  for (var c = 0; c < uniforms.chunks; c++) { sum += packed[(c * uniforms.edgeCount + edge) * ${width} + k]; }
  return sum;
}
${around(plan, text.toString())}`;
}
