import { evaluate, substitute, symbol } from '../../circuits/angle/expression.js';
import { parseAngle } from '../../circuits/angle/parse.js';
import { customAnsatz } from '../../circuits/ansatz/custom.js';
import { ansatze, entanglingAnsatze } from '../../circuits/ansatz/table.js';
import { bind, type Circuit, circuit, controlled, gateNamed, op } from '../../circuits/circuit.js';
import { type Gate, gates } from '../../circuits/gates.js';
import { fromJson, toJson } from '../../circuits/json.js';
import { lower } from '../../circuits/lower.js';
import { matrix } from '../../circuits/matrix.js';
import { observable } from '../../circuits/pauli.js';
import { draw } from '../../circuits/text/ascii.js';
import { toCirq } from '../../circuits/text/cirq.js';
import { fromQasm2, fromQasm3 } from '../../circuits/text/fromQasm.js';
import { toIonq } from '../../circuits/text/ionq.js';
import { toQasm2 } from '../../circuits/text/qasm2.js';
import { toQasm3 } from '../../circuits/text/qasm3.js';
import { toQuil } from '../../circuits/text/quil.js';

/** One call with bad input, and the one error that it must give: the whole message, or a pattern of it. */
export interface BadInput {
  readonly name: string;
  readonly run: () => unknown;
  readonly message: string | RegExp;
}

const one: Circuit = circuit({ numQubits: 1, operations: [op('rx', [0], 'theta')] });
const mine: Gate = { ...gates.h, name: 'mine', decomposition: undefined };
const document = { format: 'daruan.circuit', version: 1, numQubits: 2 };
const any = (value: unknown) => value as never;

