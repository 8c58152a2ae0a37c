/** What a symbol is to a circuit; OpenQASM's inputs do not say it. */
export type InputRole = 'data' | 'parameter';

/** What a remark says of the input before it. */
export interface InputRemark {
  readonly role: InputRole;
  /** What the symbol is called in the circuit, where the language takes the name for something else. */
  readonly name?: string;
}

/**
 * A declaration, and behind it, as a comment that other readers pass over, what the language cannot say of a symbol: that
 * it is data, and its name where it had to be renamed. A comment, since compilers refuse annotations of inputs.
 */
export function remarked(declaration: string, role: InputRole, name: string, written: string, comment = '//'): string {
  if (role === 'parameter' && name === written) return declaration;
  return `${declaration} ${comment} daruan: ${role}${name === written ? '' : ` ${name}`}`;
}

/** What a comment of a program says after `daruan:`; undefined if it is none of ours. */
export const remarkIn = (comment: string): string | undefined => /^\/\/\s*daruan:(.*)/.exec(comment)?.[1].trim();

/** A remark's meaning; undefined if it has none. */
export function readRemark(text: string): InputRemark | undefined {
  const found = /^(data|parameter)(?:\s+(\S+))?$/.exec(text);
  return found ? { role: found[1] as InputRole, name: found[2] } : undefined;
}
