import type { InputRemark } from '../remark.js';
import type { Position } from './tokens.js';

/** An expression as it is written. */
export type ExpressionNode = { readonly at: Position } & (
  | { readonly kind: 'number'; readonly value: number; readonly isInteger: boolean }
  /** Bits in quotes, as an integer. */
  | { readonly kind: 'bits'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'element'; readonly name: string; readonly index: ExpressionNode }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: ExpressionNode }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
    }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly ExpressionNode[] }
);

/** What stands in brackets after a register: indices, or ranges with both ends included. */
export type Selection = ExpressionNode | RangeNode;

export interface RangeNode {
  readonly kind: 'range';
  readonly at: Position;
  readonly first: ExpressionNode;
  readonly step?: ExpressionNode;
  readonly last: ExpressionNode;
}

/** A register, or some elements of it. */
export interface Operand {
  readonly at: Position;
  readonly name: string;
  readonly selection?: readonly Selection[];
}

export interface Modifier {
  readonly at: Position;
  readonly kind: 'ctrl' | 'negctrl' | 'inv' | 'pow';
  readonly argument?: ExpressionNode;
}

export type Statement = { readonly at: Position } & (
  | { readonly kind: 'include'; readonly file: string }
  | {
      readonly kind: 'register';
      readonly of: 'qubits' | 'bits';
      readonly name: string;
      readonly size?: ExpressionNode;
    }
  | { readonly kind: 'input'; readonly name: string; readonly remark?: InputRemark }
  | {
      readonly kind: 'value';
      readonly name: string;
      readonly isInteger: boolean;
      readonly value: ExpressionNode;
    }
  | {
      readonly kind: 'array';
      readonly name: string;
      readonly isInteger: boolean;
      readonly size: ExpressionNode;
      /** Absent for an input. */
      readonly values?: readonly ExpressionNode[];
      readonly remark?: InputRemark;
    }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  /** A pragma or an annotation. */
  | { readonly kind: 'pass'; readonly word: string }
  | { readonly kind: 'alias'; readonly name: string; readonly operands: readonly Operand[] }
  | {
      readonly kind: 'gate';
      readonly name: string;
      readonly parameters: readonly string[];
      readonly qubits: readonly string[];
      /** Absent for an opaque gate. */
      readonly body?: readonly Statement[];
    }
  | {
      readonly kind: 'call';
      readonly modifiers: readonly Modifier[];
      readonly name: string;
      readonly angles: readonly ExpressionNode[];
      readonly operands: readonly Operand[];
    }
  | { readonly kind: 'measure'; readonly qubits: Operand; readonly bits?: Operand }
  | { readonly kind: 'reset'; readonly operands: readonly Operand[] }
  | { readonly kind: 'barrier'; readonly operands: readonly Operand[] }
  | {
      readonly kind: 'if';
      readonly condition: ExpressionNode;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | {
      readonly kind: 'for';
      readonly variable: string;
      readonly values: readonly Selection[];
      readonly body: readonly Statement[];
    }
);

export type StatementOf<K extends Statement['kind']> = Extract<Statement, { kind: K }>;
