import { parse } from '@babel/parser';
import type { ClassMethod, Identifier, TSDeclareMethod, TSType, TSTypeElement } from '@babel/types';
import type { SdkFields, SdkType } from './sdk-type.ts';

/** A method of a builder and the types of what it takes. */
export interface DeclaredMethod {
  readonly name: string;
  readonly parameters: readonly SdkType[];
}

/** What one declaration file of the SDK declares. */
export interface Declarations {
  /** Interfaces and aliases. */
  readonly types: ReadonlyMap<string, SdkType>;
  /** Methods of builder classes in the order of the file; the constructor is the one named `constructor`. */
  readonly classes: ReadonlyMap<string, readonly DeclaredMethod[]>;
}

/** Reads a declaration file of the package `own`, such as `timeseries`. */
export function readDeclarations(text: string, own: string): Declarations {
  const types = new Map<string, SdkType>();
  const classes = new Map<string, DeclaredMethod[]>();
  const { program } = parse(text, { sourceType: 'module', plugins: [['typescript', { dts: true }]] });
  for (const statement of program.body) {
    const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (node?.type === 'TSInterfaceDeclaration')
      types.set(node.id.name, { kind: 'object', fields: fieldsOf(node.body.body, own) });
    else if (node?.type === 'TSTypeAliasDeclaration')
      types.set(node.id.name, typeOf(node.typeAnnotation, own));
    else if (node?.type === 'ClassDeclaration' && node.id)
      classes.set(
        node.id.name,
        node.body.body.flatMap((member) =>
          member.type === 'TSDeclareMethod' || member.type === 'ClassMethod' ? [methodOf(member, own)] : [],
        ),
      );
  }
  return { types, classes };
}

function methodOf(method: TSDeclareMethod | ClassMethod, own: string): DeclaredMethod {
  return {
    name: (method.key as Identifier).name,
    parameters: method.params.map((parameter) => {
      const annotation = 'typeAnnotation' in parameter ? parameter.typeAnnotation : undefined;
      return annotation?.type === 'TSTypeAnnotation'
        ? typeOf(annotation.typeAnnotation, own)
        : { kind: 'any' };
    }),
  };
}

function fieldsOf(members: readonly TSTypeElement[], own: string): SdkFields {
  return new Map(
    members.flatMap((member) => {
      if (member.type !== 'TSPropertySignature' || !member.typeAnnotation) return [];
      const name = member.key.type === 'StringLiteral' ? member.key.value : (member.key as Identifier).name;
      const type = typeOf(member.typeAnnotation.typeAnnotation, own);
      return [[name, { type, optional: member.optional === true }] as const];
    }),
  );
}

function typeOf(node: TSType, own: string): SdkType {
  switch (node.type) {
    case 'TSStringKeyword':
      return { kind: 'string' };
    case 'TSNumberKeyword':
      return { kind: 'number' };
    case 'TSBooleanKeyword':
      return { kind: 'boolean' };
    case 'TSNullKeyword':
      return { kind: 'null' };
    case 'TSLiteralType':
      return node.literal.type === 'StringLiteral' ||
        node.literal.type === 'NumericLiteral' ||
        node.literal.type === 'BooleanLiteral'
        ? { kind: 'literal', value: node.literal.value }
        : { kind: 'any' };
    case 'TSArrayType':
      return { kind: 'array', of: typeOf(node.elementType, own) };
    case 'TSParenthesizedType':
      return typeOf(node.typeAnnotation, own);
    case 'TSUnionType':
      return { kind: 'union', of: node.types.map((type) => typeOf(type, own)) };
    case 'TSTypeLiteral':
      return { kind: 'object', fields: fieldsOf(node.members, own) };
    case 'TSTypeReference': {
      const parameters = node.typeParameters?.params.map((type) => typeOf(type, own)) ?? [];
      return namedType(namesOf(node.typeName), parameters, own);
    }
    default:
      return { kind: 'any' };
  }
}

function namesOf(name: import('@babel/types').TSEntityName): string[] {
  if (name.type === 'Identifier') return [name.name];
  return name.type === 'TSQualifiedName' ? [...namesOf(name.left), name.right.name] : [];
}

function namedType(names: readonly string[], parameters: readonly SdkType[], own: string): SdkType {
  const [first = '', second = '', member] = names;
  const inner = parameters.at(-1) ?? { kind: 'any' };
  if (first === 'Record') return { kind: 'record', of: inner };
  if (first === 'cog' && second === 'Builder') return { kind: 'builder', of: inner };
  if (names.length === 1) return { kind: 'named', package: own, name: first };
  // `dashboard.VariableModel` is of a package; `MappingType.ValueToText` is a member of an enum of this one.
  return /^[a-z]/.test(first)
    ? { kind: 'named', package: first, name: second, member }
    : { kind: 'named', package: own, name: first, member: second };
}
