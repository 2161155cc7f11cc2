import type { Node } from '@babel/types';
import { type DefinitionSource, nodesOf } from './definition-source.ts';

/** Each name as often as it stands outside of imports, declarations included; names of properties are none. */
export function namesSpoken({ file }: DefinitionSource): readonly string[] {
  const found: string[] = [];
  for (const statement of file.program.body) {
    if (statement.type === 'ImportDeclaration') continue;
    const properties = new Set<Node>();
    for (const node of nodesOf(statement)) {
      if (node.type === 'Identifier' && !properties.has(node)) found.push(node.name);
      if (node.type === 'ObjectProperty' && !node.computed) properties.add(node.key);
      if (node.type === 'MemberExpression' && !node.computed) properties.add(node.property);
    }
  }
  return found;
}
