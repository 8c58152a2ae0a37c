import { element, label } from './markup.js';
import { NUM_SHADES } from './theme.js';

/** The shades above each other from (x, top), with texts at their ends and between. */
export function drawRamp(x: number, top: number, height: number, texts: readonly string[], name: string): string {
  const step = height / NUM_SHADES;
  const boxes = Array.from({ length: NUM_SHADES }, (_, k) =>
    element('rect', {
      class: `fill-shade${NUM_SHADES - 1 - k}`,
      x,
      y: top + k * step,
      width: 14,
      height: step + (k < NUM_SHADES - 1 ? 0.5 : 0), // no seams
    }),
  );
  const marks = texts.map((text, k) => {
    const y = top + height - (k / (texts.length - 1)) * height;
    return label(x + 20, y + 4, text, { 'font-size': 11, class: 'fill-muted' });
  });
  return element(
    'g',
    { class: 'ramp' },
    ...boxes,
    ...marks,
    label(x, top - 12, name, { 'font-size': 12, class: 'fill-ink' }),
  );
}
