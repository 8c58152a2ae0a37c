// Between [batch, columns], as the caller has it, and rows of one number of each sample of a block: [block, columns, row].

import { ROW } from '../layout';
import { samplesOf } from './job';


// @ts-ignore: decorator
@inline
function columnsToRows<T>(from: usize, to: usize, batch: i32, columns: i32, repeatLast: bool): void {
  const stride: usize = columns * sizeof<T>();
  for (let done = 0; done < batch; done += samplesOf<T>(), from += <usize>samplesOf<T>() * stride) {
    const samples = min(samplesOf<T>(), batch - done);
    for (let j = 0; j < columns; j++, to += ROW) {
      let source = from + j * sizeof<T>();
      let target = to;
      const end = to + samples * sizeof<T>();
      for (; target < end; target += sizeof<T>(), source += stride) store<T>(target, load<T>(source));
      const filler: T = repeatLast ? load<T>(source - stride) : <T>0;
      for (; target < to + ROW; target += sizeof<T>()) store<T>(target, filler);
    }
  }
}

// @ts-ignore: decorator
@inline
function rowsToColumns<T>(from: usize, to: usize, batch: i32, columns: i32): void {
  const stride: usize = columns * sizeof<T>();
  for (let done = 0; done < batch; done += samplesOf<T>(), to += <usize>samplesOf<T>() * stride) {
    const samples = min(samplesOf<T>(), batch - done);
    for (let j = 0; j < columns; j++, from += ROW) {
      let target = to + j * sizeof<T>();
      const end = from + samples * sizeof<T>();
      for (let source = from; source < end; source += sizeof<T>(), target += stride) store<T>(target, load<T>(source));
    }
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
