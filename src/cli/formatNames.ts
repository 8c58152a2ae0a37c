import { keys } from './values.js';

/** What a circuit can be written as. */
export type Format =
  | 'qasm3'
  | 'qasm2'
  | 'braket'
  | 'quil'
  | 'ionq'
  | 'ionq-native'
  | 'cirq'
  | 'qiskit'
  | 'quantikz'
  | 'json';

/** Their names alone, so that help needs no writer. */
export const formatNames = keys<Format>({
  qasm3: true,
  qasm2: true,
  braket: true,
  quil: true,
  ionq: true,
  'ionq-native': true,
  cirq: true,
  qiskit: true,
  quantikz: true,
  json: true,
});
