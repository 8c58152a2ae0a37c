import type { ChainLayer } from '../chain.js';
import { sincosText } from './sincosText.js';

/**
 * The chain kernel in WGSL. The texts define `fn main(index : i32)` and expect around them what tfjs's webgpu backend writes, or
 * `engine.ts`: storage arrays by name, `result`, `uniforms`, `localIndex`, `workgroupId`, `numWorkgroups`.
 *
 * A column of y is the sum over `sumDim` edges; edge = column·sumDim + s reads column s + column·xStep of x. A layer has sumDim = in
 * and xStep = 0; activations element by element have sumDim = 1 and xStep = 1. Every edge is one record of numbers:
 * start 3, blocks 9(r − 1), end 3, weights r, biases r.
 */
export interface ChainVariant {
  readonly reps: number;
  readonly encoding: ChainLayer['encoding'];
  readonly measurement: ChainLayer['measurement'];
  /** Added to the measured value. */
  readonly offset: number;
  /** What becomes of the argument of an acos beyond ±1 and its rounding: ±1, or NaN. */
  readonly outside: 'clamp' | 'nan';
}

/** Numbers of one edge's record. */
export const recordLength = (reps: number): number => 11 * reps - 3;
/** Numbers of one edge's gradient: torques 3(r + 1), weights r, biases r, scale. */
export const gradientLength = (reps: number): number => 5 * reps + 4;

/** Threads of a workgroup of the backward text. */
export const GROUP = 64;
/** Samples that a thread takes at once. */
export const LANES = 4;

/** Where the parts of a record begin. */
export const recordParts = (reps: number) => ({
  start: 0,
  blocks: 3,
  end: 9 * reps - 6,
  weights: 9 * reps - 3,
  biases: 10 * reps - 3,
});

const each = (count: number, line: (k: number) => string): string =>
  Array.from({ length: count }, (_, k) => line(k)).join('\n');

/** A name that tells one variant's text from another's. */
export const variantKey = ({ reps, encoding, measurement, offset, outside }: ChainVariant): string =>
  [reps, encoding, measurement, offset, outside].join('_');

const encodings: Readonly<Record<ChainLayer['encoding'], (outside: string) => string>> = {
  linear: () => `
struct Encoded { c : vec4<f32>, s : vec4<f32>, slope : vec4<f32> };
fn encode(weight : f32, bias : f32, x : vec4<f32>) -> Encoded {
  let turn = turnBy(weight * x + bias);
  return Encoded(turn.c, turn.s, vec4<f32>(1.0));
}`,
  acos: (outside) => `
struct Encoded { c : vec4<f32>, s : vec4<f32>, slope : vec4<f32> };
fn notNumber(e : vec4<f32>) -> vec4<bool> {
  return (bitcast<vec4<u32>>(e) & vec4<u32>(0x7fffffffu)) > vec4<u32>(0x7f800000u);
}
fn encode(weight : f32, bias : f32, x : vec4<f32>) -> Encoded {
  let e = weight * x + bias;
  let beyond = abs(e) > vec4<f32>(1.0 + f32(${2 ** -22}));
  let inside = clamp(e, vec4<f32>(-1.0), vec4<f32>(1.0));
  let c = select(inside, vec4<f32>(uniforms.NAN), notNumber(e)${outside});
  let s = sqrt((1.0 - c) * (1.0 + c));
  let slope = -1.0 / max(s, vec4<f32>(${2 ** -26}));
  return Encoded(c, s, select(vec4<f32>(0.0), slope, c == e));
}`,
};

const measurements: Readonly<Record<ChainLayer['measurement'], string>> = {
  expectation: `
fn measure(z : vec4<f32>) -> vec4<f32> { return z; }
fn measureSlope(z : vec4<f32>) -> vec4<f32> { return vec4<f32>(1.0); }`,
  amplitude: `
fn sineOf(z : vec4<f32>) -> vec4<f32> { return sqrt(max((1.0 - z) * (1.0 + z), vec4<f32>(0.0))); }
fn measure(z : vec4<f32>) -> vec4<f32> { return z / sqrt(1.0 + sineOf(z)); }
fn measureSlope(z : vec4<f32>) -> vec4<f32> {
  let s = max(sineOf(z), vec4<f32>(${2 ** -26}));
  return sqrt(1.0 + s) / (2.0 * s);
}`,
};

