import { checkChoice } from '../foundation/checks.js';
import { expected } from '../foundation/errors.js';
import { element, escapeXml, tooltip } from './markup.js';

/** `'auto'` follows the reader's prefers-color-scheme. */
export type Theme = 'auto' | 'light' | 'dark';

/** What every picture can be told. */
export interface PictureOptions {
  /** Default `'auto'`. */
  readonly theme?: Theme;
  /** Leaves the background out. Default false. */
  readonly transparent?: boolean;
}

/**
 * Colours by role. The series are those of Okabe & Ito, "Color Universal Design" (jfly.uni-koeln.de/color), told apart
 * with any colour vision, some made darker for light ground or lighter for dark ground: all reach a contrast of 3:1.
 */
const PALETTES = {
  light: {
    background: '#ffffff',
    ink: '#1b1f24',
    muted: '#5d6670',
    faint: '#d3d8de',
    series0: '#0072b2',
    series1: '#d55e00',
    series2: '#009e73',
    series3: '#b8578e',
    series4: '#c78500',
    series5: '#000000',
  },
  dark: {
    background: '#14171b',
    ink: '#e8eaed',
    muted: '#9aa4af',
    faint: '#3c444d',
    series0: '#56b4e9',
    series1: '#ee7733',
    series2: '#20bf92',
    series3: '#cc79a7',
    series4: '#e69f00',
    series5: '#f0e442',
  },
} as const;

/**
 * Shades for the values of a heat map, from little to much: equal steps of lightness (L of Oklab) in one hue, so that they
 * are told apart with any colour vision and in print.
 */
const SHADES = {
  light: [
    '#f0f4f8',
    '#dde8f2',
    '#c9dcec',
    '#b6d0e6',
    '#a3c4e0',
    '#90b8d9',
    '#7dacd3',
    '#69a0cc',
    '#5594c5',
    '#4088bf',
    '#267cb8',
    '#0170af',
    '#03649d',
    '#05588b',
    '#064d7a',
    '#064169',
    '#063659',
    '#062c49',
    '#05223a',
    '#04182b',
  ],
  dark: [
    '#20272f',
    '#23313e',
    '#263b4d',
    '#28455d',
    '#2a4f6e',
    '#2c5a7f',
    '#2c6490',
    '#2d6fa2',
    '#2c7ab4',
    '#3785c0',
    '#4b90c7',
    '#5d9bcd',
    '#6fa6d4',
    '#80b1da',
    '#91bce1',
    '#a2c7e7',
    '#b3d3ed',
    '#c4def3',
    '#d5e9f9',
    '#e6f4ff',
  ],
} as const;

export const NUM_SHADES = SHADES.light.length;

/** The name of a shade for `share` in [0, 1]. */
export function shade(share: number): Colour {
  return `shade${Math.min(NUM_SHADES - 1, Math.max(0, Math.floor(share * NUM_SHADES)))}`;
}

export type Colour = keyof typeof PALETTES.light | `shade${number}`;

/** How many series have a colour of their own. */
export const NUM_SERIES = 6;

/** The colour of series k; those beyond the last share the ink. */
export function seriesColour(k: number): Colour {
  return k < NUM_SERIES ? (`series${k}` as Colour) : 'ink';
}

const FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans','DejaVu Sans',Arial,sans-serif";

// Plain rules rather than CSS variables, which SVG renderers outside browsers do not know.
function rules(scope: string, palette: Readonly<Record<string, string>>): string {
  return Object.entries(palette)
    .map(([role, colour]) => `${scope} .fill-${role}{fill:${colour}}${scope} .stroke-${role}{stroke:${colour}}`)
    .join('');
}

/** Scoped by the theme's class on the root, so that pictures of different themes can share a page. */
function stylesheet(theme: Theme, shaded: boolean): string {
  const scope = `.daruan-${theme}`;
  const shades = (ground: 'light' | 'dark') => SHADES[ground].map((colour, k) => [`shade${k}`, colour]);
  const palette = (ground: 'light' | 'dark') =>
    shaded ? { ...PALETTES[ground], ...Object.fromEntries(shades(ground)) } : PALETTES[ground];
  const general = `${scope}{font-family:${FONTS}}${scope} .edge:hover path{stroke-opacity:1}`;
  const dark = `@media (prefers-color-scheme:dark){${rules(scope, palette('dark'))}}`;
  return general + rules(scope, palette(theme === 'dark' ? 'dark' : 'light')) + (theme === 'auto' ? dark : '');
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** What the picture is called, and what it shows, for those who cannot see it. */
  readonly title: string;
  readonly description: string;
  readonly content: readonly string[];
  /** Whether it uses the shades of heat maps. */
  readonly shaded?: boolean;
}

/** Throws unless the options that all pictures share are sound. */
export function checkPictureOptions(where: string, options: PictureOptions): void {
  if (typeof options !== 'object' || options === null) throw expected(where, 'options as an object', options);
  checkChoice(where, 'theme', options.theme ?? 'auto', ['auto', 'light', 'dark']);
}

/** A whole SVG document. */
export function svgDocument(picture: Picture, { theme = 'auto', transparent = false }: PictureOptions): string {
  const { width, height, title, description, content, shaded = false } = picture;
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: `daruan-${theme}`,
    role: 'img',
    'aria-label': title,
    viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
    width: Math.ceil(width),
    height: Math.ceil(height),
  };
  const background = element('rect', { class: 'fill-background', width: '100%', height: '100%' });
  const lines = [
    tooltip(title),
    element('desc', {}, escapeXml(description)),
    element('style', {}, stylesheet(theme, shaded)),
    ...(transparent ? [] : [background]),
    ...content,
  ];
  return `${element('svg', attributes, `\n${lines.join('\n')}\n`)}\n`;
}
