import type { AnsatzName } from '../../../circuits/ansatz/table.js';
import { type BasisSpec, basisFrom } from '../../basis/table.js';
import { DaruanError, expected } from '../../foundation/errors.js';
import { basisOptions, type LayerName, layerKinds, layerNames } from './layers.js';
import type { activationNames, baseNames, TrainOptions } from './options.js';

interface CircuitSettings {
  readonly ansatz: AnsatzName;
  readonly reps: number;
  readonly measurement: 'expectation' | 'amplitude';
  /** What px does where |w·x + b| > 1; clamp by default, since trained weights leave the domain at once. */
  readonly outsideDomain: 'throw' | 'clamp';
  readonly fixedEncoding: boolean;
  readonly base?: (typeof baseNames)[number];
}

/** What the layers of a network are, as plain data. */
export type LayerSettings =
  | ({ readonly layer: 'qkan' } & CircuitSettings)
  | ({ readonly layer: 'hqkan'; readonly latent?: number } & CircuitSettings)
  | { readonly layer: 'kan'; readonly basis: BasisSpec; readonly base?: (typeof baseNames)[number] }
  | { readonly layer: 'mlp'; readonly activation: (typeof activationNames)[number] };

/** The layers that the options describe; throws if an option belongs to another kind of layer, or to another basis. */
export function layerSettingsFrom(options: TrainOptions): LayerSettings {
  const { layer } = options;
  const own: readonly string[] = layerKinds[layer].options;
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || own.includes(option)) continue;
    const owners = layerNames.filter((name) => (layerKinds[name].options as readonly string[]).includes(option));
    if (owners.length > 0) refuse(option, `--layer ${layer}`, `--layer ${owners.join(', ')}`);
  }
  return make[layer](options);
}

const make: Readonly<Record<LayerName, (options: TrainOptions) => LayerSettings>> = {
  qkan: (options) => ({ layer: 'qkan', ...circuitSettings(options) }),
  hqkan: ({ latent, ...options }) => ({
    layer: 'hqkan',
    ...circuitSettings(options),
    ...(latent !== undefined && { latent }),
  }),
  kan: (options) => ({ layer: 'kan', basis: basisFromOptions(options), ...baseOf(options) }),
  mlp: ({ activation = 'silu' }) => ({ layer: 'mlp', activation }),
};

const baseOf = ({ base }: TrainOptions) => base !== undefined && { base };

function circuitSettings(options: TrainOptions): CircuitSettings {
  const { ansatz = 'pz', reps = 3, measurement = 'expectation', outsideDomain = 'clamp', fixedEncoding } = options;
  return { ansatz, reps, measurement, outsideDomain, fixedEncoding: fixedEncoding ?? false, ...baseOf(options) };
}

/** The basis with the options that are given. Splines follow their samples unless told otherwise: hidden nodes leave any grid. */
function basisFromOptions(options: TrainOptions): BasisSpec {
  const { basis = 'bspline', gridRange } = options;
  if (gridRange && gridRange.length !== 2) throw expected('--grid-range', 'low,high', gridRange.join(','));
  const names: Readonly<Record<string, string>> = basisOptions[basis];
  const spec: Record<string, unknown> = { name: basis, ...(basis === 'bspline' && { outside: 'update' }) };
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (Object.hasOwn(names, option)) spec[names[option]] = value;
    const owners = Object.entries(basisOptions).flatMap(([name, taken]) => (option in taken ? [name] : []));
    if (owners.length > 0 && !owners.includes(basis))
      refuse(option, `--basis ${basis}`, `--basis ${owners.join(', ')}`);
  }
  basisFrom('--basis', spec as BasisSpec); // its own checks
  return spec as BasisSpec;
}

function refuse(option: string, what: string, owners: string): never {
  const flag = `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new DaruanError(flag, `${what} has no use for it`, `It belongs to ${owners}.`);
}
