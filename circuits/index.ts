/**
 * What a circuit is: pure data and pure functions, nothing larger than one gate's matrix. The public surface of
 * `daruan/circuits`; nothing inside the project imports it.
 */
export type { Affine } from './angle/affine.js';
export { affineIn } from './angle/affine.js';
export type { CompiledAngle } from './angle/differentiate.js';
export { compileAngle } from './angle/differentiate.js';
export type { Angle, BinaryOperator, Expression } from './angle/expression.js';
export { add, evaluate, multiply, negate, substitute, symbol, symbolsOf } from './angle/expression.js';
export type { AngleSpelling } from './angle/format.js';
export { formatAngle } from './angle/format.js';
export type { AngleFunction } from './angle/functions.js';
export { parseAngle } from './angle/parse.js';
export type { Ansatz, AnsatzNames, Reuploading } from './ansatz/ansatz.js';
export { reuploading } from './ansatz/ansatz.js';
export { customAnsatz } from './ansatz/custom.js';
export type { EntanglingAnsatz, EntanglingFamily } from './ansatz/entangling.js';
export { entangling } from './ansatz/entangling.js';
export type { AnsatzName, EntanglingAnsatzName } from './ansatz/table.js';
export { ansatze, entanglingAnsatze } from './ansatz/table.js';
export type { Circuit, Control, Operation } from './circuit.js';
export { append, bind, circuit, compose, controlled, gateNamed, inverse, MAX_QUBITS, op } from './circuit.js';
export type { Gate, GateName, Step } from './gates.js';
export { gates } from './gates.js';
export type { CircuitDocument, OperationDocument } from './json.js';
export { fromJson, toJson } from './json.js';
export type { Keep } from './lower.js';
export { lower, lowerOperation } from './lower.js';
export type { Complex, Matrix } from './matrix.js';
export { conjugateTranspose, distance, distanceUpToPhase, identity, kronecker, matrix, product } from './matrix.js';
export type { Observable, ObservableLike, PauliMasks, PauliWord } from './pauli.js';
export { masks, observable, pauliMatrix, pauliOn } from './pauli.js';
export type { DrawOptions } from './text/ascii.js';
export { draw } from './text/ascii.js';
export type { Qasm3Options } from './text/qasm3.js';
export { toQasm3 } from './text/qasm3.js';
