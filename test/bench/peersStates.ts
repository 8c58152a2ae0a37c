import { availableParallelism } from 'node:os';
import { referenceBackend } from '../../kernels/reference/statevector.js';
import { wasmBackend } from '../../kernels/wasm/statevector/backend.js';
import { compile } from '../../src/compile/compile.js';
import { expectation, statevector } from '../../src/simulate/simulate.js';
import { type JsqubitsPackage, loadPeer, type QuantumCircuitPackage } from './peersLoad.js';
import { angleX, angleZ, ringCircuit, ringValues } from './peersRing.js';
import type { Contender } from './turns.js';

/** A simulator of the ring layer. */
export interface Simulator {
  readonly label: string;
  readonly precision: string;
  readonly threads: number;
  /** The most qubits that it is asked for. */
  readonly most: number;
  /** What is timed: from angles to the final state or, ours and the reference, to ⟨Z⟩ of qubit 0. */
  layer(numQubits: number): Contender['run'];
  /** ⟨Z⟩ of qubit 0 after the layer. */
  z0(numQubits: number): number;
}

async function ours(precision: 'float32' | 'float64', threads: number): Promise<Simulator> {
  const backend = await wasmBackend({ precision, threads });
  const layer = (numQubits: number) => {
    const compiled = compile(ringCircuit(numQubits));
    const values = ringValues(numQubits);
    return () => expectation(compiled, 'Z', values, { backend });
  };
  return { label: 'daruan, wasm', precision, threads, most: 20, layer, z0: (n) => layer(n)()[0] };
}

/** Ours, all of the final state: expectation values alone need less of the layer. */
async function ourState(): Promise<Simulator> {
  const backend = await wasmBackend({ precision: 'float64', threads: 1 });
  const layer = (numQubits: number) => {
    const compiled = compile(ringCircuit(numQubits));
    const values = ringValues(numQubits);
    return () => statevector(compiled, values, { backend });
  };
  const z0 = (n: number) => layer(n)().reduce((sum, part, k) => sum + (k & 2 ? -1 : 1) * part ** 2, 0);
  return { label: 'daruan, wasm, final state', precision: 'float64', threads: 1, most: 20, layer, z0 };
}

const referenceLayer = (numQubits: number) => {
  const compiled = compile(ringCircuit(numQubits));
  const values = ringValues(numQubits);
  return () => expectation(compiled, 'Z', values, { backend: referenceBackend });
};
const reference: Simulator = {
  label: 'daruan, reference',
  precision: 'float64',
  threads: 1,
  most: 16,
  layer: referenceLayer,
  z0: (n) => referenceLayer(n)()[0],
};

async function quantumCircuit(): Promise<Simulator | undefined> {
  const peer = await loadPeer<QuantumCircuitPackage>('quantum-circuit');
  if (peer === undefined) return undefined;
  const build = (numQubits: number) => {
    const made = new peer.exports(numQubits);
    for (let q = 0; q < numQubits; q++) {
      made.addGate('rx', -1, q, { params: { theta: angleX(q) } });
      made.addGate('rz', -1, q, { params: { phi: angleZ(q) } });
    }
    for (let q = 0; q < numQubits; q++) made.addGate('cx', -1, [q, (q + 1) % numQubits]);
    return made;
  };
  const layer = (numQubits: number) => {
    const made = build(numQubits); // once: only its run is timed
    return () => made.run();
  };
  const z0 = (numQubits: number) => {
    const made = build(numQubits);
    made.run();
    return 1 - 2 * made.probabilities()[0];
  };
  return { label: `quantum-circuit ${peer.version}`, precision: 'float64', threads: 1, most: 16, layer, z0 };
}

async function jsqubits(): Promise<Simulator | undefined> {
  const peer = await loadPeer<JsqubitsPackage>('jsqubits');
  if (peer === undefined) return undefined;
  const run = (numQubits: number) => {
    let state = peer.exports(`|${'0'.repeat(numQubits)}>`);
    for (let q = 0; q < numQubits; q++) state = state.rotateX(q, angleX(q)).rotateZ(q, angleZ(q));
    for (let q = 0; q < numQubits; q++) state = state.cnot(q, (q + 1) % numQubits);
    return state;
  };
  const z0 = (numQubits: number) => {
    const state = run(numQubits);
    let sum = 0;
    for (let z = 0; z < 2 ** numQubits; z++) sum += (1 - 2 * (z & 1)) * state.amplitude(z).magnitude() ** 2;
    return sum;
  };
  return {
    label: `jsqubits ${peer.version}`,
    precision: 'float64',
    threads: 1,
    most: 12,
    layer: (n) => () => run(n),
    z0,
  };
}

/** Ours first: the others are compared with it. */
export async function simulators(): Promise<readonly Simulator[]> {
  const own = [ours('float64', 1), ours('float32', 1), ourState()];
  if (availableParallelism() > 1) own.push(ours('float64', 2));
  const peers = await Promise.all([jsqubits(), quantumCircuit()]);
  return [...(await Promise.all(own)), reference, ...peers.filter((peer) => peer !== undefined)];
}
