import type { Side } from './batchedOurs.js';
import { BATCH, LAYERS, theta, x } from './batchedTask.js';
import { type GpuPackage, type JsqubitsPackage, loadPeer, type QuantumCircuitPackage } from './peersLoad.js';

/** Circuits that the slowest peers run, of which the time of all is worked out. */
const FEW = 256;

/** What one writes without a library: a loop over the circuits, their amplitudes in local variables. */
function plainLoops(): Side {
  const [cosines, sines] = [theta.map((angle) => Math.cos(angle / 2)), theta.map((angle) => Math.sin(angle / 2))];
  const forward = (): Float64Array => {
    const values = new Float64Array(BATCH);
    for (let b = 0; b < BATCH; b++) {
      const cx = Math.cos(x[b] / 2);
      const sx = Math.sin(x[b] / 2);
      let [ar, ai, br, bi] = [1, 0, 0, 0];
      for (let l = 0; l < LAYERS; l++) {
        const c = cosines[l];
        const s = sines[l];
        const zar = cx * ar + sx * ai;
        const zai = cx * ai - sx * ar;
        const zbr = cx * br - sx * bi;
        const zbi = cx * bi + sx * br;
        ar = c * zar - s * zbr;
        ai = c * zai - s * zbi;
        br = s * zar + c * zbr;
        bi = s * zai + c * zbi;
      }
      values[b] = ar * ar + ai * ai - br * br - bi * bi;
    }
    return values;
  };
  return { label: 'plain loops in JavaScript', precision: 'float64', threads: 1, forward };
}

async function quantumCircuit(): Promise<Side | undefined> {
  const peer = await loadPeer<QuantumCircuitPackage>('quantum-circuit');
  if (peer === undefined) return undefined;
  const one = (data: number): number => {
    const circuit = new peer.exports(1);
    for (const angle of theta) {
      circuit.addGate('rz', -1, 0, { params: { phi: data } });
      circuit.addGate('ry', -1, 0, { params: { theta: angle } });
    }
    circuit.run();
    return 1 - 2 * circuit.probabilities()[0];
  };
  const label = `quantum-circuit ${peer.version} (${FEW} circuits, scaled)`;
  return {
    label,
    precision: 'float64',
    threads: 1,
    part: FEW / BATCH,
    forward: () => Array.from(x.subarray(0, FEW), one),
  };
}

async function jsqubits(): Promise<Side | undefined> {
  const peer = await loadPeer<JsqubitsPackage>('jsqubits');
  if (peer === undefined) return undefined;
  const one = (data: number): number => {
    let state = peer.exports('|0>');
    for (const angle of theta) state = state.rotateZ(0, data).rotateY(0, angle);
    return state.amplitude('|0>').magnitude() ** 2 - state.amplitude('|1>').magnitude() ** 2;
  };
  const label = `jsqubits ${peer.version} (${FEW} circuits, scaled)`;
  return {
    label,
    precision: 'float64',
    threads: 1,
    part: FEW / BATCH,
    forward: () => Array.from(x.subarray(0, FEW), one),
  };
}

/** A kernel written by hand on the Bloch sphere, for gpu.js, which compiles it from its text: it must name nothing outside. */
async function gpu(mode: 'webasm' | 'cpu'): Promise<Side | undefined> {
  const peer = await loadPeer<GpuPackage>('gpu.js');
  if (peer === undefined) return undefined;
  const machine = new peer.exports.GPU({ mode });
  if (machine.mode !== mode) return undefined;
  const body = new Function(
    'data',
    'cosines',
    'sines',
    `const c = Math.cos(data[this.thread.x]);
    const s = Math.sin(data[this.thread.x]);
    let vx = 0;
    let vy = 0;
    let vz = 1;
    for (let l = 0; l < ${LAYERS}; l++) {
      const wx = c * vx - s * vy;
      vy = s * vx + c * vy;
      vx = cosines[l] * wx + sines[l] * vz;
      vz = cosines[l] * vz - sines[l] * wx;
    }
    return vz;`,
  ) as (...inputs: Float32Array[]) => number;
  const kernel = machine.createKernel(body).setOutput([BATCH]);
  const data = Float32Array.from(x);
  const forward = () => kernel(data, Float32Array.from(theta, Math.cos), Float32Array.from(theta, Math.sin));
  return { label: `gpu.js ${peer.version}, ${mode}, kernel by hand`, precision: 'float32', threads: 1, forward };
}

export async function peerSides(): Promise<readonly Side[]> {
  const found = await Promise.all([gpu('webasm'), gpu('cpu'), jsqubits(), quantumCircuit()]);
  return [plainLoops(), ...found.filter((side) => side !== undefined)];
}
