import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getCompiler, loadWasmModule } from 'qsharp-lang';
import { controlled, type Operation, op } from '../../../circuits/circuit.js';
import type { GateName } from '../../../circuits/gates.js';
import { identity, type Matrix } from '../../../circuits/matrix.js';
import { applyOperation } from '../unitary.js';

/** Microsoft's Quantum Development Kit as an independent reader of OpenQASM 3. */
export async function loadQdk(): Promise<(program: string) => Promise<string>> {
  const entry = createRequire(import.meta.url).resolve('qsharp-lang');
  const wasm = readFileSync(join(dirname(entry), '../lib/web/qsc_wasm_bg.wasm'));
  await loadWasmModule(new Uint8Array(wasm).buffer);
  const compiler = await getCompiler();
  return async (program) => {
    try {
      return await compiler.getQir({
        sources: [['program.qasm', program]],
        languageFeatures: [],
        projectType: 'openqasm',
        profile: 'adaptive_ri',
      });
    } catch (error) {
      throw new Error((error as { message?: string }).message ?? String(error));
    }
  };
}

/** The QIR instructions of the compiler's output as operations of ours. */
export function readQir(qir: string): Operation[] {
  const operations: Operation[] = [];
  for (const [, name, suffix, list] of qir.matchAll(/call void @__quantum__qis__(\w+?)__(body|adj)\((.*)\)/g)) {
    const angles = [...list.matchAll(/double ([-+.\de]+)/g)].map(([, text]) => Number(text));
    const qubits = [...list.matchAll(/i64 (\d+) to %Qubit/g)].map(([, text]) => Number(text));
    if (name === 'm') continue;
    const controls = /^c+(?=[xyz]$)/.exec(name)?.[0].length ?? 0;
    const base = `${name.slice(controls)}${suffix === 'adj' ? 'dg' : ''}` as GateName;
    operations.push(controlled(op(base, qubits.slice(controls), ...angles), ...qubits.slice(0, controls)));
  }
  return operations;
}

/**
 * The unitary of operations on the first `numQubits` of more qubits, the others starting and ending in |0⟩; throws unless
 * they end there.
 */
export function unitaryWithAncillas(operations: readonly Operation[], numQubits: number): Matrix {
  const used = operations.flatMap(({ targets, controls }) => [...targets, ...controls.map(({ qubit }) => qubit)]);
  const width = Math.max(numQubits, ...used.map((qubit) => qubit + 1));
  const size = 2 ** numQubits;
  const start = new Float64Array(2 * 2 ** width * size);
  start.set(identity(size));
  const end = operations.reduce<Matrix>((columns, operation) => applyOperation(operation, columns, width), start);
  const outside = end.subarray(2 * size * size).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (outside > 1e-9) throw new Error(`qubits beyond ${numQubits} do not return to |0⟩: amplitude ${outside}`);
  return end.slice(0, 2 * size * size);
}
