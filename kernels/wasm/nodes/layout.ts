/**
 * Where things lie in the memory of the node kernel. Read by both sides: TypeScript, and AssemblyScript
 * (`../assembly/nodes/`), which is why it holds bare integer constants and nothing else.
 *
 * A tile is 4 × 4 numbers: 4 samples, one after the other, of 4 inputs (or outputs) each. A panel holds 8 columns of a
 * matrix, row after row. Products take tiles from the left and panels from the right.
 */

export const TILE = 64;
export const PANEL_ROW = 32;
/** Samples of a block, and its rows of tiles. */
export const BLOCK = 64;
export const BLOCK_TILES = 16;

/** The job's fields, in units of four bytes from `JOB` (`../layout.ts`). */
export const KIND = 0; // see the KIND_ constants
export const FLAGS = 1; // see the FLAG_ constants
export const IN = 2;
export const OUT = 3;
export const BATCH = 4;
export const DEGREE = 5;
export const FEATURES = 6; // an input: cos t, sin t, cos 2t, …, sin dt, then 1 or silu(t) where it takes part
export const PAIRS = 7; // of features, (cos mt, sin mt), then (1 or silu, none), in the derivative by the inputs
export const X = 8; // [batch, in]
export const GAIN = 9; // [batch, in]
export const COEFFICIENTS = 10; // [2d + 1, out, in], then the weights of silu, [out, in]
export const UPSTREAM = 11; // [batch, out]
export const PANELS = 12; // the coefficients as panels
export const BASELINE = 13; // what all samples share of each output
export const Y = 14; // [batch, out]
export const X_GRADIENT = 15; // [batch, in]
export const SUMS = 16; // the chunks' parts of the derivative by the coefficients
export const SUMS_STRIDE = 17;
export const GRADIENT = 18; // derivative by the coefficients, and by the weights of silu after them
export const CHUNKS = 19; // parts of the batch that are summed on their own
export const CHUNK_BLOCKS = 20;
export const RANGE = 21; // groups of 4 inputs that are taken at a time
export const GROUP = 22; // panels, or quads of edges, a task
export const ORDER = 23;
export const SCRATCH = 24;
export const SCRATCH_STRIDE = 25;
export const SCRATCH_UPSTREAM = 26; // offsets within a thread's scratch
export const SCRATCH_RESULT = 27;
export const EDGES = 28;
export const STEPS = 29; // the steps of a program
export const STEP_COUNT = 30;
export const TURNS = 31; // of the program
export const ANGLES = 32; // [edges, columns]
export const FOURIER = 33; // [2d + 1 features, 2d + 1 nodes]
export const READOUT = 34; // three numbers
export const EDGE_STRIDE = 35; // edges filled up to a multiple of four
export const COLUMNS = 36; // of the angles
export const TERMS = 37; // of every turn in order: how many, then of each its column and sign
export const FIELDS = 38;

export const KIND_OUTPUTS = 0;
export const KIND_GRADIENT = 1;
export const KIND_REDUCE = 2;
export const KIND_COMPILE = 3;
export const KIND_COMPILE_GRADIENT = 4;

export const FLAG_GAIN = 1;
/** Derivatives by the inputs and by the coefficients are wanted. */
export const FLAG_INPUTS = 2;
export const FLAG_COEFFICIENTS = 4;
/** The derivative by the constant terms is a sum over the batch, the same for every input. */
export const FLAG_COLUMN_SUMS = 8;
/** The last feature is silu, whose weights follow the coefficients. */
export const FLAG_SILU = 16;

/** Largest degree whose features are made by angle addition in float32. */
export const SINGLE_DEGREE = 8;

/** A step of a program: its kind, its axis, and the number of its turn or the address of its numbers. */
export const STEP = 16;
export const STEP_TURN = 0;
export const STEP_ENCODE = 1;
export const STEP_ROTATE = 2;