const common = ({ encoding, measurement, outside }: ChainVariant): string => `
${sincosText('vec4<f32>')}
${encodings[encoding](outside === 'nan' ? ' | beyond' : '')}
${measurements[measurement]}
fn rowsFrom(first : i32) -> vec4<i32> {
  return min(vec4<i32>(first, first + 1, first + 2, first + 3), vec4<i32>(uniforms.batch - 1));
}
fn readData(rows : vec4<i32>, column : i32) -> vec4<f32> {
  let at = rows * uniforms.xColumns + column;
  return vec4<f32>(x[at.x], x[at.y], x[at.z], x[at.w]);
}
`;

/** Carries v from the start of the edge whose record begins at `at` to its end. */
function walkText(reps: number): string {
  const { blocks, end, weights, biases } = recordParts(reps);
  const block = (l: number) => {
    const m = (k: number) => `edges[at + ${blocks + 9 * l + k}]`;
    const row = (k: number) => `${m(3 * k)} * vx + ${m(3 * k + 1)} * vy + ${m(3 * k + 2)} * vz`;
    return `
    let ux${l} = ${row(0)};
    let uy${l} = ${row(1)};
    vz = ${row(2)};
    vx = ux${l};
    vy = uy${l};`;
  };
  return `
    var vx = vec4<f32>(edges[at]);
    var vy = vec4<f32>(edges[at + 1]);
    var vz = vec4<f32>(edges[at + 2]);
    ${each(
      reps,
      (l) => `
    let e${l} = encode(edges[at + ${weights + l}], edges[at + ${biases + l}], data);
    let rx${l} = e${l}.c * vx - e${l}.s * vy;
    vy = e${l}.s * vx + e${l}.c * vy;
    vx = rx${l};
    ${l < reps - 1 ? block(l) : ''}`,
    )}
    let f = edges[at + ${end}] * vx + edges[at + ${end + 1}] * vy + edges[at + ${end + 2}] * vz;`;
}

/** Names of the uniforms of all texts, in order; all are i32. */
export const chainUniforms = [
  'batch',
  'columns',
  'sumDim',
  'xColumns',
  'xStep',
  'outputs',
  'tile',
  'tiles',
  'chunks',
  'quads',
  'edgeCount',
] as const;
export type ChainUniforms = Readonly<Record<(typeof chainUniforms)[number], number>>;

/** y, shape [batch, columns], from `x`, `edges` (records) and `scale`. One thread for LANES samples of a column. */
export const forwardText = (variant: ChainVariant): string => `
${common(variant)}
fn main(index : i32) {
  let quads = (uniforms.batch + 3) / 4;
  let column = index / quads;
  if (column >= uniforms.columns) { return; }
  let first = 4 * (index - column * quads);
  let rows = rowsFrom(first);
  var sum = vec4<f32>(0.0);
  for (var s = 0; s < uniforms.sumDim; s++) {
    let edge = column * uniforms.sumDim + s;
    let at = edge * ${recordLength(variant.reps)};
    let data = readData(rows, s + column * uniforms.xStep);
    ${walkText(variant.reps)}
    sum += scale[edge] * (measure(f) + f32(${variant.offset}));
  }
  for (var k = 0; k < 4; k++) {
    if (first + k < uniforms.batch) { result[(first + k) * uniforms.columns + column] = sum[k]; }
  }
}
`;

/** Values that are summed over a workgroup at a time. */
const WAVE = 16;

/**
 * Derivatives from `x`, `edges`, `scale` and `upstream` [batch, columns]: partial sums, each in an order that the sizes alone decide.
 * A workgroup takes one column of x, `tile` outputs and GROUP·quads·LANES samples. First the gradients of the edges,
 * shape [chunks, edges, gradientLength], then those of x, shape [tiles, xColumns, batch].
 */
