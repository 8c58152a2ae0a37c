import { type Picture, svgDocument } from '../plot/theme.js';

/** Puts a picture into the page. What moves in it is found by its classes and changed in place. */
export function openPicture(host: HTMLElement, picture: Picture): SVGSVGElement {
  showSvg(host, svgDocument(picture, { transparent: true }));
  return host.firstElementChild as SVGSVGElement;
}

/** Puts the text of an SVG into the page. */
export function showSvg(host: HTMLElement, text: string): void {
  host.innerHTML = text;
  if (!host.classList.contains('scrolls')) return;
  // what scrolls must be reached by keys
  if (host.scrollWidth > host.clientWidth) host.tabIndex = 0;
  else host.removeAttribute('tabindex');
}

/** The width that a picture has in the page, whole pixels within what pictures can be drawn in. */
export const widthOf = (host: HTMLElement, most = 720): number =>
  Math.round(Math.min(most, Math.max(280, host.clientWidth)));

/** The one element of a class. */
export function part(svg: Element, name: string): SVGElement {
  return svg.getElementsByClassName(name)[0] as SVGElement;
}

/** Sets an attribute only where it changes: what stays need not be laid out again. */
export function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Points as path data at tenths of a pixel, which is fine enough for what moves. */
export function movingPath(x: (k: number) => number, y: (k: number) => number, count: number): string {
  let d = '';
  for (let k = 0; k < count; k++) d += `${k === 0 ? 'M' : 'L'}${tenth(x(k))},${tenth(y(k))}`;
  return d;
}

export const tenth = (value: number): number => Math.round(10 * value) / 10;
