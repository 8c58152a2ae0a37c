import type { ChainKernel } from '../../kernels/chain.js';
import { provideGpu } from '../../kernels/gpu/provide.js';
import { webGpuChainKernel } from '../../kernels/webgpu/chain.js';
import { parseFormula } from '../data/formula.js';
import { DaruanError } from '../foundation/errors.js';
import { lossSvg } from '../plot/loss.js';
import { networkSvg } from '../plot/network.js';
import { shortNumber } from '../plot/numbers.js';
import { openFit } from './fitView.js';
import {
  edgeAngles,
  edgeNames,
  networkCurves,
  networkLength,
  networkOf,
  networkStart,
  type PageNetwork,
} from './network.js';
import { byId, calm, download, make, messageOf } from './page.js';
import { showSvg, widthOf } from './picture.js';
import type { Angles } from './qubit.js';
import { type PageState, sampleX } from './state.js';
import { type Computer, networkValues, openTraining, type Training } from './training.js';

/** What the pictures of the network are told. */
export interface LearningSection {
  readonly show: (state: PageState) => void;
}

/** Milliseconds between pictures of the whole network, and between spoken losses. */
const [PICTURE_EVERY, SPEAK_EVERY] = [250, 3000];
/** The same for those who asked for less motion: all pictures. */
const CALM_EVERY = 1000;

