import { evaluate, symbolsOf } from '../../circuits/angle/expression.js';
import { circuitSvg } from '../plot/circuit/circuit.js';
import { showSvg, widthOf } from './picture.js';
import { type Angles, type Qubit, valuesOf } from './qubit.js';

export interface CircuitView {
  /** `moving` is the symbol that is being dragged: its gate stands out. */
  readonly show: (angles: Angles, x: number, moving?: string) => void;
}

/** The circuit with its symbols, drawn once; above each gate the number that its angle has now. */
export function openCircuit(host: HTMLElement, qubit: Qubit): CircuitView {
  const { circuit } = qubit;
  showSvg(host, circuitSvg(circuit, { width: Math.max(320, widthOf(host, 1000)) }));
  const groups = [...host.getElementsByClassName('step')];
  const steps = circuit.operations.map(({ angles: [angle] }, k) => {
    if (angle === undefined) return undefined;
    const box = groups[k].querySelector('rect') as SVGRectElement;
    const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    const [left, top, width] = ['x', 'y', 'width'].map((name) => Number(box.getAttribute(name)));
    for (const [name, value] of Object.entries({
      x: left + width / 2,
      y: top - 5,
      'text-anchor': 'middle',
      'font-size': 11,
      class: 'number fill-muted',
    })) {
      text.setAttribute(name, String(value));
    }
    groups[k].append(text);
    return { angle, group: groups[k], text, symbols: symbolsOf(angle) };
  });
  return {
    show(angles, x, moving) {
      const values = { ...valuesOf(qubit, angles), x };
      for (const step of steps) {
        if (!step) continue;
        const value = evaluate(step.angle, values);
        const number = Number.isFinite(value) ? value.toFixed(2).replace('-', '−') : '';
        if (step.text.textContent !== number) step.text.textContent = number;
        step.group.classList.toggle('dragged', moving !== undefined && step.symbols.includes(moving));
      }
    },
  };
}
