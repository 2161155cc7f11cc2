import { dirname, posix } from 'node:path';
import type { Node, ObjectExpression } from '@babel/types';
import type { Json } from '../../diff/json.ts';
import type { FileTree } from '../../load/file-tree.ts';
import { readText } from '../../load/tree-files.ts';
import { builderIn, chainOf } from './chain.ts';
import {
  type DefinitionSource,
  follow,
  lineAt,
  nodesOf,
  propertyOf,
  readDefinition,
  spanOf,
} from './definition-source.ts';
import type { Difference, Subject } from './differences.ts';
import { optionsOf } from './plan-wishes.ts';
import { writtenPanels } from './written-panels.ts';

/** A difference that is to be mended by hand, and where. */
export interface LeftByHand {
  /** Path below the root. */
  readonly file: string;
  readonly line: number;
  readonly difference: Difference;
}

/** Where in the text to change what: the call that says it, or what comes nearest. */
export function byHand(
  left: readonly Difference[],
  source: DefinitionSource,
  { uid, before }: { readonly uid: string; readonly before: Json },
  tree: FileTree,
): readonly LeftByHand[] {
  const options = optionsOf(source, uid);
  const written = options && writtenPanels(source, options, before);
  return left.map((difference) => {
    const { subject } = difference;
    const property = subject.id === undefined ? undefined : written?.properties.get(subject.id);
    const found =
      property && subject.kind === 'panel'
        ? (callIn(source, property.value, subject, tree) ?? { source, node: property })
        : { source, node: (options && propertyFor(options, subject)) ?? options ?? exported(source) };
    return {
      file: found.source.path,
      line: lineAt(found.source.text, spanOf(found.node).start),
      difference,
    };
  });
}

function propertyFor(options: ObjectExpression, { kind, what }: Subject): Node | undefined {
  if (kind !== 'dashboard') return propertyOf(options, LISTS[kind]);
  const [word = ''] = what.split(' ');
  return propertyOf(options, word === 'shared' ? 'graphTooltip' : word) ?? propertyOf(options, 'override');
}

const LISTS = {
  variable: 'variables',
  annotation: 'annotations',
  link: 'links',
  layout: 'layout',
  panel: 'panels',
} as const;

/** What a definition exports: where to look when no dashboard is written out in it. */
function exported({ file }: DefinitionSource): Node {
  return file.program.body.find(({ type }) => type === 'ExportDefaultDeclaration') ?? file.program;
}

interface FoundNode {
  readonly source: DefinitionSource;
  readonly node: Node;
}

/** The call that says it: in the panel's own chain, or in that of the function that it begins with. */
function callIn(
  source: DefinitionSource,
  node: Node,
  subject: Subject,
  tree: FileTree,
  depth = 0,
): FoundNode | undefined {
  const { chain } = builderIn(source, node);
  if (subject.refId !== undefined) return queryIn(source, chain.links, subject);
  const words = subject.what.split(/[ .]/);
  const link = chain.links.findLast(({ name }) => words.includes(name));
  if (link?.args[0]) return { source, node: link.args[0] };
  const { head } = chain;
  if (head.type !== 'CallExpression' || head.callee.type !== 'Identifier' || depth > 5) return undefined;
  const body = functionNamed(source, head.callee.name, tree);
  return body && callIn(body.source, body.node, subject, tree, depth + 1);
}

function queryIn(
  source: DefinitionSource,
  links: readonly { readonly name: string; readonly args: readonly Node[] }[],
  { refId = 'A', what }: Subject,
): FoundNode | undefined {
  const queries = links.flatMap(({ name, args }) => (name === 'withTarget' && args[0] ? [args[0]] : []));
  const node = queries[refId.charCodeAt(0) - 65] ?? queries[0];
  if (!node) return undefined;
  const [first] = chainOf(node).links;
  const expression = what === 'expression' ? first?.args[0] : undefined;
  const constant = expression && follow(source, expression);
  return { source, node: constant ?? node };
}

/** What a function of the file, or of a file that it imports, returns. */
function functionNamed(source: DefinitionSource, name: string, tree: FileTree): FoundNode | undefined {
  const imported = source.imports.get(name);
  if (imported?.module.startsWith('.')) {
    const path = posix.join(dirname(source.path), imported.module);
    const file = [path, `${path}.ts`, path.replace(/js$/, 'ts')].find(
      (one) => readText(tree, one) !== undefined,
    );
    const text = file === undefined ? undefined : readText(tree, file);
    return file === undefined || text === undefined
      ? undefined
      : functionNamed(readDefinition(file, text), imported.name, tree);
  }
  for (const node of nodesOf(source.file.program)) {
    if (node.type === 'FunctionDeclaration' && node.id?.name === name) {
      const returned = node.body.body.find((one) => one.type === 'ReturnStatement');
      return returned?.type === 'ReturnStatement' && returned.argument
        ? { source, node: returned.argument }
        : undefined;
    }
  }
  const arrow = source.constants.get(name);
  return arrow?.type === 'ArrowFunctionExpression' && arrow.body.type !== 'BlockStatement'
    ? { source, node: arrow.body }
    : undefined;
}
