// The page docs/api.md: what the library exports, from the doc comments in its declarations, read by typedoc.
import { join } from 'node:path';
import { Application, ReflectionKind } from 'typedoc';

const ROOT = join(import.meta.dirname, '..');
const PARTS = [
  ['Functions', ReflectionKind.Function],
  ['Options, results and other types', ReflectionKind.Interface | ReflectionKind.TypeAlias],
  ['Values', ReflectionKind.Variable],
];

/** The text of the page. */
export async function apiPage() {
  const app = await Application.bootstrap({
    entryPoints: [join(ROOT, 'dist/types/index.d.mts')],
    tsconfig: join(import.meta.dirname, 'tsconfig.api.json'),
    skipErrorChecking: true,
    excludePrivate: true,
    disableSources: true,
    logLevel: 'Error',
    sort: ['alphabetical'],
  });
  const project = await app.convert();
  const parts = PARTS.map(([title, kind]) => {
    const items = (project.children ?? []).filter((item) => item.kind & kind);
    return [`## ${title}`, ...items.map(entry)].join('\n\n');
  });
  const head = [
    '<!-- Written by `npm run docs` from the doc comments in src/. -->',
    '# The library',
    text(project.comment),
    "Everything below comes from `import { … } from 'panelproof'`.",
  ];
  return `${[...head, ...parts].join('\n\n')}\n`;
}

function entry(item) {
  const heading = `### \`${item.name}\``;
  if (item.kind === ReflectionKind.Function) return [heading, ...item.signatures.map(signature)].join('\n\n');
  if (item.kind === ReflectionKind.Variable)
    return paragraphs(heading, text(item.comment), code(`${item.name}: ${item.type}`));
  const members = item.children ?? item.type?.declaration?.children;
  if (!members) return paragraphs(heading, text(item.comment), code(`type ${item.name} = ${item.type}`));
  const rows = members.map(
    (member) =>
      `| \`${member.name}${member.flags.isOptional ? '?' : ''}\` | ${cell(typeOf(member))} | ${oneLine(text(member.comment ?? member.signatures?.[0]?.comment))} |`,
  );
  return paragraphs(heading, text(item.comment), ['| name | type | |', '|---|---|---|', ...rows].join('\n'));
}

function signature(of) {
  const parameters = (of.parameters ?? []).map(
    ({ name, type, flags }) => `${flags.isRest ? '...' : ''}${name}${flags.isOptional ? '?' : ''}: ${type}`,
  );
  const generics = of.typeParameters
    ?.map(({ name, type }) => (type ? `${name} extends ${type}` : name))
    .join(', ');
  const line = `${of.name}${generics ? `<${generics}>` : ''}(${parameters.join(', ')}): ${of.type}`;
  return paragraphs(code(line), text(of.comment), ...(of.comment?.blockTags ?? []).map(tag));
}

function tag({ tag: name, content }) {
  const body = content
    .map((part) => part.text)
    .join('')
    .trim();
  return name === '@throws' ? `Throws ${body}.` : name === '@example' ? body : `${name.slice(1)}: ${body}`;
}

function typeOf(member) {
  const [first] = member.signatures ?? [];
  return first
    ? `(${(first.parameters ?? []).map(({ name, type }) => `${name}: ${type}`).join(', ')}) => ${first.type}`
    : String(member.type);
}

function text(comment) {
  return (comment?.summary ?? [])
    .map((part) => part.text)
    .join('')
    .trim();
}

function oneLine(words) {
  return words.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}

function cell(type) {
  return `\`${oneLine(type)}\``;
}

function code(line) {
  return `\`\`\`ts\n${line}\n\`\`\``;
}

function paragraphs(...parts) {
  return parts.filter(Boolean).join('\n\n');
}
