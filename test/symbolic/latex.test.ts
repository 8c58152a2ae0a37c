import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { symbolicFunctions } from '../../src/symbolic/functions.js';
import { formulaLatex } from '../../src/symbolic/latex.js';

describe('Formulas as LaTeX', () => {
  it.each([
    ['exp(sin(3.142 * x1) + (x2)^2)', '\\exp\\left(\\sin\\left(3.142 \\cdot x_{1}\\right) + x_{2}^{2}\\right)'],
    ['-(x1 - 2)^3 / (1 + x2)', '\\frac{-\\left(x_{1} - 2\\right)^{3}}{1 + x_{2}}'],
    ['2e-9*sqrt(abs(x12))', '2 \\cdot 10^{-9} \\cdot \\sqrt{\\left|x_{12}\\right|}'],
    ['1.8e141 - log(x1)', '1.8 \\cdot 10^{141} - \\ln\\left(x_{1}\\right)'],
    ['tanh(x1)^2 + pi*speed', '\\left(\\tanh\\left(x_{1}\\right)\\right)^{2} + \\pi \\cdot \\mathrm{speed}'],
    ['(x1)^(-1)', 'x_{1}^{-1}'],
  ])('writes %s', (text, wanted) => {
    expect(formulaLatex(text)).toBe(wanted);
  });

  it('writes whatever the library of functions makes, with every brace and bracket closed', () => {
    const rows = Object.values(symbolicFunctions);
    const inside = fc.constantFrom(...rows).chain((row) => fc.constantFrom(row.text('x1'), row.text('2.5 * x2 - 1')));
    fc.assert(
      fc.property(inside, fc.constantFrom(...rows), (text, outer) => {
        const written = formulaLatex(outer.text(`${text} + 0.5`));
        expect(written.split('{').length).toBe(written.split('}').length);
        expect(written.split('\\left').length).toBe(written.split('\\right').length);
        expect(written).not.toContain('undefined');
      }),
      { numRuns: 200, seed: 20261124 },
    );
  });

  it.each([['x1 +'], ['x1 == 2'], ['[1, 2]']])('refuses %s by name', (text) => {
    expect(() => formulaLatex(text)).toThrow(/^formulaLatex: expected /);
  });
});
