import type { Floats } from '../../chain.js';
import type { NodeKernel, NodeProgram } from '../../nodes.js';
import { checkProgram } from '../../validateNodes.js';
import type { NodeEngine } from './engine.js';
import * as layout from './layout.js';

/** Quads of edges a task. */
const GROUP = 64;
/** Turns below which waking other threads costs more than it saves. */
const WORTH_SHARING = 2 ** 15;

/** Turns values at the nodes into coefficients, shape [features, nodes]. */
function fourierMatrix(degree: number): Float32Array {
  const count = 2 * degree + 1;
  const circle = Float64Array.from({ length: count }, (_, k) => (2 * Math.PI * k) / count);
  const [cosines, sines] = [circle.map(Math.cos), circle.map(Math.sin)];
  return Float32Array.from({ length: count * count }, (_, at) => {
    const [m, j] = [Math.floor(at / count), at % count];
    if (m === 0) return 1 / count;
    return (2 / count) * (m <= degree ? cosines[(m * j) % count] : sines[((m - degree) * j) % count]);
  });
}

/** The part of the node kernel that finds coefficients, on an engine. */
export function prepareCompile(engine: NodeEngine, threads: number): Pick<NodeKernel, 'compile' | 'compileGradient'> {
  let fourier: { degree: number; matrix: Floats } = { degree: -1, matrix: new Float32Array(0) }; // the last one: a network has one degree, as a rule

  /** Numbers behind the steps: matrices, and cosines and sines of encoded angles at the nodes. */
  function tablesOf({ steps }: NodeProgram, degree: number): Float32Array[] {
    const count = 2 * degree + 1;
    return steps.map((step) => {
      if (step.kind === 'turn') return new Float32Array(0);
      if (step.kind === 'rotate') return Float32Array.from(step.rotation);
      return Float32Array.from({ length: 2 * count }, (_, at) => {
        const angle = (2 * Math.PI * ((step.weight * (at >> 1)) % count)) / count;
        return at % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
      });
    });
  }

  function run(where: string, program: NodeProgram, degree: number, angles: Floats, edges: number, upstream?: Floats) {
    checkProgram(where, program, degree, angles, edges, upstream);
    const { steps, readout } = program;
    if (fourier.degree !== degree) fourier = { degree, matrix: fourierMatrix(degree) };
    const count = 2 * degree + 1;
    const stride = Math.ceil(edges / 4) * 4;
    const turns = steps.filter((step) => step.kind === 'turn');
    const tables = tablesOf(program, degree);
    const scratch = Math.ceil((32 * turns.length + 48 * count) / 64) * 64;
    const at = engine.room(where, {
      steps: steps.length * layout.STEP,
      tables: 4 * tables.reduce((sum, { length }) => sum + length, 0),
      fourier: 4 * count * count,
      readout: 12,
      scratch: scratch * threads,
      terms: turns.reduce((sum, { terms }) => sum + 4 + 8 * terms.length, 0),
      angles: 4 * angles.length,
      coefficients: 4 * count * stride,
      gradient: upstream ? 4 * angles.length : 0,
    });
    let address = at.tables;
    let turn = 0;
    steps.forEach((step, k) => {
      const words = engine.words(at.steps + k * layout.STEP, 3);
      words[0] = { turn: layout.STEP_TURN, encode: layout.STEP_ENCODE, rotate: layout.STEP_ROTATE }[step.kind];
      if (step.kind !== 'rotate') words[1] = step.axis;
      words[2] = step.kind === 'turn' ? turn++ : address;
      engine.put(address, tables[k]);
      address += 4 * tables[k].length;
    });
    let term = at.terms;
    for (const { terms } of turns) {
      engine.words(term, 1)[0] = terms.length;
      term += 4;
      for (const { column, sign } of terms) {
        engine.words(term, 1)[0] = column;
        engine.view(term + 4, 1)[0] = sign;
        term += 8;
      }
    }
    engine.put(at.fourier, fourier.matrix);
    engine.put(at.readout, readout);
    engine.put(at.angles, angles);
    if (upstream) putRows(at.coefficients, upstream, edges, stride);
    engine.set({
      [layout.KIND]: upstream ? layout.KIND_COMPILE_GRADIENT : layout.KIND_COMPILE,
      [layout.DEGREE]: degree,
      [layout.EDGES]: edges,
      [layout.EDGE_STRIDE]: stride,
      [layout.STEPS]: at.steps,
      [layout.STEP_COUNT]: steps.length,
      [layout.TURNS]: turns.length,
      [layout.TERMS]: at.terms,
      [layout.ANGLES]: at.angles,
      [layout.COLUMNS]: angles.length / edges,
      [layout.FOURIER]: at.fourier,
      [layout.READOUT]: at.readout,
      [layout.COEFFICIENTS]: at.coefficients,
      [layout.GRADIENT]: at.gradient,
      [layout.GROUP]: GROUP,
      [layout.SCRATCH]: at.scratch,
      [layout.SCRATCH_STRIDE]: scratch,
    });
    engine.crew.work(Math.ceil(stride / 4 / GROUP), stride * steps.length * count >= WORTH_SHARING);
    return upstream ? engine.result(at.gradient, angles.length) : takeRows(at.coefficients, count, edges, stride);
  }

  /** Rows filled up to whole quads: the last edge's numbers are followed by zeros. */
  function putRows(to: number, values: Floats, edges: number, stride: number): void {
    if (edges === stride) {
      engine.put(to, values);
      return;
    }
    for (let row = 0; row * edges < values.length; row++) {
      const target = engine.view(to + 4 * row * stride, stride);
      target.set(values.subarray(row * edges, (row + 1) * edges));
      target.fill(0, edges);
    }
  }

  function takeRows(from: number, rows: number, edges: number, stride: number): Float32Array {
    if (edges === stride) return engine.result(from, rows * stride);
    const taken = new Float32Array(rows * edges);
    for (let row = 0; row < rows; row++) taken.set(engine.view(from + 4 * row * stride, edges), row * edges);
    return taken;
  }

  return {
    compile: (program, degree, angles, edges) => run('wasm node compile', program, degree, angles, edges),
    compileGradient: (program, degree, angles, edges, upstream) =>
      run('wasm node compile', program, degree, angles, edges, upstream),
  };
}
