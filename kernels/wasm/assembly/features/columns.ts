// Between rows, [batch, columns], and vectors of 4 samples, one a column.

// @ts-ignore: decorator
@inline
function shuffled(to: usize, step: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(to + step, v128.shuffle<i64>(ab, cd, 1, 3));
  v128.store(to + 2 * step, v128.shuffle<i64>(abHigh, cdHigh, 0, 2));
  v128.store(to + 3 * step, v128.shuffle<i64>(abHigh, cdHigh, 1, 3));
}

/** Reads `rows` rows, 4 at most; the numbers of rows that are missing are 0. */
export function readColumns(from: usize, rows: i32, columns: i32, to: usize): void {
  const row: usize = 4 * columns;
  const whole = rows == 4 ? columns & ~3 : 0;
  for (let k = 0; k < whole; k += 4) {
    const at = from + 4 * k;
    shuffled(to + 16 * k, 16, v128.load(at), v128.load(at + row), v128.load(at + 2 * row), v128.load(at + 3 * row));
  }
  for (let k = whole; k < columns; k++) {
    for (let lane = 0; lane < 4; lane++) {
      store<f32>(to + 16 * k + 4 * lane, lane < rows ? load<f32>(from + lane * row + 4 * k) : 0);
    }
  }
}

/** Writes the first `rows` samples. */
export function writeRows(from: usize, rows: i32, columns: i32, to: usize): void {
  const row: usize = 4 * columns;
  const whole = rows == 4 ? columns & ~3 : 0;
  for (let k = 0; k < whole; k += 4) {
    const at = from + 16 * k;
    shuffled(to + 4 * k, row, v128.load(at), v128.load(at, 16), v128.load(at, 32), v128.load(at, 48));
  }
  for (let k = whole; k < columns; k++) {
    for (let lane = 0; lane < rows; lane++) {
      store<f32>(to + lane * row + 4 * k, load<f32>(from + 16 * k + 4 * lane));
    }
  }
}
