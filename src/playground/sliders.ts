import { make } from './page.js';
import type { Angles, Qubit } from './qubit.js';

/** One angle of the qubit: where it stands in `Angles`, and what it is called. */
interface Handle {
  readonly list: keyof Angles;
  readonly index: number;
  readonly symbol: string;
  readonly input: HTMLInputElement;
  readonly output: HTMLElement;
}

export interface Sliders {
  readonly show: (angles: Angles) => void;
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const below = (...indices: readonly number[]): string =>
  indices.map((index) => SUBSCRIPTS[index]).join(indices.length > 1 ? ',' : '');

/** A slider for every angle, in groups; `moved` is called with all angles and the symbol of the one that moved. */
export function openSliders(
  hosts: Readonly<Record<keyof Angles, HTMLElement>>,
  qubit: Qubit,
  moved: (angles: Angles, symbol: string) => void,
): Sliders {
  let angles: Angles;
  const { names, thetaShape, reach } = qubit;
  const handles: Handle[] = [];
  const add = (list: keyof Angles, symbols: readonly string[], short: (k: number) => string, limit: number): void => {
    const rows = symbols.map((symbol, index) => {
      const id = `slider-${symbol}`;
      const input = make('input', {
        type: 'range',
        id,
        min: -limit,
        max: limit,
        step: 0.01,
      }) as HTMLInputElement;
      const output = make('output', { for: id });
      input.addEventListener('input', () => {
        const values = angles[list].map((value, k) => (k === index ? Number(input.value) : value));
        angles = { ...angles, [list]: values };
        output.textContent = format(Number(input.value));
        moved(angles, symbol);
      });
      handles.push({ list, index, symbol, input, output });
      return make('div', { class: 'slider' }, make('label', { for: id }, short(index)), input, output);
    });
    hosts[list].replaceChildren(...rows);
  };
  const [, columns] = thetaShape;
  add(
    'theta',
    names.theta,
    (k) => `θ${columns > 1 ? below(Math.floor(k / columns), k % columns) : below(k)}`,
    3.14, // a whole turn in steps of hundredths
  );
  add('weights', names.weights, (l) => `w${below(l)}`, reach);
  add('biases', reach > 1 ? names.biases : [], (l) => `b${below(l)}`, 3.14);
  return {
    show(next) {
      angles = next;
      for (const { list, index, input, output } of handles) {
        const value = next[list][index];
        // a learned number may lie beyond the ends of its slider, which widens
        const limit = Math.max(Number(input.max), Math.ceil(Math.abs(value)));
        if (limit > Number(input.max)) Object.assign(input, { min: String(-limit), max: String(limit) });
        input.value = String(value);
        output.textContent = format(value);
      }
    },
  };
}

const format = (value: number): string => value.toFixed(2).replace('-', '−');
