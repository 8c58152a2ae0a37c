import type { Ansatz } from '../../../circuits/ansatz/ansatz.js';
import { customAnsatz } from '../../../circuits/ansatz/custom.js';
import { type AnsatzName, ansatze } from '../../../circuits/ansatz/table.js';
import { type CircuitDocument, fromJson, toJson } from '../../../circuits/json.js';
import type { OutsideDomain } from '../../activation/layer.js';
import { checkChoice, checkInteger } from '../../foundation/checks.js';
import { expected } from '../../foundation/errors.js';
import { type Route, routes } from '../activation/route.js';
import { type ThetaInitializer, thetaInitializers, type WeightInitializer, weightInitializers } from './initialise.js';
import { fromVerbatim, verbatim } from './verbatim.js';

/** What every layer of quantum activations is told about its circuits. */
export interface ActivationOptions {
  /** A named ansatz, one of your own (`customAnsatz(circuit)`), or its saved form. Default `'pz'`. */
  readonly ansatz?: AnsatzName | Ansatz | SavedAnsatz;
  /** r, the number of data re-uploads. Default 3. */
  readonly reps?: number;
  /** ⟨Z⟩ (`expectation`, default), or |α| − |β| (`amplitude`), which no quantum computer measures. */
  readonly measurement?: 'expectation' | 'amplitude';
  /** What `px` does where |w·x + b| > 1: an error (`throw`, default), or the value at ±1, with slope 0 (`clamp`). */
  readonly outsideDomain?: OutsideDomain;
  /** How activations are evaluated. Default `'auto'`, the cheapest. */
  readonly route?: Route;
  /** Whether the encoding w_l·x + b_l is trained. Default false: w as initialised, b = 0 (`rpz` always trains b). */
  readonly preactivationTrainable?: boolean;
  /** Default `'xavier'`. */
  readonly thetaInitializer?: ThetaInitializer;
  /** Default `'ones'`. */
  readonly weightInitializer?: WeightInitializer;
  /** Seed of the initial values. Default 0. */
  readonly seed?: number;
}

/** A custom ansatz as it is saved with a model. */
export interface SavedAnsatz {
  readonly circuit: CircuitDocument;
  readonly observable: readonly (readonly [word: string, coefficient: number])[];
}

/** `ActivationOptions` checked, with the defaults filled in. */
export type CheckedOptions = Required<Omit<ActivationOptions, 'ansatz'>> & { readonly ansatz: Ansatz };

/** Checks the options and fills in the defaults; `where` names the layer in errors. */
export function checkActivationOptions(where: string, options: ActivationOptions): CheckedOptions {
  const checked = {
    ansatz: ansatzOf(where, fromVerbatim(options.ansatz ?? 'pz')),
    reps: options.reps ?? 3,
    measurement: options.measurement ?? 'expectation',
    outsideDomain: options.outsideDomain ?? 'throw',
    route: options.route ?? 'auto',
    preactivationTrainable: options.preactivationTrainable ?? false,
    thetaInitializer: options.thetaInitializer ?? 'xavier',
    weightInitializer: options.weightInitializer ?? 'ones',
    seed: options.seed ?? 0,
  };
  checkInteger(where, 'reps', checked.reps, 1);
  checkInteger(where, 'seed', checked.seed, 0, 0xffffffff);
  checkChoice(where, 'measurement', checked.measurement, ['expectation', 'amplitude']);
  checkChoice(where, 'outsideDomain', checked.outsideDomain, ['throw', 'clamp']);
  checkChoice(where, 'route', checked.route, routes);
  checkChoice(where, 'thetaInitializer', checked.thetaInitializer, Object.keys(thetaInitializers));
  checkChoice(where, 'weightInitializer', checked.weightInitializer, Object.keys(weightInitializers));
  return checked;
}

function ansatzOf(where: string, source: AnsatzName | Ansatz | SavedAnsatz): Ansatz {
  if (typeof source === 'string') {
    checkChoice(where, 'ansatz', source, Object.keys(ansatze) as AnsatzName[]);
    return ansatze[source];
  }
  if (typeof source !== 'object' || source === null) throw expected(where, 'ansatz to be a name or an Ansatz', source);
  if ('thetaShape' in source) return source;
  return customAnsatz(fromJson(source.circuit), source.observable);
}

/** The options as `getConfig` saves them; `checkActivationOptions` reads them back. */
export function saveActivationOptions({ ansatz, ...rest }: CheckedOptions): Record<string, unknown> {
  const named = Object.hasOwn(ansatze, ansatz.name) && ansatze[ansatz.name as AnsatzName] === ansatz;
  const custom = () => ({
    circuit: toJson(ansatz.circuit(rest.reps)),
    observable: ansatz.observable.terms.map(({ word, coefficient }) => [word, coefficient]),
  });
  return { ...rest, ansatz: named ? ansatz.name : verbatim(custom()) };
}
