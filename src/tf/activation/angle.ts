import * as tf from '@tensorflow/tfjs-core';
import type { Angle, BinaryOperator, Expression } from '../../../circuits/angle/expression.js';
import type { AngleFunction } from '../../../circuits/angle/functions.js';

const functions: Readonly<Record<AngleFunction, (t: tf.Tensor) => tf.Tensor>> = {
  sin: tf.sin,
  cos: tf.cos,
  tan: tf.tan,
  asin: tf.asin,
  acos: tf.acos,
  atan: tf.atan,
  tanh: tf.tanh,
  exp: tf.exp,
  log: tf.log,
  sqrt: tf.sqrt,
};

const operators: Readonly<Record<BinaryOperator, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor>> = {
  '+': tf.add,
  '-': tf.sub,
  '*': tf.mul,
  '/': tf.div,
  '^': tf.pow,
};

/** The value of an angle as a tensor, its symbols looked up as tensors of one shape. */
export function evaluateAngle(angle: Angle, lookup: (name: string) => tf.Tensor): tf.Tensor {
  const visit = (node: Expression): tf.Tensor => {
    switch (node.kind) {
      case 'number':
        return tf.scalar(node.value);
      case 'symbol':
        return lookup(node.name);
      case 'negate':
        return tf.neg(visit(node.operand));
      case 'call':
        return functions[node.function](visit(node.argument));
      case 'binary':
        return operators[node.operator](visit(node.left), visit(node.right));
    }
  };
  return typeof angle === 'number' ? tf.scalar(angle) : visit(angle);
}
