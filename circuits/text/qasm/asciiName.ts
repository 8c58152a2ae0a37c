/** The letters α … ω in their order. */
const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );

const FIRST = 'α'.codePointAt(0)!;

/** A name in ASCII: Greek letters by their names, others by their numbers. Symbols are of letters, digits and underscores. */
export const asciiName = (name: string): string =>
  [...name]
    .map((letter) => {
      if (/[A-Za-z0-9_]/.test(letter)) return letter;
      const code = letter.codePointAt(0)!;
      return greek[code - FIRST] ?? `u${code.toString(16)}`;
    })
    .join('');
