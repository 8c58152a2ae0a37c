/**
 * Where things lie in the memory of the chain kernel. Read by both sides: TypeScript, and AssemblyScript (`assembly/`),
 * which is why it holds bare integer constants and nothing else.
 */

/** Bytes of a vector, and of a row: one number of every sample in a block of 128 (float32) or 64 (float64) samples. */
export const VECTOR = 16;
export const ROW = 512;

/** Byte addresses of the control words (`threads.ts`) and of the job's fields; plans begin at `HEAP`. */
export const CONTROL = 64;
export const JOB = 256;
/** Constants of sine and cosine (`sincosConstants.ts`). */
export const CONSTANTS_32 = 512;
export const CONSTANTS_64 = 640;
/** Constants of the exponential function (`exponentialConstants.ts`). */
export const CONSTANTS_EXP = 576;
export const HEAP = 1024;

/** The job's fields, in units of four bytes from `JOB`. */
export const KIND = 0; // see the KIND_ constants
export const FLAGS = 1; // see the FLAG_ constants
export const IN = 2;
export const OUT = 3;
export const REPS = 4;
export const BATCH = 5;
export const X = 6; // address of x, rows [block, in]
export const Y = 7; // address of y (forward) or of the upstream (backward), rows [block, out]
export const X_GRADIENT = 8; // address of ∂L/∂x, rows [block, in]
export const STRIPS = 9; // address of the edges' constants, [in, out, strip]
export const SHARED = 10; // address of the shared encodings, [in, reps, 2]: w and b
export const SUMS = 11; // address of the sums over samples, float64 [chunk, in, out, sums]
export const SCRATCH = 12; // address of the first thread's scratch
export const SCRATCH_STRIDE = 13;
export const GROUP = 14; // outputs a forward task takes; blocks a backward task takes
export const FIELDS = 15;

export const KIND_FORWARD_32 = 0;
export const KIND_FORWARD_64 = 1;
export const KIND_BACKWARD_32 = 2;
export const KIND_BACKWARD_64 = 3;

/** All edges of an input encode it alike, so that its sines and cosines are computed once. */
export const FLAG_SHARED = 1;
export const FLAG_ACOS = 2;
export const FLAG_AMPLITUDE = 4;

/** A strip: what is constant along an edge. First the ends of the chain … */
export const START_RADIUS = 0; // √(ax² + ay²)
export const START_Z = 1;
export const END_RADIUS = 2;
export const END_Z = 3;
export const SCALE = 4;
export const DEFECT = 5; // 1 − |a|²|c|², zero but for rounding
export const STRIP_HEAD = 8;

/** … then, for every repetition, its data rotation and the tilt Ry(β) that follows. */
export const TILT_COS = 0;
export const TILT_SIN = 1;
export const OFFSET_COS = 2; // the constant angle that is added to the encoded one
export const OFFSET_SIN = 3;
export const OFFSET = 4; // the same as an angle, where sines and cosines are taken edge by edge
export const WEIGHT = 5;
export const BIAS = 6; // for acos alone: elsewhere it is part of the offset
export const SCALED_WEIGHT = 7; // w · scale
export const STRIP_REP = 8;

/** Sums of an edge: g(f), the start's torque x and y … */
export const SUM_SCALE = 0;
export const SUM_START = 1;
export const SUM_HEAD = 3;

/** … then, for every repetition: torque x, y, z, ∂L/∂w and, for acos, ∂L/∂b. */
export const SUM_TORQUE = 0;
export const SUM_WEIGHT = 3;
export const SUM_BIAS = 4;
export const SUM_REP = 5;