/** Bad input of every public function of `circuits/`. */
export const badCircuitInput: readonly BadInput[] = [
  {
    name: 'op: a gate that does not exist',
    run: () => op(any('cnot'), [0]),
    message: /^gate: expected a gate of the table \(gphase id x .*\), got "cnot"\. Or pass a Gate of your own\.$/,
  },
  {
    name: 'gateNamed: a name that every object has',
    run: () => gateNamed('constructor'),
    message: /^gate: expected a gate of the table .*, got "constructor"\./,
  },
  {
    name: 'op: too many targets',
    run: () => op('x', [0, 1]),
    message: 'op "x": expected 1 target(s), got 2. Controls are added with controlled().',
  },
  {
    name: 'op: a target that is no list',
    run: () => op('x', any(0)),
    message: 'op "x": expected a list of targets, got 0. Write op("x", [0]).',
  },
  {
    name: 'op: an angle that is missing',
    run: () => op('u', [0], 1, 2),
    message: 'op "u": expected 3 angle(s), got 2. Pass theta, phi, lambda in radians.',
  },
  {
    name: 'op: an angle too many',
    run: () => op('h', [0], 1),
    message: 'op "h": expected 0 angle(s), got 1. It has none.',
  },
  {
    name: 'op: NaN as angle',
    run: () => op('rx', [0], Number.NaN),
    message: 'op "rx": expected a finite angle in radians, got NaN.',
  },
  {
    name: 'op: an object that is no expression as angle',
    run: () => op('rx', [0], any({ kind: 'call', function: 'gamma', argument: { kind: 'number', value: 1 } })),
    message:
      'op "rx": expected an angle, a number in radians or an expression, got an object with keys [kind, function, argument]. Use symbol("theta") or parseAngle("2*theta + pi/2").',
  },
  {
    name: 'circuit: no qubits',
    run: () => circuit({ numQubits: 0, operations: [] }),
    message: 'circuit: expected numQubits to be an integer in 1 … 30, got 0.',
  },
  {
    name: 'circuit: no operations',
    run: () => circuit(any({ numQubits: 1 })),
    message: 'circuit: expected operations to be a list, got undefined. Make them with op().',
  },
  {
    name: 'circuit: an operation that is none',
    run: () => circuit({ numQubits: 1, operations: [any({ gate: 'x', qubits: [0] })] }),
    message: 'circuit: expected operation 0 to be made by op(), got an object with keys [gate, qubits].',
  },
  {
    name: 'circuit: a target out of range',
    run: () => circuit({ numQubits: 3, operations: [op('x', [3])] }),
    message: 'circuit: operation 0 ("x") targets qubit 3, but numQubits is 3. Qubits count from 0.',
  },
  {
    name: 'circuit: a control out of range',
    run: () => circuit({ numQubits: 1, operations: [controlled(op('x', [0]), -1)] }),
    message: 'circuit: operation 0 ("x") is controlled by qubit -1, but numQubits is 1. Qubits count from 0.',
  },
  {
    name: 'circuit: a qubit used twice',
    run: () => circuit({ numQubits: 2, operations: [controlled(op('x', [0]), 0)] }),
    message: 'circuit: operation 0 ("x") uses qubit 0 twice. Targets and controls must all differ.',
  },
  {
    name: 'circuit: a control value of 2',
    run: () => circuit({ numQubits: 2, operations: [controlled(op('x', [0]), { qubit: 1, value: any(2) })] }),
    message: 'circuit: expected operation 0 ("x") with control values 0 or 1, got 2.',
  },
  {
    name: 'circuit: a data slot with a bracket',
    run: () => circuit({ numQubits: 1, operations: [], data: ['x[0]'] }),
    message:
      'symbol: expected a name of letters, digits and underscores, got "x[0]". Write theta_0 rather than theta[0].',
  },
  {
    name: 'bind: a symbol that the circuit lacks',
    run: () => bind(one, { phi: 1 }),
    message: 'bind: the circuit has no symbol "phi". It has: theta.',
  },
  {
    name: 'bind: an infinite value',
    run: () => bind(one, { theta: Number.POSITIVE_INFINITY }),
    message: 'bind: expected a finite angle in radians, got Infinity.',
  },
  {
    name: 'symbol: the name of a constant',
    run: () => symbol('pi'),
    message: 'symbol: "pi" is the name of a constant, function or operator. Choose another name.',
  },
  {
    name: 'symbol: a word that the grammar reads as an operator',
    run: () => symbol('mod'),
    message: 'symbol: "mod" is the name of a constant, function or operator. Choose another name.',
  },
  {
    name: 'parseAngle: no text',
    run: () => parseAngle('  '),
    message: 'parseAngle: expected an expression as text, got "  ". Write for example "2*theta + pi/2".',
  },
  {
    name: 'parseAngle: half an expression',
    run: () => parseAngle('2*theta +'),
    message: /^parseAngle: "2\*theta \+" is no expression: .*\. Write for example "2\*theta \+ pi\/2"\.$/,
  },
  {
    name: 'parseAngle: a function that it does not know',
    run: () => parseAngle('gamma(x)'),
    message: /^parseAngle: "gamma\(x\)" uses gamma, which an angle cannot contain\. Use \+ - \* \/ \^ and sin, cos, /,
  },
  {
    name: 'parseAngle: a comparison',
    run: () => parseAngle('x < 2'),
    message: /^parseAngle: "x < 2" uses <, which an angle cannot contain\. Use /,
  },
  {
    name: 'parseAngle: a constant that is not finite',
    run: () => parseAngle('1/0'),
    message: 'parseAngle "1/0": expected a finite angle in radians, got Infinity.',
  },
  {
    name: 'evaluate: a symbol without value',
    run: () => evaluate(parseAngle('w*x'), { w: 1 }),
    message: 'evaluate: symbol "x" has no value. Bind every symbol to a number.',
  },
  {
    name: 'evaluate: a domain error',
    run: () => evaluate(parseAngle('acos(x)'), { x: 2 }),
    message: 'evaluate: expected an angle with a finite value, got NaN. Look for a division by 0 or a domain error.',
  },
  {
    name: 'substitute: a division by 0',
    run: () => substitute(parseAngle('1/x'), { x: 0 }),
    message:
      'evaluate: expected an angle with a finite value, got Infinity. Look for a division by 0 or a domain error.',
  },
  {
    name: 'observable: a letter that is no Pauli matrix',
    run: () => observable('ZA'),
    message:
      'observable: expected a Pauli word of I, X, Y and Z, got "ZA". Character j acts on qubit j: "IZ" is Z on qubit 1.',
  },
  {
    name: 'observable: a coefficient that is not finite',
    run: () => observable([['Z', Number.NaN]]),
    message: 'observable: expected coefficient of "Z" to be a finite number, got NaN.',
  },
  {
    name: 'observable: a number',
    run: () => observable(any(3)),
    message:
      'observable: expected a Pauli word, a list of [word, coefficient], or { terms }, got 3. Write "Z" or [["ZZ", 0.5]].',
  },
  {
    name: 'matrix: rows of the wrong length',
    run: () => matrix([[1, 0], [0]]),
    message: 'matrix: expected as many columns as rows, got "2 rows, 3 entries".',
  },
  {
    name: 'ansatz: no repetition',
    run: () => ansatze.pz.circuit(0),
    message: 'ansatz "pz": expected reps to be an integer ≥ 1, got 0.',
  },
  {
    name: 'entangling ansatz: too few qubits',
    run: () => entanglingAnsatze.brick.circuit(1, 2),
    message: 'ansatz "brick": expected numQubits to be an integer in 2 … 30, got 1.',
  },
  {
    name: 'customAnsatz: a circuit without data',
    run: () => customAnsatz(one),
    message: 'customAnsatz: expected a circuit of one data slot, got []. Name it in circuit({ data: ["x"], … }).',
  },
  {
    name: 'lower: a gate that says neither generator nor decomposition',
    run: () => lower(circuit({ numQubits: 1, operations: [op(mine, [0])] })),
    message: 'lower: gate "mine" has neither a generator nor a decomposition. Give your gate one of the two.',
  },
  {
    name: 'toQasm3: the same',
    run: () => toQasm3(circuit({ numQubits: 1, operations: [op(mine, [0])] })),
    message: 'lower: gate "mine" has neither a generator nor a decomposition. Give your gate one of the two.',
  },
  {
    name: 'draw: too narrow',
    run: () => draw(one, { width: 5 }),
    message: 'draw: expected width to be an integer ≥ 20, got 5.',
  },
  {
    name: 'toJson: a gate of the user',
    run: () => toJson(circuit({ numQubits: 1, operations: [op(mine, [0])] })),
    message:
      'toJson: operation 0 has a gate of your own, "mine", which a file cannot hold. Replace it by its decomposition.',
  },
  {
    name: 'fromJson: text that is no JSON',
    run: () => fromJson('OPENQASM 3.0;'),
    message: /^fromJson: the text is no JSON: /,
  },
  {
    name: 'fromJson: a later version',
    run: () => fromJson({ ...document, version: 9, operations: [] }),
    message: 'fromJson: version: expected 1, got 9. A newer version of daruan may read it.',
  },
  {
    name: 'fromJson: a key that is missing',
    run: () => fromJson(document),
    message: 'fromJson: expected the key "operations", got an object with keys [format, version, numQubits].',
  },
  {
    name: 'fromJson: a misspelt key',
    run: () => fromJson({ ...document, operations: [{ gate: 'x', targets: [0], control: [1] }] }),
    message: 'fromJson: operations[0]: unknown key "control". Known: gate, targets, angles, controls.',
  },
  {
    name: 'fromJson: an angle that does not parse',
    run: () => fromJson({ ...document, operations: [{ gate: 'rx', targets: [0], angles: ['2*('] }] }),
    message: /^fromJson: operations\[0\]\.angles\[0\]: "2\*\(" is no expression: /,
  },
  {
    name: 'toQasm2: unbound symbols',
    run: () => toQasm2(one),
    message:
      'toQasm2: the format holds numbers alone, and theta has none. Give values with bind(), or write OpenQASM 3.',
  },
  {
    name: 'toIonq: no shots',
    run: () => toIonq(circuit({ numQubits: 1, operations: [] }), { shots: 0 }),
    message: 'toIonq: expected shots to be an integer ≥ 1, got 0.',
  },
  {
    name: 'toIonq: a gate that is no pulse',
    run: () => toIonq(circuit({ numQubits: 1, operations: [op('h', [0])] }), { gateset: 'native' }),
    message: 'toIonq: operation 0 ("h") is no native gate of IonQ. Transpile to ionq-aria or ionq-forte first.',
  },
  {
    name: 'toIonq: a pulse that entangles too much',
    run: () => toIonq(circuit({ numQubits: 2, operations: [op('ms', [0, 1], 0, 0, 2)] }), { gateset: 'native' }),
    message: 'toIonq: expected operation 0 ("ms") to entangle by 0 … π/2, got 2.',
  },
  {
    name: 'toIonq: a gate set that does not exist',
    run: () => toIonq(circuit({ numQubits: 1, operations: [] }), { gateset: any('pulses') }),
    message: 'toIonq: expected gateset to be one of "qis", "native", got "pulses".',
  },
  {
    name: 'toQuil: a function that Quil lacks',
    run: () => toQuil(circuit({ numQubits: 1, operations: [op('rx', [0], 'acos(x)')] })),
    message: 'toQuil: Quil has no function acos. Bind its argument, or make it a symbol.',
  },
  {
    name: "toCirq: a function that Cirq's JSON lacks",
    run: () => toCirq(circuit({ numQubits: 1, operations: [op('rx', [0], 'acos(x)')] })),
    message:
      "toCirq: Cirq's JSON has no function acos of symbols. Bind the symbols of its argument, or make the whole a symbol.",
  },
  {
    name: 'toQasm2: a gate of the user that says nothing of itself',
    run: () => toQasm2(circuit({ numQubits: 1, operations: [op(mine, [0])] })),
    message: /^lower: gate "mine" has neither a generator nor a decomposition\./,
  },
  {
    name: 'fromQasm2: no text',
    run: () => fromQasm2(any(undefined)),
    message: 'fromQasm2: expected the text of a program, got undefined. Pass what the file holds.',
  },
  {
    name: 'fromQasm2: an operand that does not exist',
    run: () => fromQasm2('OPENQASM 2.0;\nqreg q[2];\nCX q[0], q[2];'),
    message: 'fromQasm2: line 3, column 10: "q[2]" does not exist: the register has size 2. Indices count from 0.',
  },
  {
    name: 'fromQasm3: a statement that the reader does not know',
    run: () => fromQasm3('def f() { }'),
    message: 'fromQasm3: line 1, column 1: "def" is not supported. Write it out in gates, loops and conditions.',
  },
];
