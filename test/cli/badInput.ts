/** A table in the folder of the test. */
export const TABLE = 'TABLE';
/** The results of a training, and a folder without any. */
export const RESULTS = 'RESULTS';
export const NOTHING = 'NOTHING';
/** The results of a multilayer perceptron, whose nodes hold no circuits and whose layers no edges. */
export const PERCEPTRON = 'PERCEPTRON';
/** A circuit of one qubit with the parameter a and the data x. */
export const CIRCUIT = 'CIRCUIT';

const train = (...args: string[]): string[] => ['train', '--function', 'x1', '--out', NOTHING, ...args];

const transpile = (...args: string[]): string[] => ['transpile', CIRCUIT, '--target', 'iqm', ...args];

/** Command lines that are wrong, and the line that each must print. The words in capitals stand for paths. */
export const badInput: readonly { args: string[]; message: string | RegExp }[] = [
  { args: ['trian'], message: "daruan: unknown command 'trian' (Did you mean train?) See --help." },
  { args: train('--width-2'), message: "daruan: unknown option '--width-2' (Did you mean --width?) See --help." },
  { args: ['train', '--function'], message: "daruan: option '--function <expression>' argument missing. See --help." },
  { args: ['predict'], message: "daruan: missing required argument 'folder'. See --help." },
  { args: train('extra'), message: "daruan: too many arguments for 'train'. Expected 0 arguments but got 1" },
  { args: ['train'], message: 'daruan: train: there is nothing to learn. Give either --function' },
  { args: train('--data', TABLE), message: 'daruan: train: both --function and --data are given.' },
  { args: ['train', '--data', TABLE], message: 'daruan: train: no column is to be predicted. Name it' },
  { args: train('--target', 'y'), message: 'daruan: --target: it belongs to --data, which is not given.' },
  { args: train('--steps', 'many'), message: 'daruan: --steps: expected an integer ≥ 1, got "many".' },
  { args: train('--steps', '1,2'), message: 'daruan: --steps: expected one number with --optimizer lbfgs, got "1,2".' },
  { args: train('--reps', '2.5'), message: 'daruan: --reps: expected an integer in 1 … 1000, got "2.5".' },
  { args: train('--width', '1,0,1'), message: 'daruan: --width: expected an integer ≥ 1, got "0".' },
  { args: train('--width', '1'), message: 'daruan: --width: expected at least two numbers of nodes, got [1].' },
  {
    args: train('--width', '1,3,2'),
    message: 'daruan: --width: expected to end with 1, one node for each of y, got 2.',
  },
  { args: train('--range', '1'), message: 'daruan: --range: expected low,high, got "1".' },
  { args: train('--range', '1,-1'), message: 'daruan: --range: expected low below high, got "1,-1".' },
  { args: train('--range', '0,'), message: 'daruan: --range: expected a number, got "".' },
  {
    args: train('--ansatz', 'qz'),
    message: 'daruan: --ansatz: expected one of "pz", "rpz", "px", "real", "mix", got "qz".',
  },
  {
    args: train('--layer', 'cnn'),
    message: 'daruan: --layer: expected one of "qkan", "kan", "hqkan", "mlp", got "cnn".',
  },
  {
    args: train('--layer', 'kan', '--reps', '2'),
    message: 'daruan: --reps: --layer kan has no use for it. It belongs to --layer qkan, hqkan.',
  },
  { args: train('--grid', '3'), message: 'daruan: --grid: --layer qkan has no use for it. It belongs to --layer kan.' },
  {
    args: train('--layer', 'kan', '--basis', 'fourier', '--grid', '3'),
    message: 'daruan: --grid: --basis fourier has no use for it. It belongs to --basis bspline, relu, af.',
  },
  {
    args: train('--layer', 'kan', '--basis', 'haar'),
    message: 'daruan: --basis: expected one of "bspline", "fourier", ',
  },
  {
    args: train('--layer', 'kan', '--grid', '0'),
    message: 'daruan: --grid: expected an integer in 1 … 10000, got "0".',
  },
  {
    args: train('--layer', 'kan', '--degree', '99'),
    message: 'daruan: bspline: expected degree to be an integer in 1 … 10, got 99.',
  },
  {
    args: train('--layer', 'kan', '--grid-range', '1,0'),
    message: 'daruan: bspline: expected range to be [low, high] with low < high, got [1, 0].',
  },
  { args: train('--layer', 'kan', '--grid-range', '1'), message: 'daruan: --grid-range: expected low,high, got "1".' },
  {
    args: train('--layer', 'mlp', '--regularisation', '0.1'),
    message: 'daruan: --regularisation: layers of the kind mlp have no edges to penalise. Leave it out.',
  },
  {
    args: train('--layer', 'mlp', '--activation', 'mish'),
    message: 'daruan: --activation: expected one of "silu", "gelu", ',
  },
  {
    args: train('--layer', 'hqkan', '--latent', '0'),
    message: 'daruan: --latent: expected an integer ≥ 1, got "0".',
  },
  { args: train('--optimizer', 'sgd'), message: 'daruan: --optimizer: expected one of "lbfgs", "adam", "adam+lbfgs"' },
  { args: train('--learning-rate', '0'), message: 'daruan: --learning-rate: expected a number > 0, got "0".' },
  { args: train('--batch-size', '8'), message: 'daruan: --batch-size: L-BFGS uses all samples at once.' },
  { args: train('--test-fraction', '1'), message: 'daruan: --test-fraction: nothing is left to train on.' },
  { args: train('--regularisation', '-1'), message: 'daruan: --regularisation: expected a number ≥ 0, got "-1".' },
  { args: train('--seed', '-1'), message: 'daruan: --seed: expected an integer in 0 … 4294967295, got "-1".' },
  {
    args: train('--measurement', 'z'),
    message: 'daruan: --measurement: expected one of "expectation", "amplitude", got "z".',
  },
  { args: train('--backend', 'cuda'), message: 'daruan: selectBackend: there is no backend "cuda". Choose one of' },
  {
    args: train('--ansatz', 'px', '--outside-domain', 'throw', '--range', '-2,2', '--samples', '20'),
    message: /^daruan: .*(\[−1, 1\]|\[-1, 1\]|acos|≤ 1).*$/m,
  },
  {
    args: ['train', '--function', '1/x1', '--out', NOTHING],
    message: 'daruan: createDataset: the target "1/x1" is Infinity at x = 0. Choose a range in which it is finite.',
  },
  {
    args: ['train', '--function', 'x1 + y', '--out', NOTHING],
    message: 'daruan: formula: "x1 + y" speaks of y, which is not defined. The input is x.',
  },
  {
    args: ['train', '--data', `${NOTHING}.csv`, '--target', 'y'],
    message: /^daruan: file: there is no file ".*\.csv"\. Check its name\.$/m,
  },
  {
    args: ['train', '--data', TABLE, '--target', 'z'],
    message: 'daruan: table: there is no column "z". The columns are "a", "b", "y".',
  },
  { args: ['train', '--resume', NOTHING], message: /^daruan: file: there is no file ".*checkpoint\.json"\./m },
  {
    args: ['train', '--resume', RESULTS, '--reps', '3'],
    message: 'daruan: --reps: a resumed training has the options that it began with.',
  },
  { args: ['predict', RESULTS], message: 'daruan: predict: there is not one source of points.' },
  { args: ['predict', NOTHING, '--input', '1'], message: /^daruan: file: there is no file ".*summary\.json"\./m },
  {
    args: ['predict', RESULTS, '--input', '1'],
    message: 'daruan: --input: expected 2 number(s), for a, b, got "1".',
  },
  { args: ['predict', RESULTS, '--input', '1,x'], message: 'daruan: --input: expected a number, got "x".' },
  { args: ['prune', NOTHING], message: /^daruan: file: there is no file ".*summary\.json"\./m },
  {
    args: ['prune', PERCEPTRON],
    message:
      'daruan: prune: the network was trained with --layer mlp, which has no edges that are functions of one input.',
  },
  {
    args: ['prune', RESULTS, '--node-threshold', '-1'],
    message: 'daruan: --node-threshold: expected a number ≥ 0, got "-1".',
  },
  {
    args: ['prune', RESULTS, '--edge-threshold', '9', '--out', NOTHING],
    message: /^daruan: prune: nothing is left of the layer ".*" and its 6 edges\. Lower the thresholds/m,
  },
  {
    args: ['prune', RESULTS, '--out', RESULTS],
    message: 'daruan: --out: the network would replace the one that it is made from. Choose another folder.',
  },
  {
    args: ['prune', RESULTS, '--data', `${NOTHING}.csv`, '--out', NOTHING],
    message: /^daruan: file: there is no file ".*\.csv"\./m,
  },
  { args: ['formula', NOTHING], message: /^daruan: file: there is no file ".*summary\.json"\./m },
  {
    args: ['formula', PERCEPTRON],
    message: 'daruan: formula: the network was trained with --layer mlp, which has no edges that are functions',
  },
  {
    args: ['formula', RESULTS, '--digits', '0'],
    message: 'daruan: --digits: expected an integer in 1 … 17, got "0".',
  },
  {
    args: ['formula', RESULTS, '--library', 'sin,cosh'],
    message: 'daruan: --library: expected one of "constant", "linear", "square", ',
  },
  {
    args: ['formula', RESULTS, '--exact', '--data', TABLE],
    message: 'daruan: --data: nothing is fitted with --exact. Leave one of them out.',
  },
  { args: ['export', RESULTS, '--format', 'onnx'], message: 'daruan: export: ONNX is no text for stdout. Name a file' },
  {
    args: ['export', RESULTS, '--format', 'onnx', '--layer', '0', '--out', NOTHING],
    message: 'daruan: --layer: ONNX holds the whole network. Leave it out.',
  },
  {
    args: ['export', CIRCUIT, '--format', 'onnx', '--out', NOTHING],
    message: 'daruan: --format: onnx holds networks. Name a folder of results.',
  },
  {
    args: ['export', NOTHING, '--format', 'onnx', '--out', NOTHING],
    message: /^daruan: file: there is no file ".*summary\.json"\./m,
  },
  { args: ['export', RESULTS], message: 'daruan: export: 9 circuits are chosen, but stdout holds one.' },
  {
    args: ['export', RESULTS, '--layer', '2'],
    message: 'daruan: --layer: there is no layer 2. They count from 0 to 1.',
  },
  {
    args: ['export', RESULTS, '--layer', '1', '--input', '9'],
    message: 'daruan: --input: there is no input 9. They count from 0 to 2.',
  },
  {
    args: ['export', RESULTS, '--format', 'qasm'],
    message: 'daruan: --format: expected one of "qasm3", "qasm2", "braket", "quil", "ionq", "ionq-native", "cirq", ',
  },
  { args: ['export', NOTHING, '--layer', '0'], message: /^daruan: loadModel: no model can be read from/m },
  { args: ['export', CIRCUIT, '--layer', '0'], message: 'daruan: --layer: the source is no network.' },
  { args: ['export', CIRCUIT, '--set', 'c=1'], message: 'daruan: bind: the circuit has no symbol "c".' },
  {
    args: ['export', CIRCUIT, '--format', 'ionq'],
    message: 'daruan: toIonq: the format holds numbers alone, and x, a have none. Give values with bind()',
  },
  { args: ['import', CIRCUIT], message: /^daruan: import: ".*\.json" is a circuit already\. Name a \*\.qasm file\.$/m },
  { args: ['import', `${NOTHING}.qasm`], message: /^daruan: file: there is no file ".*\.qasm"\./m },
  { args: ['transpile', CIRCUIT], message: "daruan: required option '--target <name>' not specified. See --help." },
  { args: transpile('--target', 'ibm'), message: 'daruan: --target: expected one of "ibm-eagle", "ibm-heron", ' },
  { args: transpile('--coupling', 'line'), message: 'daruan: --coupling: expected line:<n>, ring:<n>, grid:' },
  { args: transpile('--coupling', 'grid:3'), message: 'daruan: --coupling: expected line:<n>, ring:<n>, grid:' },
  { args: transpile('--coupling', '0-0'), message: 'daruan: transpile: coupling: expected pairs of different qubits' },
  { args: transpile('--layout', '0'), message: 'daruan: transpile: initialLayout without a coupling map.' },
  {
    args: transpile('--coupling', 'line:2', '--device', CIRCUIT),
    message: 'daruan: transpile: both --coupling and --device are given. Choose one.',
  },
  { args: transpile('--device', CIRCUIT), message: 'daruan: readProfile: ' },
  { args: ['deploy', NOTHING, '--out', NOTHING], message: "required option '--inputs <file>' not specified" },
  {
    args: ['deploy', NOTHING, '--inputs', TABLE, '--out', NOTHING, '--zne', '0.5'],
    message: 'daruan: --zne: expected a number ≥ 1, got "0.5".',
  },
  {
    args: ['deploy', NOTHING, '--inputs', TABLE, '--out', NOTHING],
    message: /^daruan: file: there is no file ".*summary\.json"\./m,
  },
  { args: ['run-jobs', NOTHING], message: /^daruan: file: there is no file ".*manifest\.json"\./m },
  { args: ['collect', NOTHING], message: /^daruan: file: there is no file ".*manifest\.json"\./m },
  { args: ['spectrum'], message: "daruan: missing required argument 'source'. See --help." },
  { args: ['spectrum', `${NOTHING}.json`], message: /^daruan: file: there is no file ".*\.json"\./m },
  { args: ['spectrum', TABLE], message: /^daruan: file: ".*" is neither \*\.json nor \*\.qasm\. Name a circuit/m },
  { args: ['spectrum', CIRCUIT], message: 'daruan: spectrum: no value for a. Give them with --set, or draw them' },
  {
    args: ['spectrum', CIRCUIT, '--set', 'c=1', '--set', 'a=1'],
    message: 'daruan: drawParameters: there is no parameter "c". They are: a.',
  },
  { args: ['spectrum', CIRCUIT, '--set', 'a'], message: 'daruan: --set: expected name=value, got "a".' },
  { args: ['spectrum', CIRCUIT, '--set', 'a=b'], message: 'daruan: --set: expected a number, got "b".' },
  {
    args: ['spectrum', CIRCUIT, '--samples', '0'],
    message: 'daruan: --samples: expected an integer in 1 … 1000000, got "0".',
  },
  {
    args: ['spectrum', CIRCUIT, '--samples', '5'],
    message: 'daruan: activationSpectrum: the encoding weight of data gate 0 is',
  },
  {
    args: ['spectrum', CIRCUIT, '--set', 'a=1', '--observable', 'ZZ'],
    message: 'daruan: activation: expected an observable of one qubit, got "ZZ".',
  },
  {
    args: ['spectrum', CIRCUIT, '--set', 'a=1', '--set', 'x=1', '--variables', 'y'],
    message: 'daruan: circuitSpectrum: expected variables to name symbols of the circuit (a, x), got "y".',
  },
  {
    args: ['spectrum', CIRCUIT, '--set', 'a=1', '--json', '--csv'],
    message: 'daruan: spectrum: both --json and --csv are given. Choose one.',
  },
  {
    args: ['spectrum', CIRCUIT, '--set', 'a=1', '--layer', '0'],
    message: 'daruan: --layer: the source is no network. It belongs to a folder of results.',
  },
  {
    args: ['spectrum', RESULTS, '--samples', '3'],
    message: 'daruan: --samples: a trained network has all its values. It belongs to a circuit.',
  },
  { args: ['spectrum', RESULTS, '--layer', '5'], message: 'daruan: spectrum: the network has no such edge.' },
  {
    args: ['spectrum', RESULTS, '--plot', `${NOTHING}.svg`],
    message: 'daruan: --plot: 9 spectra are chosen, but a picture shows one.',
  },
  {
    args: ['completion', 'tcsh'],
    message: 'daruan: completion: expected one of "bash", "zsh", "fish", got "tcsh".',
  },
  { args: ['draw', 'qz'], message: 'daruan: file: "qz" is neither *.json nor *.qasm. Name a circuit by its suffix.' },
  {
    args: ['draw', 'pz', '--qubits', '2'],
    message: 'daruan: --qubits: "pz" has no such size. It belongs to an ansatz of several qubits: ring, brick, ising.',
  },
  {
    args: ['draw', CIRCUIT, '--reps', '2'],
    message: /^daruan: --reps: ".*" has no such size\. It belongs to an ansatz: pz, /m,
  },
  {
    args: ['draw', 'pz', '--fold'],
    message: 'daruan: --fold: it belongs to SVG, but the format is text. Add --format svg.',
  },
  { args: ['draw', 'pz', '--format', 'quantikz', '--width', '90'], message: 'daruan: --width: LaTeX decides how wide' },
  {
    args: ['draw', 'pz', '--format', 'svg', '--width', '90'],
    message: 'daruan: circuitSvg: expected width of at least 320 pixels, got 90.',
  },
  {
    args: ['draw', 'pz', '--out', `${NOTHING}/a.svg`],
    message: /^daruan: file: ".*a\.svg" cannot be written: ENOENT/m,
  },
  {
    args: ['plot', PERCEPTRON, '--kind', 'network'],
    message:
      'daruan: plot: the network was trained with --layer mlp, which has no edges that are functions of one input. Train one with --layer qkan or kan.',
  },
  {
    args: ['plot', PERCEPTRON, '--kind', 'bloch'],
    message:
      'daruan: plot: the network was trained with --layer mlp, which has no quantum circuits. Train one with --layer qkan or hqkan.',
  },
  {
    args: ['plot', PERCEPTRON, '--kind', 'spectrum'],
    message: 'daruan: plot: the network was trained with --layer mlp',
  },
  {
    args: ['export', PERCEPTRON, '--layer', '0'],
    message: 'daruan: export: the network has no quantum circuits. Train one with --layer qkan or hqkan.',
  },
  { args: ['spectrum', PERCEPTRON], message: 'daruan: spectrum: the network has no quantum circuits. Train one' },
  {
    args: ['deploy', PERCEPTRON, '--inputs', TABLE, '--out', NOTHING],
    message: /^daruan: measuredNetwork: the layer ".*" is no QKANLayer\./m,
  },
  { args: ['plot', RESULTS], message: "daruan: required option '--kind <name>' not specified. See --help." },
  {
    args: ['plot', RESULTS, '--kind', 'pie'],
    message:
      'daruan: --kind: expected one of "network", "activation", "loss", "spectrum", "bloch", "growth", got "pie".',
  },
  { args: ['plot', NOTHING, '--kind', 'loss'], message: /^daruan: file: there is no file ".*history\.json"\./m },
  {
    args: ['plot', RESULTS, '--kind', 'loss', '--layer', '0'],
    message: 'daruan: --layer: a picture of the kind loss has no use for it. Leave it out.',
  },
  {
    args: ['plot', RESULTS, '--kind', 'spectrum'],
    message: 'daruan: plot: 9 edges are chosen, but the picture shows one. Choose one with --layer',
  },
  {
    args: ['plot', RESULTS, '--kind', 'activation', '--layer', '7'],
    message: 'daruan: plot: the network has no such edge.',
  },
  {
    args: ['plot', RESULTS, '--kind', 'activation', '--range', '1,0'],
    message: 'daruan: --range: expected low below high, got "1,0".',
  },
  {
    args: ['plot', RESULTS, '--kind', 'growth'],
    message: 'daruan: plot: expected an ansatz (pz, rpz, px, real, mix, ring, brick, ising), got ',
  },
  {
    args: ['plot', 'px', '--kind', 'growth'],
    message: 'daruan: reachableFrequencies: the angle acos(w_0*x + b_0) of operation 2 ("rx") is not affine in "x".',
  },
  {
    args: ['plot', 'pz', '--kind', 'growth', '--qubits', '2'],
    message: 'daruan: --qubits: "pz" has no such size. It belongs to an ansatz of several qubits: ring, brick, ising.',
  },
  { args: ['plot', 'pz', '--kind', 'bloch'], message: 'daruan: plot: no value for x. Give it with --set x=0.5.' },
  {
    args: ['plot', 'pz', '--kind', 'bloch', '--set', 'x=1', '--reps', '1'],
    message:
      'daruan: plot: no value for theta_0_0, theta_0_1, w_0, b_0, theta_1_0, theta_1_1. Give them with --set, or draw them with --seed.',
  },
  {
    args: ['plot', 'pz', '--kind', 'bloch', '--set', 'y=1'],
    message: 'daruan: --set: the circuit has no symbol "y". It has: theta_0_0',
  },
  { args: ['plot', 'pz', '--kind', 'bloch', '--set', 'x'], message: 'daruan: --set: expected name=value, got "x".' },
  {
    args: ['plot', 'pz', '--kind', 'bloch', '--layer', '0'],
    message: 'daruan: --layer: the source is no network. It belongs to a folder of results.',
  },
];
