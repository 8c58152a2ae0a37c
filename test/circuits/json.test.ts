import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reservedNames } from '../../circuits/angle/expression.js';
import { parseAngle } from '../../circuits/angle/parse.js';
import { ansatze } from '../../circuits/ansatz/table.js';
import { circuit, controlled, op } from '../../circuits/circuit.js';
import schema from '../../circuits/circuit.schema.json' with { type: 'json' };
import { gates } from '../../circuits/gates.js';
import { fromJson, toJson } from '../../circuits/json.js';
import { anyAngle } from './angle/arbitrary.js';
import { randomCircuit, rows } from './randomCircuit.js';

const validate = new Ajv2020().compile(schema);

const decodes = (document: unknown): boolean | string => {
  try {
    fromJson(document);
    return true;
  } catch (error) {
    expect((error as Error).name).toBe('DaruanError');
    return (error as Error).message;
  }
};

/** Every [object or list, key] in a document. */
function placesIn(value: object): [parent: Record<string, unknown>, key: string][] {
  return Object.entries(value).flatMap(([key, child]) => [
    [value as Record<string, unknown>, key] as [Record<string, unknown>, string],
    ...(typeof child === 'object' && child !== null ? placesIn(child) : []),
  ]);
}

const example = toJson(
  circuit({
    name: 'example',
    numQubits: 3,
    data: ['x'],
    operations: [
      op('h', [0]),
      controlled(op('rx', [1], 'w*x + b'), { qubit: 0, value: 0 }),
      controlled(op('rzz', [2, 0], -0.25), 1),
      op('u', [2], 1e-7, 'theta', -0),
      op('gphase', [], 'pi/3'),
    ],
  }),
);

describe('toJson and fromJson', () => {
  it('give back every angle bit for bit, through text', () => {
    fc.assert(
      fc.property(anyAngle, (angle) => {
        const source = circuit({ numQubits: 1, operations: [op('rz', [0], angle)] });
        const back = fromJson(JSON.stringify(toJson(source)));
        expect(back).toStrictEqual(source);
      }),
      { seed: 20260102, numRuns: 300 },
    );
  });

  it.each([-0, 5e-324, Number.MAX_VALUE, 0.1 + 0.2, -1e-7])('give back the double %d', (value) => {
    const source = circuit({ numQubits: 1, operations: [op('rz', [0], value)] });
    expect(fromJson(JSON.stringify(toJson(source))).operations[0].angles[0]).toBe(value);
  });

  it('give back random circuits with controls of both values', () => {
    for (let seed = 0; seed < 20; seed++) {
      const source = randomCircuit(seed, 4, 10, 3);
      expect(fromJson(JSON.stringify(toJson(source)))).toStrictEqual(source);
      expect(validate(toJson(source))).toBe(true);
    }
  });

  it.each(Object.values(ansatze))('give back the ansatz $name', (ansatz) => {
    const source = ansatz.circuit(2);
    expect(fromJson(toJson(source))).toStrictEqual(source);
    expect(validate(toJson(source))).toBe(true);
  });

  it('write no more than is there', () => {
    expect(toJson(circuit({ numQubits: 1, operations: [op('x', [0])] })).operations).toEqual([
      { gate: 'x', targets: [0] },
    ]);
  });
});

