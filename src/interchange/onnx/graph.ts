import { Message } from './protobuf.js';

/** The operator set that a model asks for, and the version of the file format that came with it. */
const OPERATORS = 17;
const FORMAT = 8;
/** Numbers of the types in `TensorProto.DataType`, and of attributes in `AttributeProto.AttributeType`. */
const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE_INT = 2;

/** The name of a tensor in a graph. */
export type Value = string;

/**
 * A computation in ONNX, built operation by operation: from one input [batch, in] to one output [batch, out], float32.
 *
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export class OnnxGraph {
  readonly input: Value = 'x';
  private readonly nodes: Message[] = [];
  private readonly initializers: Message[] = [];
  private readonly constants = new Map<string, Value>();
  private count = 0;

  constructor(
    readonly name: string,
    private readonly inDim: number,
  ) {}

  /** Applies an operator to tensors. */
  apply(operator: string, inputs: readonly Value[], attributes: Readonly<Record<string, number>> = {}): Value {
    const output = this.nextName(operator);
    const node = new Message();
    for (const input of inputs) node.text(1, input);
    node.text(2, output).text(3, output).text(4, operator);
    for (const [name, value] of Object.entries(attributes)) {
      node.message(5, new Message().text(1, name).integer(3, value).integer(20, ATTRIBUTE_INT));
    }
    this.nodes.push(node);
    return output;
  }

  /** A tensor of numbers, in float32. */
  tensor(values: ArrayLike<number>, shape: readonly number[]): Value {
    return this.initializer(new Uint8Array(Float32Array.from(values).buffer), shape, FLOAT);
  }

  /** Numbers by their place, shape [count]. */
  row(count: number, value: (k: number) => number): Value {
    const values = Float64Array.from({ length: count }, (_, k) => value(k));
    return this.tensor(values, [count]);
  }

  /** One number. */
  scalar(value: number): Value {
    const key = `scalar ${value}`;
    const known = this.constants.get(key) ?? this.tensor([value], []);
    this.constants.set(key, known);
    return known;
  }

  /** A list of integers, as operators take axes and shapes. */
  integers(values: readonly number[]): Value {
    const key = `integers ${values}`;
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    const known = this.constants.get(key) ?? this.initializer(bytes, [values.length], INT64);
    this.constants.set(key, known);
    return known;
  }

  add = (a: Value, b: Value): Value => this.apply('Add', [a, b]);
  subtract = (a: Value, b: Value): Value => this.apply('Sub', [a, b]);
  multiply = (a: Value, b: Value): Value => this.apply('Mul', [a, b]);

  /** The model as a file, with `output` of shape [batch, outDim] as its output "y". */
  finish(output: Value, outDim: number): Uint8Array {
    const y = 'y';
    this.nodes.push(new Message().text(1, output).text(2, y).text(3, y).text(4, 'Identity'));
    const graph = new Message();
    for (const node of this.nodes) graph.message(1, node);
    graph.text(2, this.name);
    for (const initializer of this.initializers) graph.message(5, initializer);
    graph.message(11, matrixInfo(this.input, this.inDim)).message(12, matrixInfo(y, outDim));
    const operators = new Message().text(1, '').integer(2, OPERATORS);
    const model = new Message().integer(1, FORMAT).text(2, 'daruan');
    return model.message(7, graph).message(8, operators).finish();
  }

  private initializer(bytes: Uint8Array, shape: readonly number[], type: number): Value {
    const name = this.nextName('constant');
    const tensor = new Message();
    for (const size of shape) tensor.integer(1, size);
    this.initializers.push(tensor.integer(2, type).text(8, name).bytes(9, bytes));
    return name;
  }

  private nextName(kind: string): Value {
    this.count++;
    return `${kind}_${this.count}`;
  }
}

/** Name and type of a float32 matrix [batch, width]. */
function matrixInfo(name: Value, width: number): Message {
  const shape = new Message().message(1, new Message().text(2, 'batch')).message(1, new Message().integer(1, width));
  const type = new Message().message(1, new Message().integer(1, FLOAT).message(2, shape));
  return new Message().text(1, name).message(2, type);
}
