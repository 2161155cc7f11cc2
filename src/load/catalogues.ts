import { parse } from '@babel/parser';
import type { Expression, Node, SpreadElement } from '@babel/types';
import * as z from 'zod/mini';
import type { MetricCatalogue } from '../model/metric-catalogue.ts';
import type { LoadedCatalogue } from '../model/workspace.ts';
import type { FileTree } from './file-tree.ts';
import { readText, treeFiles } from './tree-files.ts';

const labelValues = z.union([z.literal('open'), z.array(z.string())]);

const catalogueShape = z.object({
  catalogueVersion: z.literal(1),
  jobs: z.record(
    z.string(),
    z.object({
      complete: z.boolean(),
      targetLabels: z.optional(z.record(z.string(), labelValues)),
      unlistedPrefixes: z.optional(z.array(z.string())),
    }),
  ),
  metrics: z.record(
    z.string(),
    z.object({
      type: z.enum(['counter', 'gauge', 'histogram', 'summary']),
      help: z.string(),
      unit: z.optional(z.string()),
      jobs: z.array(z.string()),
      labels: z.record(z.string(), labelValues),
      buckets: z.optional(z.array(z.number())),
    }),
  ),
});

/** The metric catalogues of a tree: `metrics.ts` and `*.metrics.ts`, read through their syntax tree and never run. */
export function findCatalogues(
  tree: FileTree,
  files: readonly string[] = treeFiles(tree),
): LoadedCatalogue[] {
  return files
    .filter((path) => /(?:^|[/.])metrics\.[mc]?[tj]s$/.test(path))
    .flatMap((file) => {
      const catalogue = readCatalogue(readText(tree, file) ?? '');
      return catalogue ? [{ file, catalogue }] : [];
    });
}

/**
 * The catalogue in a module's text: the object literal exported as `catalogue`. Undefined when there is none, or when
 * it is not plain literal data in the catalogue's shape: then nothing is known, and nothing is reported.
 */
export function readCatalogue(text: string): MetricCatalogue | undefined {
  if (!text.includes('catalogueVersion')) return undefined;
  const initializer = exportedCatalogue(text);
  const value = initializer && literalValue(initializer);
  const parsed = catalogueShape.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

function exportedCatalogue(text: string): Node | undefined {
  try {
    const { program } = parse(text, { sourceType: 'module', plugins: ['typescript'] });
    for (const statement of program.body) {
      if (
        statement.type !== 'ExportNamedDeclaration' ||
        statement.declaration?.type !== 'VariableDeclaration'
      )
        continue;
      for (const { id, init } of statement.declaration.declarations)
        if (id.type === 'Identifier' && id.name === 'catalogue' && init) return init;
    }
  } catch {
    // Not a module that this parser reads: no catalogue.
  }
  return undefined;
}

/** The value of a literal expression; undefined as soon as anything would have to be run to know it. */
function literalValue(node: Node | Expression | SpreadElement | null): unknown {
  switch (node?.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return literalValue(node.expression);
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return node.value;
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? node.quasis[0]?.value.cooked : undefined;
    case 'ArrayExpression':
      return node.elements.map(literalValue);
    case 'ObjectExpression': {
      // `fromEntries` defines own properties, so that a key `__proto__` stays a key.
      const entries = node.properties.map((property): [string, unknown] | undefined => {
        if (property.type !== 'ObjectProperty' || property.computed) return undefined;
        const { key } = property;
        const name = key.type === 'Identifier' ? key.name : literalValue(key);
        return name === undefined ? undefined : [String(name), literalValue(property.value as Node)];
      });
      return entries.includes(undefined) ? undefined : Object.fromEntries(entries as [string, unknown][]);
    }
    default:
      return undefined;
  }
}
