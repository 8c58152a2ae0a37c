import type { DeviceProfile, QubitProfile } from './profile.js';

/** T1 and T2 in µs, errors of reading 0 and 1, error of a one-qubit gate. */
type Row = readonly [t1: number, t2: number, p01: number, p10: number, gateError: number];

const qubit =
  (gateDuration: number) =>
  ([t1, t2, p01, p10, gateError]: Row): QubitProfile => ({ t1, t2, readout: { p01, p10 }, gateError, gateDuration });

/** Twenty transmons in a row. */
const transmonRows: readonly Row[] = [
  [165, 141, 0.0099, 0.026, 0.00014],
  [149, 101, 0.018, 0.023, 0.00035],
  [151, 76.1, 0.0071, 0.012, 0.00026],
  [142, 153, 0.0083, 0.015, 0.00049],
  [139, 144, 0.021, 0.028, 0.0002],
  [134, 179, 0.022, 0.04, 0.00028],
  [174, 164, 0.0068, 0.018, 0.00019],
  [146, 84, 0.0067, 0.014, 0.00019],
  [107, 105, 0.0085, 0.014, 0.00014],
  [158, 133, 0.018, 0.031, 0.00022],
  [113, 109, 0.0078, 0.018, 0.00016],
  [191, 107, 0.013, 0.025, 0.00024],
  [164, 159, 0.013, 0.021, 0.00061],
  [301, 107, 0.013, 0.025, 0.00058],
  [141, 120, 0.0062, 0.015, 0.00044],
  [245, 108, 0.0097, 0.02, 0.00039],
  [250, 166, 0.0078, 0.011, 7e-5],
  [202, 104, 0.0075, 0.015, 0.00033],
  [144, 161, 0.0079, 0.019, 0.00019],
  [160, 204, 0.0055, 0.011, 0.00025],
];

/** Seven transmons of an earlier generation, hard to read. */
const earlyRows: readonly Row[] = [
  [67.8, 43.6, 0.043, 0.093, 0.0013],
  [47.7, 50.2, 0.051, 0.1, 0.0018],
  [77.2, 61.2, 0.036, 0.083, 0.0033],
  [90.4, 103, 0.036, 0.086, 0.00075],
  [41.5, 66.1, 0.045, 0.077, 0.00073],
  [70.7, 47.7, 0.029, 0.073, 0.0013],
  [55.6, 52.4, 0.031, 0.046, 0.0013],
];

/** Errors of the two-qubit gates between neighbours. */
const transmonPairs = [
  0.0039, 0.0068, 0.0042, 0.0028, 0.0061, 0.003, 0.0047, 0.0053, 0.0043, 0.0033, 0.0025, 0.0033, 0.0043, 0.0042, 0.0041,
  0.0085, 0.0036, 0.0037, 0.0055,
];
const earlyPairs = [0.017, 0.019, 0.02, 0.0072, 0.016, 0.0095];

const NOTE = 'Invented numbers of a typical size; no device was measured.';
const virtualGates = ['id', 'rz', 'p', 'z', 's', 'sdg', 't', 'tdg'];

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

const transmon: DeviceProfile = {
  format: 'daruan.device',
  version: 1,
  name: 'typical-transmon',
  note: NOTE,
  qubits: transmonRows.map(qubit(25)),
  couplings: transmonPairs.map((gateError, k) => ({ qubits: [k, k + 1], gateError, gateDuration: 70 })),
  virtualGates,
};

const early: DeviceProfile = {
  format: 'daruan.device',
  version: 1,
  name: 'typical-transmon-early',
  note: NOTE,
  qubits: earlyRows.map(qubit(50)),
  couplings: (
    [
      [0, 1],
      [1, 2],
      [1, 3],
      [3, 5],
      [4, 5],
      [5, 6],
    ] as const
  ).map((qubits, k) => ({
    qubits,
    gateError: earlyPairs[k],
    gateDuration: 350,
  })),
  virtualGates,
};

/** Twelve ions, each pair joined: ten seconds of T1, slow gates. */
const ions: DeviceProfile = {
  format: 'daruan.device',
  version: 1,
  name: 'typical-ions',
  note: NOTE,
  qubits: range(12).map((k) => qubit(135_000)([1e7, 1e6, 0.002 + 0.0002 * k, 0.004 + 0.0003 * k, 4e-4 + 2e-5 * k])),
  couplings: range(12).flatMap((b) =>
    range(b).map((a) => ({ qubits: [a, b] as const, gateError: 0.005 + 0.0003 * (b - a), gateDuration: 600_000 })),
  ),
  virtualGates,
};

/** Devices to try things on, by name. Their numbers are invented: of a typical size, but measured on no device. */
export const exampleProfiles = {
  'typical-transmon': transmon,
  'typical-transmon-early': early,
  'typical-ions': ions,
} as const satisfies Record<string, DeviceProfile>;

export type ExampleProfileName = keyof typeof exampleProfiles;
