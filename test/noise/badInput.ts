import { circuit, op } from '../../circuits/circuit.js';
import { identity } from '../../circuits/matrix.js';
import { collect } from '../../src/deploy/collect.js';
import { readCounts } from '../../src/deploy/counts.js';
import { deploy } from '../../src/deploy/deploy.js';
import { fineTune } from '../../src/deploy/fineTune.js';
import { simulateJobs } from '../../src/deploy/simulateJobs.js';
import { Random } from '../../src/foundation/random.js';
import { extrapolate } from '../../src/mitigation/extrapolate.js';
import { fold } from '../../src/mitigation/fold.js';
import { groupWords, measurementCircuit } from '../../src/mitigation/grouping.js';
import { mitigateReadout } from '../../src/mitigation/readout.js';
import { shotExpectation } from '../../src/mitigation/shotExpectation.js';
import { channel } from '../../src/noise/channel.js';
import { amplitudeDamping, depolarising, thermalRelaxation } from '../../src/noise/channels.js';
import { densityMatrix } from '../../src/noise/density.js';
import { exampleProfiles } from '../../src/noise/exampleProfiles.js';
import { noisyExpectation } from '../../src/noise/noisy.js';
import { readProfile } from '../../src/noise/profile.js';
import { confuse } from '../../src/noise/readout.js';
import { sampleNoisy } from '../../src/noise/sampleNoisy.js';
import { scheduleOn } from '../../src/noise/schedule.js';
import { trajectoryExpectation } from '../../src/noise/trajectories.js';
import { randomLayer } from '../deploy/randomLayer.js';

const any = (value: unknown) => value as never;
const one = circuit({ numQubits: 1, operations: [op('ry', [0], 'a')] });
const profile = exampleProfiles['typical-transmon-early'];
const qubit = profile.qubits[0];
const withQubit = (changes: object) => ({ ...profile, couplings: [], qubits: [{ ...qubit, ...changes }] });
const layer = randomLayer(new Random(1), 'pz', 2, 1);
const { manifest, files } = deploy([layer], [0.1, 0.2], { packing: 2 });
const counts = { 'round-1/job-0001': { '00': 5, '11': 5 } };

