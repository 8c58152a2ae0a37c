/**
 * Where things lie in the memory of the feature kernel. Read by both sides: TypeScript, and AssemblyScript
 * (`../assembly/features/`), which is why it holds bare integer constants and nothing else.
 *
 * A vector holds one number of 4 samples. The columns of 4 samples are features: `WIDTH` an input, the base function last.
 */

/** The job's fields, in units of four bytes from `JOB` (`../layout.ts`). */
export const KIND = 0; // see the KIND_ constants
export const BASIS = 1; // see the BASIS_ constants
export const BASE = 2; // an activation, or NO_BASE
export const BATCH = 3;
export const IN = 4;
export const SIZE = 5; // K
export const WIDTH = 6; // K, and 1 for a base function
export const X = 7; // [batch, in]
export const FIRST = 8; // the basis's first block of numbers …
export const SECOND = 9; // … and its second
export const FEATURES = 10; // [batch, in·width]: the features, or the upstream
export const X_GRADIENT = 11; // [batch, in]
export const SUMS = 12; // derivatives by the numbers of the blocks: one vector each, a set of them a task
export const SUMS_STRIDE = 13;
export const SECOND_SUMS = 14; // offset of the second block's vectors in a set
export const TASK = 15; // groups of 4 samples a task
export const SCRATCH = 16;
export const SCRATCH_STRIDE = 17;
export const SCRATCH_UPSTREAM = 18; // offsets within a thread's scratch
export const SCRATCH_COLUMNS = 19;
export const SCRATCH_SIDES = 25;
export const DEGREE = 20;
export const VARIANT = 21; // which of a basis's forms: its meaning is the basis's own
export const ACTIVATION = 22;
export const NORMALISE = 23;
export const NUMBERS = 24; // address of the basis's constants, float32
export const FIELDS = 26;

export const KIND_FORWARD = 0;
export const KIND_BACKWARD = 1;

export const BASIS_BSPLINE = 0;
export const BASIS_FOURIER = 1;
export const BASIS_RADIAL = 2;
export const BASIS_CHEBYSHEV = 3;
export const BASIS_WAVELET = 4;
export const BASIS_RELU = 5;
export const BASIS_AF = 6;

export const NO_BASE = -1;
export const ACTIVATION_SILU = 0;
export const ACTIVATION_RELU = 1;
export const ACTIVATION_TANH = 2;
export const ACTIVATION_SIGMOID = 3;
export const ACTIVATION_IDENTITY = 4;

/** Variants of B-splines. */
export const EXTEND = 0;
export const CLAMP = 1;
/** Variants of wavelets. */
export const MEXICAN_HAT = 0;
export const GAUSSIAN_SLOPE = 1;
/** Variants of AF-KAN. */
export const QUAD1 = 0;
export const QUAD2 = 1;
export const SUM = 2;
export const PROD = 3;
export const SUM_PROD = 4;
export const CUBIC1 = 5;
export const CUBIC2 = 6;
