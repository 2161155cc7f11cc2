import type { Node } from '@babel/types';
import type { Splice } from '../../edit/splice.ts';
import type { Code } from '../code/code.ts';
import { SDK } from '../sdk/sdk-package.ts';
import type { DashboardWriting } from '../write/dashboard-writing.ts';
import { type CodeStyle, printAt } from './code-style.ts';
import { bare, type DefinitionSource, nameOf, spanOf } from './definition-source.ts';

/** What every edit of a definition needs to know. */
export interface Editing {
  readonly source: DefinitionSource;
  readonly style: CodeStyle;
  readonly writing: DashboardWriting;
  /** The head of a chain that gets several new calls: one line for each, however short they are. */
  readonly broken?: Node | undefined;
}

/** Replacements that together make one change. */
export type Way = readonly Splice[];

/** One change that is wanted, and the ways to make it, the best first. Which of them is right, only a trial can tell. */
export type Wish = readonly Way[];

/** Puts code in the place of a node. */
export function replace({ source, style }: Editing, node: Node, code: Code): Splice {
  const { start, end } = spanOf(node);
  const quote = source.text[start];
  const own = quote === "'" || quote === '"' ? ({ ...style, quote } as const) : style;
  return { start, end, text: printAt(code, source, own, start) };
}

/** Whether an expression says a value and computes nothing: literals, lists and objects of them, names of the SDK. */
export function isLiteral(source: DefinitionSource, expression: Node): boolean {
  const node = bare(expression);
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
      return true;
    case 'TemplateLiteral':
      return node.expressions.length === 0;
    case 'UnaryExpression':
      return node.operator === '-' && isLiteral(source, node.argument);
    case 'Identifier':
      return node.name === 'undefined' || isOfSdk(source, node.name);
    case 'MemberExpression':
      return !node.computed && isNameOfSdk(source, node.object);
    case 'ArrayExpression':
      return node.elements.every((element) => element !== null && isLiteral(source, element));
    case 'ObjectExpression':
      return node.properties.every(
        (property) =>
          property.type === 'ObjectProperty' &&
          nameOf(property) !== undefined &&
          isLiteral(source, property.value),
      );
    default:
      return false;
  }
}

function isNameOfSdk(source: DefinitionSource, node: Node): boolean {
  if (node.type === 'MemberExpression') return !node.computed && isNameOfSdk(source, node.object);
  return node.type === 'Identifier' && isOfSdk(source, node.name);
}

function isOfSdk({ imports }: DefinitionSource, name: string): boolean {
  return imports.get(name)?.module.startsWith(SDK) === true;
}