export function backwardText(variant: ChainVariant): string {
  const { reps, offset } = variant;
  const { blocks, end, weights } = recordParts(reps);
  const width = gradientLength(reps);
  const torque = (l: number, at: number) => `
        g${at} += sum4(toF * (vy * nz - vz * ny));
        g${at + 1} += sum4(toF * (vz * nx - vx * nz));
        let z${l} = toF * (vx * ny - vy * nx);
        g${at + 2} += sum4(z${l});`;
  const undo = (u: string, l: number) => {
    const m = (k: number) => `edges[at + ${blocks + 9 * l + k}]`;
    const row = (k: number) => `${m(k)} * ${u}x + ${m(k + 3)} * ${u}y + ${m(k + 6)} * ${u}z`;
    return `
        let ${u}x${l}_ = ${row(0)};
        let ${u}y${l}_ = ${row(1)};
        ${u}z = ${row(2)};
        ${u}x = ${u}x${l}_;
        ${u}y = ${u}y${l}_;`;
  };
  const turnBack = (u: string, l: number) => `
        let ${u}b${l} = e${l}.c * ${u}x + e${l}.s * ${u}y;
        ${u}y = e${l}.c * ${u}y - e${l}.s * ${u}x;
        ${u}x = ${u}b${l};`;
  const back = each(reps, (k) => {
    const l = reps - k; // after data rotation l
    return `
        ${l < reps ? undo('v', l - 1) + undo('n', l - 1) : ''}
        ${torque(l, 3 * l)}
        let d${l} = z${l} * e${l - 1}.slope;
        g${3 * (reps + 1) + l - 1} += sum4(d${l} * data);
        g${3 * (reps + 1) + reps + l - 1} += sum4(d${l});
        toX += d${l} * edges[at + ${weights + l - 1}];
        ${turnBack('v', l - 1)}
        ${turnBack('n', l - 1)}`;
  });
  const waves = Math.ceil(width / WAVE);
  const reduce = each(waves, (wave) => {
    const count = Math.min(WAVE, width - wave * WAVE);
    return `
    ${each(count, (k) => `shared_[${k * (GROUP + 1)} + local] = g${wave * WAVE + k};`)}
    workgroupBarrier();
    {
      var part = 0.0;
      let row0 = (local % ${WAVE}) * ${GROUP + 1} + (local / ${WAVE}) * ${WAVE};
      for (var m = 0; m < ${WAVE}; m++) { part += shared_[row0 + m]; }
      parts[local] = part;
    }
    workgroupBarrier();
    if (active_ && local < ${count}) {
      result[(chunk * uniforms.edgeCount + edge) * ${width} + ${wave * WAVE} + local] =
        (parts[local] + parts[local + ${WAVE}]) + (parts[local + ${2 * WAVE}] + parts[local + ${3 * WAVE}]);
    }`;
  });
  return `
${common(variant)}
var<workgroup> shared_ : array<f32, ${WAVE * (GROUP + 1)}>;
var<workgroup> parts : array<f32, ${GROUP}>;
fn sum4(v : vec4<f32>) -> f32 { return (v.x + v.y) + (v.z + v.w); }
fn main(index : i32) {
  let local = i32(localIndex);
  let group = i32(workgroupId.x + numWorkgroups.x * (workgroupId.y + numWorkgroups.y * workgroupId.z));
  let input = group % uniforms.xColumns;
  let strip = (group / uniforms.xColumns) % uniforms.tiles;
  let chunk = group / (uniforms.xColumns * uniforms.tiles);
  let toData = uniforms.chunks * uniforms.edgeCount * ${width} + (strip * uniforms.xColumns + input) * uniforms.batch;
  for (var k = 0; k < uniforms.tile; k++) {
    let output = strip * uniforms.tile + k;
    let active_ = chunk < uniforms.chunks && output < uniforms.outputs;
    let column = output + input * uniforms.xStep;
    let edge = column * uniforms.sumDim + input * (1 - uniforms.xStep);
    ${each(width, (g) => `var g${g} = 0.0;`)}
    if (active_) {
      let at = edge * ${recordLength(reps)};
      for (var q = 0; q < uniforms.quads; q++) {
        let first = 4 * ((chunk * uniforms.quads + q) * ${GROUP} + local);
        if (first >= uniforms.batch) { break; }
        let rows = rowsFrom(first);
        let data = readData(rows, input);
        let up = rows * uniforms.columns + column;
        let there = vec4<i32>(first, first + 1, first + 2, first + 3) < vec4<i32>(uniforms.batch);
        let wanted = select(vec4<f32>(0.0), vec4<f32>(upstream[up.x], upstream[up.y], upstream[up.z], upstream[up.w]), there);
        ${walkText(reps)}
        g${width - 1} += sum4(wanted * (measure(f) + f32(${offset})));
        let toF = wanted * scale[edge] * measureSlope(f);
        var nx = vec4<f32>(edges[at + ${end}]);
        var ny = vec4<f32>(edges[at + ${end + 1}]);
        var nz = vec4<f32>(edges[at + ${end + 2}]);
        var toX = vec4<f32>(0.0);
        ${back}
        ${torque(0, 0)}
        for (var lane = 0; lane < 4; lane++) {
          if (first + lane < uniforms.batch) {
            let to = toData + first + lane;
            result[to] = select(result[to], 0.0, k == 0) + toX[lane];
          }
        }
      }
    }
    ${reduce}
  }
}
`;
}

