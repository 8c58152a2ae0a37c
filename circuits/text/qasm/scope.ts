import type { Angle } from '../../angle/expression.js';
import type { Operation } from '../../circuit.js';
import type { Position } from './tokens.js';

/** A number, or a formula of inputs. Integers are told apart, since OpenQASM 3 divides them as integers. */
export interface Value {
  readonly angle: Angle;
  readonly isInteger: boolean;
}

/** A gate that a program can call. */
export interface GateDefinition {
  readonly numParameters: number;
  readonly numQubits: number;
  /** The gate on these qubits, from operations of the gate table. */
  readonly expand: (angles: readonly Angle[], qubits: readonly number[], at: Position) => readonly Operation[];
  /** How deeply the definition calls other definitions; 0 or absent if it calls none. */
  readonly level?: number;
  /** What a reader of the program should know. */
  readonly warning?: string;
}

/** What a name stands for. */
export type Binding =
  | { readonly kind: 'qubits' | 'bits'; readonly indices: readonly number[]; readonly isRegister: boolean }
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'array'; readonly values: readonly Value[] }
  | { readonly kind: 'gate'; readonly gate: GateDefinition };

/** Names and what they stand for, inside the names of a scope around. */
export class Scope {
  readonly #own = new Map<string, Binding>();

  constructor(readonly parent?: Scope) {}

  find(name: string): Binding | undefined {
    return this.#own.get(name) ?? this.parent?.find(name);
  }

  /** The gate of that name, whatever else bears it: a register or a parameter may be called t. */
  findGate(name: string): GateDefinition | undefined {
    const own = this.#own.get(name);
    return own?.kind === 'gate' ? own.gate : this.parent?.findGate(name);
  }

  has(name: string): boolean {
    return this.#own.has(name);
  }

  set(name: string, binding: Binding): void {
    this.#own.set(name, binding);
  }
}
