// Runs operations on the chunk: forward on the state, backward on state and costate.

import * as layout from '../../statevector/layout';
import { diagonal, diagonalBack } from './diagonal';
import { diagonalRun, diagonalRunBack } from './diagonalRun';
import { dense, exchange, pair, pairLanes, pairReal, permute, swap, swapLanes } from './matrix';
import {
  rotateImaginary,
  rotateImaginaryBack,
  rotateLanesImaginary,
  rotateLanesImaginaryBack,
  rotateLanesReal,
  rotateLanesRealBack,
  rotateReal,
  rotateRealBack,
} from './rotate';
import { rotateTwoImaginary, rotateTwoMixed, rotateTwoReal } from './rotateTwo';
import { field, Run } from './run';

// @ts-ignore: decorator
@inline
function concerns(op: usize): bool {
  return (Run.outer & field(op, layout.OP_OUTER_MASK)) == field(op, layout.OP_OUTER_VALUE);
}

export function forward<T>(ops: usize, count: i32): void {
  const end = ops + count * layout.OP;
  for (let op = ops; op < end; op += layout.OP) {
    if (!concerns(op)) continue;
    const kind = field(op, layout.OP_KIND);
    if (kind == layout.OP_ROTATE_REAL) rotateReal<T>(op);
    else if (kind == layout.OP_ROTATE_IMAGINARY) rotateImaginary<T>(op);
    else if (kind == layout.OP_DIAGONAL) diagonal<T>(op);
    else if (kind == layout.OP_LANE_ROTATE_REAL) rotateLanesReal<T>(op);
    else if (kind == layout.OP_LANE_ROTATE_IMAGINARY) rotateLanesImaginary<T>(op);
    else if (kind == layout.OP_DIAGONAL_RUN) diagonalRun<T>(op);
    else if (kind == layout.OP_TWO_IMAGINARY) rotateTwoImaginary<T>(op);
    else if (kind == layout.OP_TWO_REAL) rotateTwoReal<T>(op);
    else if (kind == layout.OP_TWO_MIXED) rotateTwoMixed<T>(op);
    else matrix<T>(op, Run.psi, kind, field(op, layout.OP_DATA));
  }
}

/** Constant matrices; `data` holds the matrix or its adjoint. */
function matrix<T>(op: usize, base: usize, kind: i32, data: usize): void {
  if (kind == layout.OP_SWAP) swap<T>(op, base);
  else if (kind == layout.OP_PERMUTE) permute(base, data);
  else if (kind == layout.OP_LANE_SWAP) swapLanes<T>(op, base);
  else if (kind == layout.OP_PAIR_REAL) pairReal<T>(op, base, data);
  else if (kind == layout.OP_PAIR) pair<T>(op, base, data);
  else if (kind == layout.OP_LANE_PAIR) pairLanes<T>(op, base, data);
  else if (kind == layout.OP_EXCHANGE) exchange<T>(op, base);
  else dense<T>(op, base, data);
}

/** The adjoint lies `OP_ROW` bytes behind the matrix. */
export function backward<T>(ops: usize, count: i32): void {
  for (let op = ops + (count - 1) * layout.OP; op >= ops; op -= layout.OP) {
    if (!concerns(op)) continue;
    const kind = field(op, layout.OP_KIND);
    if (kind == layout.OP_ROTATE_REAL) rotateRealBack<T>(op);
    else if (kind == layout.OP_ROTATE_IMAGINARY) rotateImaginaryBack<T>(op);
    else if (kind == layout.OP_DIAGONAL) diagonalBack<T>(op);
    else if (kind == layout.OP_LANE_ROTATE_REAL) rotateLanesRealBack<T>(op);
    else if (kind == layout.OP_LANE_ROTATE_IMAGINARY) rotateLanesImaginaryBack<T>(op);
    else if (kind == layout.OP_DIAGONAL_RUN) diagonalRunBack<T>(op);
    else if (kind >= layout.OP_TWO_IMAGINARY) backward<T>(field(op, layout.OP_DATA), 2);
    else {
      const data = field(op, layout.OP_DATA) + field(op, layout.OP_ROW);
      matrix<T>(op, Run.psi, kind, data);
      matrix<T>(op, Run.costate, kind, data);
    }
  }
}
