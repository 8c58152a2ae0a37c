import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element as parsed: its name, attributes, own text and children in order. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Node[];
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: true,
});

type Raw = Record<string, unknown> & { ':@'?: Record<string, string> };

function toNode(raw: Raw): Node {
  const name = Object.keys(raw).find((key) => key !== ':@') ?? '';
  const parts = raw[name] as Raw[];
  return {
    name,
    attributes: raw[':@'] ?? {},
    text: parts.map((part) => part['#text'] ?? '').join(''),
    children: parts.filter((part) => part['#text'] === undefined).map(toNode),
  };
}

/** The root of an SVG document; throws where it is not well-formed. */
export function parse(svg: string): Node {
  const verdict = XMLValidator.validate(svg);
  if (verdict !== true) throw new Error(`${verdict.err.msg} (line ${verdict.err.line})`);
  return toNode(parser.parse(svg)[0]);
}

/** A node and everything in it. */
export const all = (node: Node): Node[] => [node, ...node.children.flatMap(all)];

/** Elements with this name, or with this class if it begins with a full stop. */
export function select(node: Node, what: string): Node[] {
  return all(node).filter(({ name, attributes }) =>
    what.startsWith('.') ? attributes.class?.split(' ').includes(what.slice(1)) : name === what,
  );
}

/** The numbers of a path, in order. */
export const numbersOf = (path: string): number[] => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

/** All texts that are drawn. */
export const textsOf = (node: Node): string[] => select(node, 'text').map(({ text }) => text);
