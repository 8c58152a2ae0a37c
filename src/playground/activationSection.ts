import { toJson } from '../../circuits/json.js';
import { toQasm3 } from '../../circuits/text/qasm3.js';
import { activationSvg } from '../plot/activation.js';
import { blochSvg } from '../plot/bloch/bloch.js';
import { circuitSvg } from '../plot/circuit/circuit.js';
import { shortNumber } from '../plot/numbers.js';
import { spectrumSvg } from '../plot/spectrum/spectrum.js';
import type { FourierTerm } from '../spectrum/activation.js';
import { type ActivationView, openActivation } from './activationView.js';
import { type BlochView, openBloch } from './blochView.js';
import { type CircuitView, openCircuit } from './circuitView.js';
import { byId, download, eachFrame } from './page.js';
import { type Angles, boundCircuit, curveOf, pathOf, type Qubit, qubitOf, seriesOf } from './qubit.js';
import { openSliders, type Sliders } from './sliders.js';
import { openSpectrum, type SpectrumView } from './spectrumView.js';
import type { PageState } from './state.js';

/** What the pictures of one activation are told. */
export interface ActivationSection {
  /** Shows a state whose ansatz or repetitions may be others. */
  readonly show: (state: PageState) => void;
}

interface Views {
  readonly qubit: Qubit;
  readonly circuit: CircuitView;
  readonly activation: ActivationView;
  readonly spectrum: SpectrumView;
  readonly bloch: BlochView;
  readonly sliders: Sliders;
}

/** Sliders and the four pictures that follow them. */
export function openActivationSection(changed: (change: Partial<PageState>) => void): ActivationSection {
  let state: PageState;
  let key = '';
  let views: Views;
  let moving: string | undefined;
  const hosts = { theta: byId('theta'), weights: byId('weights'), biases: byId('biases') };
  const xInput = byId<HTMLInputElement>('x');
  const saveSpectrum = byId<HTMLButtonElement>('save-spectrum');

  const open = (): void => {
    const { ansatz, reps } = state;
    const qubit = qubitOf(ansatz, reps);
    views = {
      qubit,
      circuit: openCircuit(byId('circuit'), qubit),
      activation: openActivation(byId('activation'), qubit),
      spectrum: openSpectrum(byId('spectrum'), qubit),
      bloch: openBloch(byId('bloch')),
      sliders: openSliders(hosts, qubit, (angles, symbol) => {
        moving = symbol;
        state = { ...state, angles };
        changed({ angles });
        draw();
      }),
    };
    const linear = qubit.plan.encoding === 'linear';
    byId('biases-group').hidden = !linear;
    byId<HTMLDetailsElement>('biases-group').open = qubit.biased;
    Object.assign(xInput, { min: String(-qubit.domain.toFixed(2)), max: qubit.domain.toFixed(2) });
  };

  const paint = (): void => {
    const { angles, x } = state;
    const { qubit, circuit, activation, spectrum, bloch } = views;
    circuit.show(angles, x, moving);
    activation.show(angles, x);
    const series = seriesOf(qubit, angles);
    spectrum.show(series);
    saveSpectrum.disabled = series === undefined;
    bloch.show(pathOf(qubit, angles, x));
    byId('x-value').textContent = x.toFixed(2).replace('-', '−');
  };
  const draw = eachFrame(paint);

  xInput.addEventListener('input', () => {
    const x = Number(xInput.value);
    moving = 'x';
    state = { ...state, x };
    changed({ x });
    draw();
  });
  // said when a slider comes to rest, not while it moves
  byId('controls').addEventListener('change', () => {
    moving = undefined;
    draw();
    byId('summary').textContent = describe(views.qubit, state.angles, state.x);
  });
  byId('circuit-json').addEventListener('click', () =>
    download(
      `${nameOf(state)}.circuit.json`,
      'application/json',
      `${JSON.stringify(toJson(boundCircuit(views.qubit, state.angles)), undefined, 2)}\n`,
    ),
  );
  byId('circuit-qasm').addEventListener('click', () =>
    download(`${nameOf(state)}.qasm`, 'text/plain', toQasm3(boundCircuit(views.qubit, state.angles))),
  );
  for (const button of document.querySelectorAll<HTMLElement>('[data-picture]')) {
    const picture = button.dataset.picture as PictureName;
    button.addEventListener('click', () =>
      download(`${nameOf(state)}-${picture}.svg`, 'image/svg+xml', pictures[picture](views.qubit, state)),
    );
  }
  let width = 0;
  new ResizeObserver(([{ contentRect }]) => {
    if (!key || Math.abs(contentRect.width - width) < 1) return;
    width = contentRect.width;
    open();
    views.sliders.show(state.angles);
    paint();
  }).observe(byId('activation'));

  return {
    show(next) {
      state = next;
      moving = undefined;
      const nextKey = `${next.ansatz} ${next.reps}`;
      if (nextKey !== key) {
        key = nextKey;
        open();
      }
      xInput.value = String(next.x);
      views.sliders.show(next.angles);
      paint();
    },
  };
}

const nameOf = ({ ansatz, reps }: PageState): string => `${ansatz}-${reps}`;

/** Whole pictures as files, with titles and legends. */
const pictures = {
  circuit: ({ circuit }: Qubit) => circuitSvg(circuit),
  activation: (qubit: Qubit, { angles }: PageState) => {
    const x = Float64Array.from({ length: 241 }, (_, k) => qubit.domain * (k / 120 - 1));
    const variable = qubit.plan.encoding === 'acos' ? 'acos x' : 'x';
    return activationSvg({ x, y: curveOf(qubit, angles, x), terms: seriesOf(qubit, angles), variable, yName: '⟨Z⟩' });
  },
  spectrum: (qubit: Qubit, { angles }: PageState) => {
    const terms = seriesOf(qubit, angles) ?? [];
    return spectrumSvg({
      variables: [qubit.plan.encoding === 'acos' ? 'acos x' : 'x'],
      frequencies: Float64Array.from(terms, ({ frequency }) => frequency),
      batch: 1,
      coefficients: Float64Array.from(terms.flatMap(({ re, im }) => [re, im])),
    });
  },
  bloch: (qubit: Qubit, { angles, x }: PageState) => blochSvg(pathOf(qubit, angles, x)),
} as const;
type PictureName = keyof typeof pictures;

/** The activation in words. */
function describe(qubit: Qubit, angles: Angles, x: number): string {
  const [value] = curveOf(qubit, angles, Float64Array.of(x));
  const terms = seriesOf(qubit, angles);
  const strongest = terms && [...terms].sort((a, b) => size(b) - size(a))[0];
  const spectrum = strongest
    ? ` Strongest of ${terms.length} frequencies: ${shortNumber(strongest.frequency)}, with amplitude ${shortNumber(size(strongest))}.`
    : '';
  return `At x = ${x.toFixed(2)}, ⟨Z⟩ = ${value.toFixed(2)}.${spectrum}`;
}

const size = ({ re, im }: FourierTerm): number => Math.hypot(re, im);
