/**
 * Statevectors in WGSL. A tile of 2^t amplitudes is brought into workgroup memory, a list of steps is applied to it there, and it is
 * written back. The steps are data: WORDS words each, as `encode.ts` writes them.
 */
export const THREADS = 256;
/** Words of a step. */
export const WORDS = 12;
export const passUniforms = [
  'batch',
  'size',
  'perSample',
  'tiles',
  'steps',
  'stepsAt',
  'localsAt',
  'fresh',
  'slopesAt',
] as const;

const numbers = (bits: number) => ({ tile: 2 ** bits, per: Math.max(1, 2 ** bits / THREADS) });

const common = (bits: number): string => {
  const { tile } = numbers(bits);
  return `
fn times(a : vec2<f32>, b : vec2<f32>) -> vec2<f32> { return vec2<f32>(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x); }
fn signOf(bits : u32) -> f32 { return 1.0 - 2.0 * f32(countOneBits(bits) & 1u); }
// puts the bits of the number of a tile where the tile has none of its own
fn spread(number : u32) -> u32 {
  var bits = number;
  for (var k = 0; k < ${bits}; k++) {
    let bit = steps[u32(uniforms.localsAt + k)];
    bits = ((bits >> bit) << (bit + 1u)) | (bits & ((1u << bit) - 1u));
  }
  return bits;
}
fn place(local : u32) -> u32 {
  var bits = 0u;
  for (var k = 0; k < ${bits}; k++) { bits |= ((local >> u32(k)) & 1u) << steps[u32(uniforms.localsAt + k)]; }
  return bits;
}
const TILE = ${tile}u;
`;
};

/** What step `at` makes of amplitude l of an array in workgroup memory. */
const applyText = (array: string): string => `
fn apply_${array}(at : u32, l : u32, base : u32, sample : u32) -> vec2<f32> {
  let old = ${array}[l];
  if ((l & steps[at + 4u]) != steps[at + 5u] || (base & steps[at + 6u]) != steps[at + 7u]) { return old; }
  let x = steps[at + 1u];
  let c = steps[at + 8u] + sample * steps[at + 9u];
  if (steps[at] == 0u) {
    let j = l ^ x;
    let sign = signOf((j & steps[at + 2u])) * signOf(base & steps[at + 3u]);
    return times(coefficients[c], old) + sign * times(coefficients[c + 1u], ${array}[j]);
  }
  if (steps[at] == 1u) {
    let row = select(0u, 2u, (l & x) != 0u);
    return times(coefficients[c + row], ${array}[l & ~x]) + times(coefficients[c + row + 1u], ${array}[l | x]);
  }
  let targets = steps[at + 11u];
  let size = 1u << targets;
  let extra = steps[at + 10u];
  var row = 0u;
  for (var t = 0u; t < targets; t++) { row |= ((l >> steps[extra + size + t]) & 1u) << t; }
  var sum = vec2<f32>(0.0);
  for (var k = 0u; k < size; k++) {
    sum += times(coefficients[c + row * size + k], ${array}[(l & ~x) | steps[extra + k]]);
  }
  return sum;
}
`;

const eachOwn = (per: number, body: string): string => `
  for (var m = 0u; m < ${per}u; m++) {
    let l = localIndex + m * ${THREADS}u;
    if (l < TILE) { ${body} }
  }`;

const opening = `
  let group = workgroupId.x + numWorkgroups.x * workgroupId.y;
  let sample = group / u32(uniforms.perSample);
  let live = sample < u32(uniforms.batch);
  let base = spread(group % u32(uniforms.perSample));
  let from_ = sample * u32(uniforms.size) + base;`;

/** Applies steps to `state`; a fresh one is |0…0⟩. */
export function passText(bits: number): string {
  const { tile, per } = numbers(bits);
  return `
${common(bits)}
var<workgroup> tile : array<vec2<f32>, ${tile}>;
${applyText('tile')}
fn main(index : i32) {
  ${opening}
  ${eachOwn(
    per,
    `if (uniforms.fresh == 1) { tile[l] = vec2<f32>(select(0.0, 1.0, (base | l) == 0u), 0.0); }
     else if (live) { tile[l] = state[from_ + place(l)]; }`,
  )}
  var next : array<vec2<f32>, ${per}>;
  for (var k = 0; k < uniforms.steps; k++) {
    let at = u32(uniforms.stepsAt + k * ${WORDS});
    workgroupBarrier();
    ${eachOwn(per, 'next[m] = apply_tile(at, l, base, sample);')}
    workgroupBarrier();
    ${eachOwn(per, 'tile[l] = next[m];')}
  }
  ${eachOwn(per, 'if (live) { state[from_ + place(l)] = tile[l]; }')}
}
`;
}

/**
 * Undoes steps on `state` and `costate`, after taking of those with a slope (word 10) the part of it in this tile:
 * Im⟨b|Π(P − 2κ)|k⟩, at result[slopesAt + slope·tiles + tile].
 */
