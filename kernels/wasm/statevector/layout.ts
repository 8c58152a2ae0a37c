/**
 * Where things lie in the memory of the statevector kernel. Read by both sides: TypeScript, and AssemblyScript
 * (`../assembly/statevector/`), which is why it holds bare integer constants and nothing else.
 *
 * A state is a row of complex vectors: 16 bytes of real parts, then 16 bytes of imaginary parts. A vector holds two (float64) or
 * four (float32) neighbours: samples of the batch in the batch-minor layout, the lowest qubits in the amplitude-minor one.
 */

/** Bytes of a complex vector, and their logarithm. */
export const COMPLEX = 32;
export const COMPLEX_BITS = 5;

/** The job's fields, in units of four bytes from JOB. The control words of the threads and the constants lie as in `../layout.ts`. */
export const JOB = 256;
export const KIND = 0;
export const OPS = 1; // address of the operations
export const OPS_COUNT = 2;
export const ROWS = 3; // address of the row table
export const STATES = 4; // address of the first state
export const COSTATES = 5;
export const STATE_STRIDE = 6; // bytes from one task's state to the next one's; 0: a state a thread, in its scratch
export const STATE_BITS = 7; // logarithm of the number of complex vectors of an amplitude-minor state
export const BATCH = 8;
export const BLOCK = 9; // complex vectors of samples in a block (batch-minor), a power of 2; 0: amplitude-minor
export const FRESH = 10; // the state is to be set to |0…0⟩ first
export const GROUPS = 11; // address of the groups of Pauli words
export const GROUPS_COUNT = 12;
export const SUMS = 13; // address of the sums of words
export const SUMS_STRIDE = 14; // bytes from one task's sums to the next one's (amplitude-minor), from word to word (batch-minor)
export const WEIGHTS = 15; // address of the words' weights in the costate
export const WEIGHTS_STRIDE = 16; // bytes, from sample to sample (amplitude-minor), from word to word (batch-minor)
export const GRADIENTS = 17; // address of the slopes of angles
export const GRADIENTS_STRIDE = 18; // as of the sums
export const SCRATCH = 19;
export const SCRATCH_STRIDE = 20;
export const SAMPLE = 21; // the sample of a job whose tasks are parts of one state
export const LOCAL_MASK = 22; // bits of the vector index that a chunk holds
export const LOCAL_BITS = 23;
export const TASK_CHUNKS = 24; // chunks that a task takes
export const GATHERED = 25; // the chunk's bits are not the lowest ones: it is copied to the scratch and back
export const SCRATCH_COSTATE = 26; // offsets within a scratch
export const SCRATCH_PRODUCTS = 27;
export const SCRATCH_TABLES = 28;
export const SCRATCH_GROUP = 29;
export const SCRATCH_PRODUCT = 30;
export const PRODUCT = 31; // address of the one-qubit states of a fresh state, four float64 each; 0: all are |0⟩
export const MEASURED = 32; // words are summed chunk by chunk in this stage, and the state is not kept
export const FIELDS = 33;

export const KIND_RUN = 0; // one task runs a sample or a block from beginning to end
export const KIND_ADJOINT = 1;
export const KIND_STAGE = 2; // one task runs some chunks of one state through a stage
export const KIND_STAGE_BACK = 3;
export const KIND_MEASURE = 4;
export const KIND_COSTATE = 5;
/** Added in float32. */
export const KIND_SINGLE = 8;

/** Sixteen masks of four lanes (float32), then four of two lanes (float64). */
export const MASKS_32 = 1024;
export const MASKS_64 = 1280;
export const HEAP = 1408;

/** An operation: 64 bytes. Masks and values of bits are bytes of offset within a chunk; outer ones are bits of the vector index. */
export const OP = 64;
export const OP_KIND = 0;
export const OP_MASK = 1; // bits that the loop leaves out: controls, and the pair's bit
export const OP_VALUE = 2;
export const OP_FLIP = 3; // from one partner of a pair to the other
export const OP_SIGN = 4; // bits whose parity turns the sign
export const OP_OUTER_MASK = 5;
export const OP_OUTER_VALUE = 6;
export const OP_OUTER_SIGN = 7;
export const OP_LANES = 8; // lanes that meet the controls, as bits
export const OP_LANE_SIGN = 9; // lanes of odd parity, as bits
export const OP_ROW = 10; // of cosines and sines; of the even ones, for a diagonal
export const OP_ROW_ODD = 11;
export const OP_FLAGS = 12;
export const OP_GRADIENT = 13; // where its slope goes; −1: nowhere
export const OP_DATA = 14; // address of entries
export const OP_LANE_FLIP = 15; // xor of lanes, for a target among them; the bits of the targets, for a dense matrix

export const FLAG_NEGATIVE = 1;
/** A diagonal: the sine of the even, odd row is to be negated. */
export const FLAG_NEGATIVE_EVEN = 2;
export const FLAG_NEGATIVE_ODD = 4;
/** A diagonal: its two numbers are constants, at OP_DATA. */
export const FLAG_CONSTANT = 8;

export const OP_ROTATE_REAL = 0;
export const OP_ROTATE_IMAGINARY = 1;
export const OP_LANE_ROTATE_REAL = 2;
export const OP_LANE_ROTATE_IMAGINARY = 3;
export const OP_DIAGONAL = 4;
export const OP_PAIR = 5;
export const OP_PAIR_REAL = 6;
export const OP_SWAP = 7;
export const OP_LANE_PAIR = 8;
export const OP_DENSE = 9;
export const OP_EXCHANGE = 10;
export const OP_DIAGONAL_RUN = 11;
export const OP_PERMUTE = 12;
export const OP_LANE_SWAP = 13;
/** Two rotations, at OP_DATA, in one pass: both imaginary, both real, the first alone imaginary. */
export const OP_TWO_IMAGINARY = 14;
export const OP_TWO_REAL = 15;
export const OP_TWO_MIXED = 16;

/** A row of the table: address of the cosines, bytes to the sines, whether it has an entry a sample; its multiplier is at 16. */
export const ROW_ENTRY = 32;
export const ROW_COSINES = 0;
export const ROW_SINES = 4;
export const ROW_PER_SAMPLE = 8;
export const ROW_MULTIPLIER = 16;

/** A group of Pauli words that flip the same bits, and a word. */
export const GROUP_ENTRY = 16;
export const GROUP_FLIP = 0; // bytes of offset
export const GROUP_LANE_FLIP = 4;
export const GROUP_WORDS = 8; // address
export const GROUP_COUNT = 12;
export const WORD_ENTRY = 32;
export const WORD_SIGN = 0; // bytes of offset
export const WORD_LANE_SIGN = 4; // lanes of odd parity
export const WORD_POWER = 8; // the number of Y, mod 4
export const WORD_INDEX = 12;
export const WORD_OUTER_SIGN = 16; // bits of the vector index
