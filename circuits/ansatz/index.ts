import type { Ansatz } from './ansatz.js';
import { mix } from './mix.js';
import { px } from './px.js';
import { pz } from './pz.js';
import { real } from './real.js';
import { rpz } from './rpz.js';

/** The one-qubit ansätze of arXiv:2509.14026 and its package, by name. */
export const ansatze = { pz, rpz, px, real, mix } as const satisfies Record<string, Ansatz>;

export type AnsatzName = keyof typeof ansatze;