export function adjointText(bits: number): string {
  const { tile, per } = numbers(bits);
  return `
${common(bits)}
var<workgroup> ket : array<vec2<f32>, ${tile}>;
var<workgroup> bra : array<vec2<f32>, ${tile}>;
var<workgroup> parts : array<f32, ${THREADS}>;
${applyText('ket')}
${applyText('bra')}
fn main(index : i32) {
  ${opening}
  ${eachOwn(per, 'if (live) { ket[l] = state[from_ + place(l)]; bra[l] = costate[from_ + place(l)]; }')}
  var nextKet : array<vec2<f32>, ${per}>;
  var nextBra : array<vec2<f32>, ${per}>;
  for (var k = 0; k < uniforms.steps; k++) {
    let at = u32(uniforms.stepsAt + k * ${WORDS});
    workgroupBarrier();
    var slope = 0.0;
    if (steps[at] == 0u && steps[at + 10u] != 0u) {
      let twist = steps[at + 11u];
      let twice = coefficients[steps[at + 8u] + sample * steps[at + 9u] + 2u].x;
      ${eachOwn(
        per,
        `if ((l & steps[at + 4u]) == steps[at + 5u] && (base & steps[at + 6u]) == steps[at + 7u]) {
          let b = bra[l ^ steps[at + 1u]];
          let a = ket[l];
          let overlap = vec2<f32>(b.x * a.x + b.y * a.y, b.x * a.y - b.y * a.x);
          let own = bra[l];
          let sign = signOf(l & steps[at + 2u]) * signOf(base & steps[at + 3u]);
          var part = select(overlap.y, overlap.x, (twist & 1u) == 1u);
          if (twist >= 2u) { part = -part; }
          slope += sign * part - twice * (own.x * a.y - own.y * a.x);
        }`,
      )}
    }
    parts[localIndex] = slope;
    ${eachOwn(per, 'nextKet[m] = apply_ket(at, l, base, sample); nextBra[m] = apply_bra(at, l, base, sample);')}
    workgroupBarrier();
    ${eachOwn(per, 'ket[l] = nextKet[m]; bra[l] = nextBra[m];')}
    var strip = 0.0;
    if (localIndex < 16u) { for (var s = 0u; s < 16u; s++) { strip += parts[localIndex * 16u + s]; } }
    workgroupBarrier();
    if (localIndex < 16u) { parts[localIndex] = strip; }
    workgroupBarrier();
    if (localIndex == 0u && live && steps[at] == 0u && steps[at + 10u] != 0u) {
      var sum = 0.0;
      for (var s = 0u; s < 16u; s++) { sum += parts[s]; }
      result[u32(uniforms.slopesAt) + (steps[at + 10u] - 1u) * u32(uniforms.tiles) + group] = sum;
    }
  }
  workgroupBarrier();
  ${eachOwn(per, 'if (live) { state[from_ + place(l)] = ket[l]; costate[from_ + place(l)] = bra[l]; }')}
}
`;
}

export const wordUniforms = [
  'batch',
  'size',
  'perSample',
  'xMask',
  'zMask',
  'twist',
  'resultAt',
  'weightsAt',
  'first',
] as const;

/** Parts of ⟨state|P|state⟩, one a workgroup: result[resultAt + group]. */
export const wordText = `
var<workgroup> parts : array<f32, ${THREADS}>;
fn main(index : i32) {
  let group = workgroupId.x + numWorkgroups.x * workgroupId.y;
  let sample = group / u32(uniforms.perSample);
  let live = sample < u32(uniforms.batch);
  let start = sample * u32(uniforms.size);
  let stride = u32(uniforms.perSample) * ${THREADS}u;
  var sum = 0.0;
  if (live) {
    for (var i = (group % u32(uniforms.perSample)) * ${THREADS}u + localIndex; i < u32(uniforms.size); i += stride) {
      let a = state[start + i];
      let b = state[start + (i ^ u32(uniforms.xMask))];
      var part = select(b.x * a.x + b.y * a.y, b.y * a.x - b.x * a.y, (uniforms.twist & 1) == 1);
      if ((countOneBits(i & u32(uniforms.zMask)) & 1u) == 1u) { part = -part; }
      sum += part;
    }
  }
  parts[localIndex] = select(sum, -sum, uniforms.twist >= 2);
  workgroupBarrier();
  for (var width = ${THREADS / 2}u; width > 0u; width = width / 2u) {
    if (localIndex < width) { parts[localIndex] += parts[localIndex + width]; }
    workgroupBarrier();
  }
  if (localIndex == 0u && live) { result[u32(uniforms.resultAt) + group] = parts[0]; }
}
`;

/** costate += weight·P|state⟩, the weight of a sample at weights[weightsAt + sample]; the first word sets it. */
export const addWordText = `
fn main(index : i32) {
  let i = u32(index);
  if (i >= u32(uniforms.batch) * u32(uniforms.size)) { return; }
  let sample = i / u32(uniforms.size);
  let from_ = i ^ u32(uniforms.xMask);
  let a = state[from_];
  var value = a;
  if (uniforms.twist == 1) { value = vec2<f32>(-a.y, a.x); }
  if (uniforms.twist == 2) { value = -a; }
  if (uniforms.twist == 3) { value = vec2<f32>(a.y, -a.x); }
  let parity = countOneBits((from_ - sample * u32(uniforms.size)) & u32(uniforms.zMask)) & 1u;
  let added = weights[u32(uniforms.weightsAt) + sample] * select(value, -value, parity == 1u);
  costate[i] = select(costate[i], vec2<f32>(0.0), uniforms.first == 1) + added;
}
`;

/** state ← weights[sample]·state. */
export const scaleText = `
fn main(index : i32) {
  let i = u32(index);
  if (i >= u32(uniforms.batch) * u32(uniforms.size)) { return; }
  state[i] = weights[i / u32(uniforms.size)] * state[i];
}
`;