/** The derivative by x, shape [batch, xColumns], from the `packed` result of the backward text. One thread a number. */
export const dataGradientText = (reps: number): string => `
fn main(index : i32) {
  if (index >= uniforms.batch * uniforms.xColumns) { return; }
  let row = index / uniforms.xColumns;
  let column = index - row * uniforms.xColumns;
  var at = uniforms.chunks * uniforms.edgeCount * ${gradientLength(reps)} + column * uniforms.batch + row;
  var sum = 0.0;
  for (var t = 0; t < uniforms.tiles; t++) {
    sum += packed[at];
    at += uniforms.xColumns * uniforms.batch;
  }
  result[index] = sum;
}
`;

/** The gradients of the edges, shape [edges, gradientLength], from `packed`. One thread a number. */
export const edgeGradientText = (reps: number): string => `
fn main(index : i32) {
  let size = uniforms.edgeCount * ${gradientLength(reps)};
  if (index >= size) { return; }
  var sum = 0.0;
  for (var c = 0; c < uniforms.chunks; c++) { sum += packed[c * size + index]; }
  result[index] = sum;
}
`;

/** Workgroups that keep a large device busy. */
const ENOUGH_GROUPS = 2048;
/** Numbers that the partial sums of one call may take, 1 GiB of float32, where longer walks of a thread can help it. */
const MOST_PARTS = 2 ** 28;

/**
 * How the work is cut. The strips of outputs do not depend on the batch, so that neither do the bits of what it computes for a sample.
 *
 * @param elementwise  one activation a column, or a layer [batch, in] → [batch, out]
 */
export function chainSizes(
  reps: number,
  batch: number,
  inDim: number,
  outDim: number,
  elementwise: boolean,
): ChainUniforms & { readonly groups: number; readonly packedLength: number } {
  const outputs = elementwise ? 1 : outDim;
  const edgeCount = inDim * outputs;
  const tile = Math.min(outputs, Math.max(1, Math.floor(edgeCount / ENOUGH_GROUPS)));
  const tiles = Math.ceil(outputs / tile);
  const perQuad = GROUP * LANES;
  let quads = Math.min(8, Math.ceil(batch / perQuad));
  const chunksOf = () => Math.ceil(batch / (perQuad * quads));
  while (chunksOf() > 1 && chunksOf() * edgeCount * gradientLength(reps) > MOST_PARTS) quads *= 2;
  const chunks = chunksOf();
  return {
    batch,
    columns: elementwise ? inDim : outDim,
    sumDim: elementwise ? 1 : inDim,
    xColumns: inDim,
    xStep: elementwise ? 1 : 0,
    outputs,
    tile,
    tiles,
    chunks,
    quads,
    edgeCount,
    groups: inDim * tiles * chunks,
    packedLength: chunks * edgeCount * gradientLength(reps) + tiles * inDim * batch,
  };
}
