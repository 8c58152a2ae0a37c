import { element, escapeXml, label, tooltip } from './markup.js';
import type { Place } from './networkLayout.js';

const SIZE = 14;
/** Names that do not fit their cell are turned by 45°, and cut after this many characters. */
const MAX_TURNED = 22;
const TURN = Math.SQRT1_2;

/** About how wide a text is, in pixels: sans serif letters are 0.58 em on average, wide ones included. */
export function widthOf(text: string, size: number): number {
  return 0.58 * size * [...text].length;
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text;
}

/** Whether names have to be turned, because one does not fit its cell. */
export const isTurned = (names: readonly string[], cell: number): boolean =>
  names.length > 1 && names.some((name) => widthOf(name, SIZE) > cell - 8);

/** The side of the square that the longest turned name takes, in pixels. */
const turnedSide = (names: readonly string[]): number =>
  TURN * Math.max(...names.map((name) => widthOf(cut(name, MAX_TURNED), SIZE)));

/** How high the names of a row of nodes are, with the notes below them if any; pixels. */
export function namesHeight(names: readonly string[], cell: number, notes = false): number {
  return isTurned(names, cell) ? 20 + turnedSide(names) : notes ? 44 : 20;
}

/** How far turned names stand out beyond their row of cells; pixels. */
export function namesOverhang(names: readonly string[], cell: number): number {
  return isTurned(names, cell) ? turnedSide(names) - cell / 2 + 12 : 0;
}

/**
 * The names of a row of nodes, above or below it, and a note below each name where they stand upright.
 * Where one does not fit its cell, all are turned.
 */
export function drawNames(
  names: readonly string[],
  places: readonly Place[],
  cell: number,
  side: 'above' | 'below',
  notes: readonly string[] = [],
): string {
  const turned = isTurned(names, cell);
  const showNotes = !turned && notes.every((note) => widthOf(note, 10) <= cell);
  const drawn = names.map((name, i) => {
    const { x } = places[i];
    const y = places[i].y + (side === 'above' ? -16 : turned ? 18 : 23);
    const written = cut(name, turned ? MAX_TURNED : Math.max(3, Math.floor(cell / (0.58 * SIZE))));
    const whole = written === name ? '' : tooltip(name);
    const attributes = turned
      ? { 'text-anchor': side === 'above' ? 'start' : 'end', transform: `rotate(-45 ${x.toFixed(2)} ${y.toFixed(2)})` }
      : { 'text-anchor': 'middle' };
    const note =
      showNotes && notes[i]
        ? label(x, y + 15, notes[i], { 'text-anchor': 'middle', 'font-size': 10, class: 'fill-muted' })
        : '';
    return (
      element('text', { x, y, ...attributes, 'font-size': SIZE, class: 'fill-ink' }, escapeXml(written), whole) + note
    );
  });
  return element('g', { class: 'names' }, `\n${drawn.join('\n')}\n`);
}
