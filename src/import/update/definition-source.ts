import { parse } from '@babel/parser';
import type {
  CallExpression,
  Expression,
  File,
  Node,
  ObjectExpression,
  ObjectProperty,
  VariableDeclarator,
} from '@babel/types';

/** A definition's text and its syntax tree; positions are offsets in the text. */
export interface DefinitionSource {
  /** Path below the root. */
  readonly path: string;
  readonly text: string;
  readonly file: File;
  /** Constants of the top level. */
  readonly declared: readonly { readonly id: VariableDeclarator['id']; readonly init: Expression }[];
  /** Initializers of those that have one name, by it. */
  readonly constants: ReadonlyMap<string, Expression>;
  /** What each imported name means. */
  readonly imports: ReadonlyMap<string, ImportedName>;
}

/** An import: `PanelBuilder` of `@grafana/…/stat`; `*` for a whole module. */
export interface ImportedName {
  readonly module: string;
  readonly name: string;
}

/** Reads a definition; throws the parser's error for a text that is no TypeScript. */
export function readDefinition(path: string, text: string): DefinitionSource {
  const file = parse(text, { sourceType: 'module', plugins: ['typescript'] });
  const constants = new Map<string, Expression>();
  const declared: { id: VariableDeclarator['id']; init: Expression }[] = [];
  const imports = new Map<string, ImportedName>();
  for (const statement of file.program.body) {
    if (statement.type === 'ImportDeclaration' && statement.importKind !== 'type') {
      for (const one of statement.specifiers)
        if (one.type !== 'ImportSpecifier' || one.importKind !== 'type')
          imports.set(one.local.name, {
            module: statement.source.value,
            name:
              one.type === 'ImportNamespaceSpecifier'
                ? '*'
                : one.type === 'ImportDefaultSpecifier'
                  ? 'default'
                  : one.imported.type === 'Identifier'
                    ? one.imported.name
                    : one.imported.value,
          });
    }
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue;
    for (const { id, init } of declaration.declarations) {
      if (!init) continue;
      declared.push({ id, init });
      if (id.type === 'Identifier') constants.set(id.name, init);
    }
  }
  return { path, text, file, declared, constants, imports };
}

/** An expression without `as const`, `satisfies` and the like. */
export function bare(node: Node): Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return bare(node.expression);
    default:
      return node;
  }
}

/** What an expression stands for: a constant of the file's top level leads to its initializer. */
export function follow({ constants }: DefinitionSource, node: Node): Node {
  const seen = new Set<Node>();
  let found = bare(node);
  while (found.type === 'Identifier' && !seen.has(found)) {
    seen.add(found);
    const next = constants.get(found.name);
    if (!next) break;
    found = bare(next);
  }
  return found;
}

/** A property of an object literal; undefined when there is none, or when something spread behind it may replace it. */
export function propertyOf(object: ObjectExpression, key: string): ObjectProperty | undefined {
  const index = object.properties.findLastIndex((one) => one.type === 'SpreadElement' || nameOf(one) === key);
  const found = object.properties[index];
  return found?.type === 'ObjectProperty' ? found : undefined;
}

/** The name of a property that is written out. */
export function nameOf(property: ObjectExpression['properties'][number]): string | undefined {
  if (property.type === 'SpreadElement') return undefined;
  const { key } = property;
  if (property.computed) return key.type === 'StringLiteral' ? key.value : undefined;
  if (key.type === 'Identifier') return key.name;
  return key.type === 'StringLiteral' || key.type === 'NumericLiteral' ? String(key.value) : undefined;
}

/** The string that an expression is; undefined when it has to be evaluated. */
export function stringOf(source: DefinitionSource, node: Node): string | undefined {
  const found = follow(source, node);
  if (found.type === 'StringLiteral') return found.value;
  if (found.type !== 'TemplateLiteral' || found.expressions.length > 0) return undefined;
  return found.quasis[0]?.value.cooked ?? undefined;
}

/** Whether a call is one of a function that panelproof exports, under whatever name it is imported. */
export function isCallOf(source: DefinitionSource, node: Node, name: string): node is CallExpression {
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  if (callee.type === 'Identifier') {
    const imported = source.imports.get(callee.name);
    return imported?.module === 'panelproof' && imported.name === name;
  }
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  const whole = source.imports.get(callee.object.name);
  const isWhole = whole?.module === 'panelproof' && whole.name === '*';
  return isWhole && callee.property.type === 'Identifier' && callee.property.name === name;
}

/** All nodes of a tree, outer ones first. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'leadingComments' || key === 'trailingComments' || key === 'innerComments' || key === 'loc')
      continue;
    for (const inner of Array.isArray(value) ? value : [value])
      if (typeof inner === 'object' && inner !== null && typeof inner.type === 'string' && inner !== node)
        yield* nodesOf(inner as Node);
  }
}

/** Where a node begins and ends in the text. */
export function spanOf(node: Node): { readonly start: number; readonly end: number } {
  return { start: node.start ?? 0, end: node.end ?? 0 };
}

/** The 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
