import type { Ansatz } from './ansatz.js';
import { brick } from './brick.js';
import type { EntanglingAnsatz } from './entangling.js';
import { ising } from './ising.js';
import { mix } from './mix.js';
import { px } from './px.js';
import { pz } from './pz.js';
import { real } from './real.js';
import { ring } from './ring.js';
import { rpz } from './rpz.js';

/** The one-qubit ansätze of arXiv:2509.14026 and its package, by name. */
export const ansatze = { pz, rpz, px, real, mix } as const satisfies Record<string, Ansatz>;

export type AnsatzName = keyof typeof ansatze;

/** Entangling ansätze of several qubits, by name. */
export const entanglingAnsatze = { ring, brick, ising } as const satisfies Record<string, EntanglingAnsatz>;

export type EntanglingAnsatzName = keyof typeof entanglingAnsatze;