/** A target and a network that learns it. `changed` is told what a link keeps, `inspect` the angles of a chosen edge. */
export function openLearningSection(
  kernel: ChainKernel,
  changed: (change: Partial<PageState>) => void,
  inspect: (angles: Angles) => void,
): LearningSection {
  let state: PageState;
  let key = '';
  let network: PageNetwork;
  let training: Training | undefined;
  let running = false;
  let loop = 0; // counts the loops of frames: an old one that still waits for a device must not go on
  let [pictured, spoken] = [0, 0];
  const [formula, start, edge, place] = [
    byId<HTMLInputElement>('formula'),
    byId<HTMLButtonElement>('train'),
    byId<HTMLSelectElement>('edge'),
    byId<HTMLSelectElement>('place'),
  ];

  const targetOf = ({ target }: PageState): Float64Array => {
    if (typeof target !== 'string') return Float64Array.from(target);
    const f = parseFormula(target, 1);
    const values = sampleX.map((x) => f([x]));
    const k = values.findIndex((value) => !Number.isFinite(value));
    if (k >= 0) {
      const problem = `${target} is ${values[k]} at x = ${shortNumber(sampleX[k])}`;
      throw new DaruanError('formula', problem, 'It must be finite for x from −1 to 1.');
    }
    return values;
  };
  /** The target, or undefined and a message where there is none. */
  const readTarget = (): Float64Array | undefined => {
    let values: Float64Array | undefined;
    let message = '';
    try {
      values = targetOf(state);
    } catch (error) {
      message = messageOf(error);
    }
    byId('formula-error').textContent = message;
    formula.setAttribute('aria-invalid', String(message !== ''));
    start.disabled = values === undefined;
    return values;
  };

  const valuesNow = (): Float64Array =>
    training?.values ?? (state.learned ? Float64Array.from(state.learned) : networkStart(network, state.seed));

  const fit = openFit(byId('fit'), (target) => {
    restart({ target });
    formula.value = '';
  });

  /** Ends the loop of frames; the training can go on later. */
  const pause = (): void => {
    loop++;
    running = false;
    start.textContent = training && !training.finished ? 'Continue' : 'Train';
  };
  const stop = (): void => {
    pause();
    if (training) keep();
  };
  /** What was learned belongs to the link. */
  const keep = (): void => {
    const learned = Float32Array.from(valuesNow());
    state = { ...state, learned };
    changed({ learned });
    byId<HTMLButtonElement>('network-json').disabled = false;
  };

  const picture = (): void => {
    const values = valuesNow();
    const layers = networkCurves(network, kernel, values);
    showSvg(byId('network'), networkSvg({ layers, inputNames: ['x'], outputNames: ['y'] }, { transparent: true }));
    const host = byId('loss-picture');
    const history = (training?.history ?? []).map((point) => ({ ...point, loss: Math.max(point.loss, 1e-12) }));
    const options = { width: widthOf(host, 480), height: 240, lossName: 'mean squared error', transparent: true };
    showSvg(host, history.length < 2 ? '' : lossSvg(history, options));
  };
  const report = (): void => {
    if (!training) {
      byId('loss').textContent = '';
      return;
    }
    byId('loss').textContent = `Step ${training.history.length - 1}, loss ${training.loss.toExponential(1)}`;
  };
  let device: Promise<Computer> | undefined;
  /** What the person chose. A GPU that is not there is an error, not a reason to take something else. */
  const computer = async (): Promise<Computer> => {
    if (place.value === 'processor') return { kernel };
    device ??= openDevice();
    try {
      return await device;
    } catch (error) {
      device = undefined;
      throw error;
    }
  };
  const speak = (text: string): void => {
    byId('spoken-loss').textContent = text;
  };

  const fail = (error: unknown): void => {
    byId('loss').textContent = messageOf(error);
    speak(messageOf(error));
    stop();
  };
  /** One iteration and its pictures, and so on while `own` is the loop that runs. */
  const frame = async (own: number, now: number): Promise<void> => {
    if (own !== loop || !training) return;
    try {
      await training.advance(1);
    } catch (error) {
      if (own === loop) fail(error);
      return;
    }
    if (own !== loop) return;
    const { finished, history, values, loss } = training;
    const due = finished || now - pictured >= (calm() ? CALM_EVERY : PICTURE_EVERY);
    if (due) {
      pictured = now;
      picture();
    }
    if (due || !calm()) fit.showFit(networkValues(network, kernel, values));
    report();
    if (finished || now - spoken >= SPEAK_EVERY) {
      spoken = now;
      speak(`${finished ? 'Finished: loss' : 'Loss'} ${loss.toExponential(1)} after ${history.length - 1} steps.`);
    }
    if (finished) stop();
    else requestAnimationFrame((next) => frame(own, next));
  };

  /** A change to the target or the shape: what was trained for another one is no history of this one. */
  const restart = (change: Partial<PageState>, keepLearned = false): void => {
    const unlearned = !training && !state.learned;
    training = undefined;
    pause();
    state = { ...state, ...change, ...(!keepLearned && { learned: undefined }) };
    changed({ ...change, ...(!keepLearned && { learned: undefined }) });
    // while one draws, the target alone is another
    refresh(unlearned && Object.keys(change).join() === 'target');
  };

  const refresh = (targetOnly = false): void => {
    const nextKey = `${state.ansatz} ${state.reps} ${state.hidden}`;
    if (nextKey !== key) {
      key = nextKey;
      network = networkOf(state);
      edge.replaceChildren(...edgeNames(network).map((name, k) => make('option', { value: k }, name)));
    }
    const misfit = state.learned !== undefined && state.learned.length !== networkLength(network);
    if (misfit) {
      state = { ...state, learned: undefined };
      changed({ learned: undefined });
    }
    const target = readTarget();
    if (target) fit.showTarget(target);
    fit.showFit(state.learned ? networkValues(network, kernel, valuesNow()) : undefined);
    byId<HTMLButtonElement>('network-json').disabled = !state.learned;
    byId('hidden-value').textContent = state.hidden === 0 ? 'none' : String(state.hidden);
    byId('count').textContent = `${networkLength(network)} trained numbers`;
    report();
    if (misfit) byId('loss').textContent = 'The link holds a network of another shape: training starts anew.';
    if (!targetOnly) picture();
  };

  start.addEventListener('click', async () => {
    if (running) {
      stop();
      return;
    }
    const target = readTarget();
    if (!target) return;
    const own = ++loop;
    running = true;
    start.textContent = 'Pause';
    try {
      if (!training || training.finished) {
        const opened = await openTraining(network, await computer(), target, valuesNow());
        if (own !== loop) return;
        training = opened;
      }
      requestAnimationFrame((now) => frame(own, now));
    } catch (error) {
      if (own === loop) fail(error);
    }
  });
  byId('place-row').hidden = !('gpu' in navigator);
  place.addEventListener('change', () => {
    stop();
    restart({}, true);
  });
  byId('anew').addEventListener('click', () => restart({ seed: state.seed + 1 }));
  formula.addEventListener('input', () => restart({ target: formula.value }));
  for (const example of document.querySelectorAll<HTMLElement>('[data-formula]')) {
    example.addEventListener('click', () => {
      formula.value = example.dataset.formula ?? '';
      restart({ target: formula.value });
    });
  }
  byId<HTMLInputElement>('hidden').addEventListener('input', (event) =>
    restart({ hidden: Number((event.target as HTMLInputElement).value) }),
  );
  byId('inspect').addEventListener('click', () => inspect(edgeAngles(network, valuesNow(), Number(edge.value))));
  byId('network-json').addEventListener('click', () => {
    const { ansatz, reps, hidden } = state;
    const values = valuesNow();
    const edges = edgeNames(network).map((name, k) => ({ name, ...edgeAngles(network, values, k) }));
    const text = JSON.stringify(
      { ansatz, reps, hidden, loss: training?.loss, edges, values: [...values] },
      undefined,
      2,
    );
    download(`network-${ansatz}-${reps}.json`, 'application/json', `${text}\n`);
  });
  byId('network-svg').addEventListener('click', () => {
    const layers = networkCurves(network, kernel, valuesNow());
    download('network.svg', 'image/svg+xml', networkSvg({ layers, inputNames: ['x'], outputNames: ['y'] }));
  });

  return {
    show(next) {
      training = undefined;
      pause();
      state = next;
      formula.value = typeof next.target === 'string' ? next.target : '';
      byId<HTMLInputElement>('hidden').value = String(next.hidden);
      refresh();
    },
  };
}

async function openDevice(): Promise<Computer> {
  const report = await provideGpu();
  if (!report.available) throw new DaruanError('GPU', report.reason.replace(/\.$/, ''), 'Choose the processor.');
  return { device: await webGpuChainKernel() };
}
