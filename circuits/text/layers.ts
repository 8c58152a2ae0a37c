/** Anything that takes up lines of a drawing, or qubits of a moment, from `first` to `last`. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Spans side by side as far left as all their lines are free: layer by layer, in the given order. */
export function layers<T extends Span>(spans: readonly T[], numLines: number): T[][] {
  const free = new Array<number>(numLines).fill(0);
  const result: T[][] = [];
  for (const span of spans) {
    const layer = Math.max(...free.slice(span.first, span.last + 1));
    result[layer] ??= [];
    result[layer].push(span);
    free.fill(layer + 1, span.first, span.last + 1);
  }
  return result;
}
