import { type AnsatzName, ansatze } from '../../circuits/ansatz/table.js';
import { wasmChainKernel } from '../../kernels/wasm/chain.js';
import { openActivationSection } from './activationSection.js';
import { openLearningSection } from './learningSection.js';
import { byId, messageOf } from './page.js';
import { type Angles, drawAngles, qubitOf } from './qubit.js';
import { type PageState, readHash, START, startState, writeHash } from './state.js';

/** The page: one state, two sections that show it and change it, and a link that keeps it. */
async function start(): Promise<void> {
  let state = startState();
  const keep = (change: Partial<PageState>): void => {
    state = { ...state, ...change };
  };
  const kernel = await wasmChainKernel({ precision: 'float64', threads: 1 });
  const activation = openActivationSection(keep);
  const inspect = (angles: Angles): void => {
    keep({ angles });
    activation.show(state);
    byId('one').scrollIntoView({ behavior: 'auto' });
    byId('summary').textContent = 'The pictures above show the chosen edge.';
  };
  const learning = openLearningSection(kernel, keep, inspect);

  const showAll = (): void => {
    for (const name of Object.keys(ansatze)) byId<HTMLInputElement>(`ansatz-${name}`).checked = name === state.ansatz;
    byId<HTMLInputElement>('reps').value = String(state.reps);
    byId('reps-value').textContent = String(state.reps);
    activation.show(state);
    learning.show(state);
  };
  /** Another circuit: its angles and its network are others. */
  const reshape = (ansatz: AnsatzName, reps: number): void => {
    const qubit = qubitOf(ansatz, reps);
    const x = Math.min(qubit.domain, Math.max(-qubit.domain, state.x));
    keep({ ansatz, reps, x, angles: drawAngles(qubit, draw), learned: undefined });
    showAll();
  };
  let draw = START;
  for (const name of Object.keys(ansatze) as AnsatzName[]) {
    byId(`ansatz-${name}`).addEventListener('change', () => reshape(name, state.reps));
  }
  byId<HTMLInputElement>('reps').addEventListener('input', (event) =>
    reshape(state.ansatz, Number((event.target as HTMLInputElement).value)),
  );
  byId('draw').addEventListener('click', () => {
    draw++;
    keep({ angles: drawAngles(qubitOf(state.ansatz, state.reps), draw) });
    activation.show(state);
  });

  byId('link').addEventListener('click', async () => {
    history.replaceState(undefined, '', `#${writeHash(state)}`);
    const said = byId('link-said');
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = 'The link is copied; it is also in the address bar.';
    } catch {
      said.textContent = 'The link is in the address bar: copy it from there.';
    }
  });
  const readAddress = (): void => {
    if (location.hash.length < 2) return;
    try {
      state = readHash(location.hash);
    } catch (error) {
      byId('link-said').textContent = `${messageOf(error)} The page starts as usual.`;
    }
  };
  addEventListener('hashchange', () => {
    readAddress();
    showAll();
  });
  readAddress();
  showAll();
  document.documentElement.dataset.ready = 'true';
}

start().catch((error) => {
  byId('trouble').textContent = messageOf(error);
});
