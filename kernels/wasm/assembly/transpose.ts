// Between [batch, columns], as the caller has it, and rows of one number of each sample of a block: [block, columns, row].

import { ROW } from '../layout';
import { samplesOf } from './job';


// @ts-ignore: decorator
@inline
function columnsToRows<T>(from: usize, to: usize, batch: i32, columns: i32, repeatLast: bool): void {
  const perBlock = samplesOf<T>();
  const count = (batch + perBlock - 1) / perBlock;
  for (let block = 0; block < count; block++) {
    for (let j = 0; j < columns; j++) {
      const row = to + (block * columns + j) * ROW;
      for (let k = 0; k < perBlock; k++) {
        const sample = block * perBlock + k;
        const source = min(sample, batch - 1);
        const value = load<T>(from + (<usize>source * columns + j) * sizeof<T>());
        store<T>(row + k * sizeof<T>(), sample < batch || repeatLast ? value : 0);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function rowsToColumns<T>(from: usize, to: usize, batch: i32, columns: i32): void {
  const perBlock = samplesOf<T>();
  for (let sample = 0; sample < batch; sample++) {
    const block = sample / perBlock;
    let source = from + <usize>block * columns * ROW + (sample % perBlock) * sizeof<T>();
    for (let j = 0; j < columns; j++, source += ROW, to += sizeof<T>()) store<T>(to, load<T>(source));
  }
}

/** Samples that fill up the last block repeat the last one (`repeatLast`: no NaN comes in that was not there) or are 0. */
export function columnsToRows32(from: usize, to: usize, batch: i32, columns: i32, repeatLast: bool): void {
  columnsToRows<f32>(from, to, batch, columns, repeatLast);
}
export function columnsToRows64(from: usize, to: usize, batch: i32, columns: i32, repeatLast: bool): void {
  columnsToRows<f64>(from, to, batch, columns, repeatLast);
}
export function rowsToColumns32(from: usize, to: usize, batch: i32, columns: i32): void {
  rowsToColumns<f32>(from, to, batch, columns);
}
export function rowsToColumns64(from: usize, to: usize, batch: i32, columns: i32): void {
  rowsToColumns<f64>(from, to, batch, columns);
}
