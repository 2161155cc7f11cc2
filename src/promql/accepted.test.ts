import { parser } from '@prometheus-io/lezer-promql';
import { expect, it } from 'vitest';
import fc from '../../test/fast-check.ts';
import { add, div, mul, type Operand, pow, type Scalar, sub } from './index.ts';
import { randomExpression } from './random-expression.ts';

it('prints what the grammar parses, whatever the expression', () => {
  fc.assert(
    fc.property(randomExpression, (expression) => {
      const wrong: string[] = [];
      parser.parse(expression.text).iterate({
        enter: (node) => {
          if (node.type.isError) wrong.push(expression.text.slice(node.from));
        },
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

it('prints operators so that they are read back in the same order', () => {
  fc.assert(
    fc.property(calculations, (calculation) => {
      const { text } = built(calculation) as Scalar;
      expect(readBack(text)).toBe(withAllParentheses(calculation));
    }),
    { numRuns: 300 },
  );
});

type Calculation = number | Operation;
interface Operation {
  readonly sign: keyof typeof operators;
  readonly left: Calculation;
  readonly right: Calculation;
}

const operators = { '+': add, '-': sub, '*': mul, '/': div, '^': pow } as const;

const calculations: fc.Arbitrary<Operation> = fc.letrec<{ operation: Operation; side: Calculation }>(
  (tie) => ({
    side: fc.oneof({ maxDepth: 5 }, fc.nat(9), tie('operation')),
    operation: fc.record({
      sign: fc.constantFrom('+', '-', '*', '/', '^'),
      left: tie('side'),
      right: tie('side'),
    }),
  }),
).operation;

function built(calculation: Calculation): Operand {
  if (typeof calculation === 'number') return calculation;
  return operators[calculation.sign](built(calculation.left), built(calculation.right)) as Scalar;
}

function withAllParentheses(calculation: Calculation): string {
  if (typeof calculation === 'number') return String(calculation);
  const { left, sign, right } = calculation;
  return `(${withAllParentheses(left)} ${sign} ${withAllParentheses(right)})`;
}

/** The text as the grammar's tree has it, with parentheses around every operation and nothing else. */
function readBack(text: string): string {
  const printed = (node: import('@lezer/common').SyntaxNode): string => {
    const [first, sign, last] = [node.firstChild, node.firstChild?.nextSibling, node.lastChild];
    if (node.name === 'BinaryExpr' && first && sign && last) {
      return `(${printed(first)} ${text.slice(sign.from, sign.to)} ${printed(last)})`;
    }
    return first ? printed(first) : text.slice(node.from, node.to);
  };
  return printed(parser.parse(text).topNode);
}