/** Bad input of noise, mitigation and deployment. */
export const badInput: readonly { name: string; run: () => unknown; message: string | RegExp }[] = [
  {
    name: 'channel: no operators',
    run: () => channel([]),
    message: 'channel "channel": expected a list of Kraus operators',
  },
  {
    name: 'channel: operators of three qubits',
    run: () => channel([identity(8)]),
    message: 'expected matrices of 2 or 4 rows, got an array of length 128.',
  },
  {
    name: 'channel: operators of different sizes',
    run: () => channel([identity(2), identity(4)]),
    message: 'expected all operators of shape [2, 2, 2]',
  },
  {
    name: 'channel: a trace that grows',
    run: () => channel([identity(2), identity(2)], 'double'),
    message: 'channel "double": Σ K†K differs from the identity by 1.0.',
  },
  {
    name: 'channel: NaN',
    run: () => channel([identity(2).map((v, k) => (k === 6 ? Number.NaN : v))]),
    message: 'operator 0[6] to be a finite number, got NaN',
  },
  { name: 'depolarising: too strong', run: () => depolarising(1.4), message: 'depolarising: expected p in [0, 1.33' },
  { name: 'amplitudeDamping: NaN', run: () => amplitudeDamping(Number.NaN), message: 'gamma in [0, 1], got NaN' },
  {
    name: 'thermalRelaxation: T2 beyond 2·T1',
    run: () => thermalRelaxation(1, 10, 21),
    message: 'T2 in (0, 2·T1 = 20], got 21',
  },
  {
    name: 'densityMatrix: too many qubits',
    run: () => densityMatrix(circuit({ numQubits: 15, operations: [] })),
    message: 'densityMatrix: density matrices of 15 qubits × batch 1 do not fit into 4 GiB. Use trajectories',
  },
  {
    name: 'densityMatrix: a rule without channel',
    run: () => densityMatrix(one, { a: 1 }, { noise: { rules: [any({ arity: 1 })] } }),
    message: 'rule 0 of the noise has no channel. Write',
  },
  {
    name: 'noisyExpectation: a value is missing',
    run: () => noisyExpectation(one, 'Z'),
    message: 'noisyExpectation: no value for "a".',
  },
  {
    name: 'sampleNoisy: no readout error for a qubit',
    run: () => sampleNoisy(one, 10, 1, { a: 1 }, { noise: { readout: [] } }),
    message: 'sampleNoisy: expected readout errors of 1 qubit(s), got 0.',
  },
  {
    name: 'sampleNoisy: no such method',
    run: () => sampleNoisy(one, 10, 1, { a: 1 }, { method: any('magic') }),
    message: 'method to be one of "density", "trajectories"',
  },
  {
    name: 'trajectoryExpectation: one trajectory',
    run: () => trajectoryExpectation(one, 'Z', 1, 1, { a: 1 }),
    message: 'count to be an integer ≥ 2, got 1',
  },
  {
    name: 'confuse: no probability',
    run: () => confuse(Float64Array.of(1, 0), [{ p01: 2, p10: 0 }]),
    message: 'p01 of qubit 0 in [0, 1], got 2',
  },
  {
    name: 'shotExpectation: a word too long',
    run: () => shotExpectation(one, 'ZZ', 10, 1, { a: 1 }),
    message: 'observable "ZZ" has 2 letters, but the circuit has 1 qubit(s)',
  },
  {
    name: 'groupWords: no word',
    run: () => groupWords(['ZQ']),
    message: 'groupWords: expected a Pauli word of I, X, Y and Z, got "ZQ"',
  },
  {
    name: 'measurementCircuit: too long a basis',
    run: () => measurementCircuit(one, 'ZZ'),
    message: 'basis "ZZ" has 2 letters',
  },
  {
    name: 'mitigateReadout: a reading that says nothing',
    run: () => mitigateReadout(Float64Array.of(0.5, 0.5), [{ p01: 0.5, p10: 0.5 }]),
    message: 'p01 + p10 < 1 for qubit 0, got 1',
  },
  {
    name: 'mitigateReadout: three frequencies',
    run: () => mitigateReadout(Float64Array.of(1, 0, 0), []),
    message: 'log2 of the number of frequencies',
  },
  { name: 'fold: a scale below 1', run: () => fold(one, 0.5), message: 'fold: expected a scale ≥ 1, got 0.5' },
  {
    name: 'extrapolate: one scale',
    run: () => extrapolate([1], [0.5]),
    message: 'two or more distinct scales, got [1]',
  },
  {
    name: 'extrapolate: values on both sides',
    run: () => extrapolate([1, 3], [0.1, -0.1], 'exponential'),
    message: 'extrapolate: values lie on both sides of the asymptote 0. Use "linear"',
  },
  { name: 'readProfile: no JSON', run: () => readProfile('{'), message: /^readProfile: the text is no JSON: / },
  {
    name: 'readProfile: another format',
    run: () => readProfile({ ...profile, format: 'x' }),
    message: 'readProfile: format: expected "daruan.device", got "x"',
  },
  {
    name: 'readProfile: a misspelt key',
    run: () => readProfile(withQubit({ T1: 3 })),
    message: 'readProfile: qubits[0]: unknown key "T1". Known: readout',
  },
  {
    name: 'readProfile: T2 too long',
    run: () => readProfile(withQubit({ t1: 10, t2: 30 })),
    message: 'readProfile: qubits[0].t2: expected at most 2·T1 = 20 µs, got 30',
  },
  {
    name: 'readProfile: T1 of 0',
    run: () => readProfile(withQubit({ t1: 0 })),
    message: 'qubits[0].t1: expected a time above 0 µs, got 0',
  },
  {
    name: 'readProfile: an error rate of 2',
    run: () => readProfile(withQubit({ gateError: 2 })),
    message: 'qubits[0].gateError: expected a number in 0 … 0.5, got 2',
  },
  {
    name: 'readProfile: a reading that says nothing',
    run: () => readProfile(withQubit({ readout: { p01: 0.6, p10: 0.6 } })),
    message: 'qubits[0].readout: expected p01 + p10 < 1, got 1.2',
  },
  {
    name: 'readProfile: a coupling to nowhere',
    run: () => readProfile({ ...withQubit({}), couplings: [{ qubits: [0, 9], gateError: 0.01 }] }),
    message: 'readProfile: couplings[0].qubits[1]: expected an integer in 0 … 0, got 9',
  },
  {
    name: 'readProfile: a coupling twice',
    run: () => readProfile({ ...profile, couplings: [...profile.couplings, { qubits: [1, 0], gateError: 0.01 }] }),
    message: 'readProfile: couplings[6]: the pair 0-1 occurs twice. Either direction is one pair.',
  },
  {
    name: 'deploy: no network',
    run: () => deploy([], [1]),
    message: 'deploy: expected a network of at least one layer',
  },
  {
    name: 'deploy: inputs that do not fit',
    run: () => deploy([layer], [1, 2, 3]),
    message: 'deploy: expected inputs of shape [samples, 2], 2 numbers, got 3',
  },
  {
    name: 'deploy: NaN',
    run: () => deploy([layer], [1, Number.NaN]),
    message: 'inputs[1] to be a finite number, got NaN',
  },
  {
    name: 'deploy: layers that do not fit',
    run: () => deploy([layer, layer], [1, 2]),
    message: 'deploy: expected 1 inputs of layer 1, the outputs before it, got 2',
  },
  {
    name: 'deploy: a circuit of two qubits',
    run: () => deploy([{ ...layer, circuit: circuit({ numQubits: 2, data: ['x'], operations: [] }) }], [1, 2]),
    message: 'a circuit of one qubit and one data slot in layer 0, got "2 qubit(s), data [x]"',
  },
  {
    name: 'deploy: no such format',
    run: () => deploy([layer], [1, 2], { format: any('pulses') }),
    message: 'format to be one of "qasm3", "qasm2"',
  },
  {
    name: 'deploy: wider than the device',
    run: () => deploy([layer], [1, 2], { profile, packing: 8 }),
    message: 'packing to be an integer in 1 … 7, got 8',
  },
  {
    name: 'deploy: readout of no profile',
    run: () => deploy([layer], [1, 2], { readout: 'profile' }),
    message: 'readout "profile" needs a profile. Pass one',
  },
  {
    name: 'deploy: one scale',
    run: () => deploy([layer], [1, 2], { zne: { scales: [1], method: 'linear', fold: 'global' } }),
    message: 'zne.scales: two or more distinct numbers ≥ 1, got [1]. Write [1, 3, 5].',
  },
  {
    name: 'deploy: px outside its domain',
    run: () => deploy([randomLayer(new Random(1), 'px', 1, 1)], [30]),
    message: /^deploy: the angle acos\(.*\) of operation 2 \("rx"\) is NaN at /,
  },
  {
    name: 'collect: no manifest',
    run: () => collect('[]', {}),
    message: 'readManifest: expected an object with keys format',
  },
  {
    name: 'collect: a later version',
    run: () => collect({ ...manifest, version: 2 }, counts),
    message: 'readManifest: version: expected 1, got 2',
  },
  {
    name: 'deploy: native pulses of IonQ for another device',
    run: () => deploy([layer], [1, 2], { format: 'ionq-native', target: 'iqm' }),
    message:
      'deploy: expected a target of the format "ionq-native", got "iqm". It holds native gates alone: choose ionq-aria or ionq-forte.',
  },
  {
    name: 'scheduleOn: a pair that the device does not join',
    run: () => scheduleOn(profile, circuit({ numQubits: 3, operations: [op('swap', [0, 2])] })),
    message:
      'scheduleOn: the device "typical-transmon-early" has no gate for operation 0 ("swap") on qubits 0, 2. Transpile the circuit for its couplings.',
  },
  {
    name: 'scheduleOn: a gate of unknown duration',
    run: () => scheduleOn(withQubit({ gateDuration: undefined }), one),
    message: 'does not say how long operation 0 ("ry") takes on 0. Give it a gateDuration in nanoseconds',
  },
  {
    name: 'scheduleOn: more qubits than the device has',
    run: () => scheduleOn(withQubit({}), circuit({ numQubits: 2, operations: [] })),
    message: "scheduleOn: expected a layout of 2 different qubits of the device's 1, got ",
  },
  {
    name: 'scheduleOn: one qubit twice',
    run: () => scheduleOn(profile, circuit({ numQubits: 2, operations: [] }), { layout: [3, 3] }),
    message: "scheduleOn: expected a layout of 2 different qubits of the device's 7, got ",
  },
  {
    name: 'scheduleOn: no such start',
    run: () => scheduleOn(profile, one, { start: any('soon') }),
    message: 'scheduleOn: expected start to be one of "late", "early", got "soon"',
  },
  {
    name: 'collect: a path out of the folder',
    run: () => collect({ ...manifest, jobs: [{ ...manifest.jobs[0], file: '../../secret' }] }, counts),
    message: 'readManifest: jobs[0].file: expected a path within the folder',
  },
  {
    name: 'collect: a task that is none',
    run: () => collect({ ...manifest, jobs: [{ ...manifest.jobs[0], tasks: [{ sample: 3 }] }] }, counts),
    message: 'readManifest: jobs[0].tasks[0]: expected the key "output"',
  },
  {
    name: 'collect: counts that are missing',
    run: () => collect(manifest, {}),
    message: 'collect: there are no counts of round-1/job-0001. Run round-1/job-0001.qasm first.',
  },
  {
    name: 'collect: counts of other qubits',
    run: () => collect(manifest, { 'round-1/job-0001': { '000': 5 } }),
    message: 'collect: round-1/job-0001: expected a string of 2 bits, got "000"',
  },
  {
    name: 'readCounts: nothing',
    run: () => readCounts({}, 'ibm', 2, 10),
    message: 'readCounts: nothing was counted. Run the job again.',
  },
  {
    name: 'readCounts: a negative count',
    run: () => readCounts({ '01': -1 }, 'ibm', 2, 10),
    message: 'readCounts: "01": expected a number ≥ 0, got -1',
  },
  {
    name: 'readCounts: bit strings from IonQ',
    run: () => readCounts({ '11': 0.5 }, 'ionq', 2, 10),
    message: 'keys that are integers below 2^2, got "11"',
  },
  {
    name: 'readCounts: not from Braket',
    run: () => readCounts({ '11': 5 }, 'braket', 2, 10),
    message: 'the key "measurementCounts" or "measurements"',
  },
  {
    name: 'simulateJobs: a file is missing',
    run: () => simulateJobs(manifest, {}, { seed: 1 }),
    message: 'simulateJobs: there is no file round-1/job-0001.qasm. Deploy again.',
  },
  {
    name: 'simulateJobs: qubits that the device lacks',
    run: () =>
      simulateJobs({ ...manifest, jobs: [{ ...manifest.jobs[0], deviceQubits: [0, 9] }] }, files, { seed: 1, profile }),
    message:
      'simulateJobs: round-1/job-0001: the device "typical-transmon-early" has no qubit 9. Deploy with its profile.',
  },
  {
    name: 'simulateJobs: a gate that the device lacks',
    run: () => {
      const file = 'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; cx q[0], q[1];';
      const apart = { ...manifest, jobs: [{ ...manifest.jobs[0], deviceQubits: [0, 6] }] };
      return simulateJobs(apart, { [manifest.jobs[0].file]: file }, { seed: 1, profile });
    },
    message:
      'the device "typical-transmon-early" has no gate "x" on qubits 6, 0. Transpile the circuit for its couplings.',
  },
  {
    name: 'fineTune: no device',
    run: () =>
      fineTune([layer], { x: new Float64Array(2), y: new Float64Array(1), samples: 1 }, any({ steps: 1, seed: 1 })),
    message: 'fineTune: expected a device, a function from rounds to counts, got undefined',
  },
];