describe('circuit.schema.json', () => {
  it('lists the gates of the table, with their numbers of targets and angles', () => {
    const { operation, symbol } = schema.$defs;
    expect(operation.properties.gate.enum).toEqual(Object.keys(gates));
    for (const gate of rows) {
      const rules = operation.allOf.filter((rule) => rule.if.properties.gate.enum.includes(gate.name));
      expect(rules.length, gate.name).toBe(1);
      const { targets, angles } = rules[0].then.properties;
      expect(targets).toEqual({ type: 'array', minItems: gate.numTargets, maxItems: gate.numTargets });
      expect(angles).toEqual({ type: 'array', minItems: gate.parameters.length, maxItems: gate.parameters.length });
    }
    expect([...symbol.not.enum].sort()).toEqual([...reservedNames].sort());
  });

  it.each([
    ['another format', { ...example, format: 'qasm' }],
    ['a later version', { ...example, version: 2 }],
    ['no operations', { format: 'daruan.circuit', version: 1, numQubits: 1 }],
    ['an unknown key', { ...example, qubits: 3 }],
    ['no qubits', { ...example, numQubits: 0 }],
    ['half a qubit', { ...example, numQubits: 1.5 }],
    ['null as data', { ...example, data: null }],
    ['a data slot twice', { ...example, data: ['x', 'x'] }],
    ['a data slot called pi', { ...example, data: ['pi'] }],
    ['a name that is no text', { ...example, name: 7 }],
    ['an unknown gate', { ...example, operations: [{ gate: 'cx', targets: [0, 1] }] }],
    ['too few targets', { ...example, operations: [{ gate: 'swap', targets: [0] }] }],
    ['too many angles', { ...example, operations: [{ gate: 'h', targets: [0], angles: [1] }] }],
    ['no angle', { ...example, operations: [{ gate: 'rx', targets: [0] }] }],
    ['an empty angle', { ...example, operations: [{ gate: 'rx', targets: [0], angles: [' '] }] }],
    ['a target twice', { ...example, operations: [{ gate: 'swap', targets: [1, 1] }] }],
    ['a negative qubit', { ...example, operations: [{ gate: 'x', targets: [-1] }] }],
    [
      'a control value of 2',
      { ...example, operations: [{ gate: 'x', targets: [0], controls: [{ qubit: 1, value: 2 }] }] },
    ],
    ['a control without value', { ...example, operations: [{ gate: 'x', targets: [0], controls: [{ qubit: 1 }] }] }],
    ['a list', [example]],
    ['null', null],
  ])('and the decoder both refuse %s', (_, document) => {
    expect(validate(document)).toBe(false);
    expect(decodes(document)).toMatch(/^fromJson: /);
  });

  it('and the decoder give the same verdict on mutated documents, save for what no schema can tell', () => {
    const beyondSchema =
      /an integer in 0 … \d+, got|occurs twice|is no expression|which an angle cannot|a finite angle|a name of letters|is the name of/;
    let [accepted, refused, beyond] = [0, 0, 0];
    const junk = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        0,
        1,
        -1,
        2,
        31,
        0.5,
        '',
        'x',
        'pi',
        '2*x',
        '1/0',
        'x +',
        [],
        {},
        [0],
        ['x'],
        true,
      ),
      fc.constantFrom<unknown>('rx', 'rzz', 'u', 'h', { qubit: 1, value: 0 }, { qubit: 0, value: 1 }, 1e300, -0),
      fc.jsonValue({ maxDepth: 1 }),
    );
    fc.assert(
      fc.property(fc.nat(10000), fc.constantFrom('set', 'drop', 'add'), junk, (place, kind, value) => {
        const document = structuredClone(example);
        const places = placesIn(document);
        const [parent, key] = places[place % places.length];
        if (Array.isArray(parent)) {
          const at = Number(key);
          parent.splice(at, kind === 'add' ? 0 : 1, ...(kind === 'drop' ? [] : [value]));
        } else if (kind === 'drop') delete parent[key];
        else parent[kind === 'add' ? `${key}s` : key] = value;
        const [schemaSays, decoderSays] = [validate(document), decodes(document)];
        if (decoderSays === true) {
          accepted++;
          expect(schemaSays).toBe(true);
        } else if (schemaSays) {
          beyond++;
          expect(decoderSays).toMatch(beyondSchema);
        } else refused++;
      }),
      { seed: 20260103, numRuns: 800 },
    );
    expect(Math.min(accepted, refused, beyond)).toBeGreaterThan(4);
  });
});

describe('fromJson names the place of a mistake', () => {
  const withOperation = (operation: unknown) => ({ ...example, operations: [example.operations[0], operation] });
  it.each([
    [
      withOperation({ gate: 'rx', targets: [0], angles: ['2*'] }),
      /^fromJson: operations\[1\]\.angles\[0\]: "2\*" is no expression/,
    ],
    [
      withOperation({ gate: 'x', targets: [3] }),
      'fromJson: operations[1].targets[0]: expected an integer in 0 … 2, got 3.',
    ],
    [
      withOperation({ gate: 'x', targets: [0], controls: [2, { qubit: 2, value: 0 }] }),
      'fromJson: operations[1]: 2 occurs twice. All must differ.',
    ],
    [
      withOperation({ gate: 'x', targets: [0], controls: [{ qubit: 1, value: true }] }),
      'fromJson: operations[1].controls[0].value: expected an integer in 0 … 1, got true.',
    ],
    [{ ...example, data: ['x', 'sin'] }, /^fromJson: data\[1\]: "sin" is the name of a constant, function or operator/],
    ['{"format":', /^fromJson: the text is no JSON: /],
  ])('case %#', (document, message) => {
    expect(() => fromJson(document)).toThrow(message);
  });

  it('keeps the parser’s remedy', () => {
    expect(() => fromJson(withOperation({ gate: 'rx', targets: [0], angles: ['mod(x)'] }))).toThrow(
      /Use \+ - \* \/ \^/,
    );
    expect(parseAngle('x')).toEqual({ kind: 'symbol', name: 'x' });
  });
});
