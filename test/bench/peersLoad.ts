import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { resolve } = createRequire(import.meta.url);

/** A peer's package: what it exports, and its version. */
export interface Peer<Exports> {
  readonly exports: Exports;
  readonly version: string;
}

/** A package that is installed here, or in a folder of NODE_PATH; undefined where there is none. */
export async function loadPeer<Exports>(name: string): Promise<Peer<Exports> | undefined> {
  const file = fileOf(name);
  if (file === undefined) return undefined;
  const loaded = await import(pathToFileURL(file).href);
  return { exports: loaded.default ?? loaded, version: versionBeside(file, name) };
}

/** The version in the package.json above `file` that carries the name. */
function versionBeside(file: string, name: string): string {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (found.name === name) return found.version;
    } catch {
      // further up
    }
  }
  return '?';
}

/** quantum-circuit: a table of gate objects; `run` interprets it. Angles are in radians. */
export interface QuantumCircuit {
  addGate(name: string, column: number, wires: number | number[], options?: { params: Record<string, number> }): void;
  run(): void;
  /** P(1) of each qubit. */
  probabilities(): number[];
}
export type QuantumCircuitPackage = new (numQubits: number) => QuantumCircuit;

/** jsqubits: an immutable state of basis labels with complex amplitudes. */
export interface JsqubitsState {
  rotateX(qubit: number, angle: number): JsqubitsState;
  rotateY(qubit: number, angle: number): JsqubitsState;
  rotateZ(qubit: number, angle: number): JsqubitsState;
  cnot(control: number, target: number): JsqubitsState;
  amplitude(label: string | number): { magnitude(): number };
}
export type JsqubitsPackage = (label: string) => JsqubitsState;

/** gpu.js: a function of typed arrays as a kernel. */
export interface GpuPackage {
  readonly GPU: new (options: {
    mode: string;
  }) => {
    readonly mode: string;
    createKernel(body: (...inputs: Float32Array[]) => number): {
      setOutput(shape: readonly number[]): (...inputs: Float32Array[]) => Float32Array;
    };
    destroy(): unknown;
  };
}

/** A sentence on the packages that are not there; undefined where all are. */
export function wordOnMissing(names: readonly string[]): string | undefined {
  const missing = names.filter((name) => fileOf(name) === undefined);
  if (missing.length === 0) return undefined;
  return `Not found: ${missing.join(', ')}. Install it, here or in a folder that NODE_PATH names, to compare.`;
}

function fileOf(name: string): string | undefined {
  try {
    return resolve(name);
  } catch {
    return undefined;
  }
}
