import { type MountSource, normalise } from '../../model/grafana-instance.ts';
import type { Location, PropertyPath } from '../../model/source-file.ts';
import type { FileTree } from '../file-tree.ts';
import { asList, asRecord, asText } from '../record.ts';
import { folderOf, treePath } from '../tree-path.ts';
import { type Interpolated, interpolate } from './interpolate.ts';
import type { ComposeContext, ServiceMount } from './service.ts';

/** What a service mounts: `volumes`, `configs` and `tmpfs`; secrets hold no provisioning. Of equal targets the last wins. */
export function serviceMounts(
  context: ComposeContext,
  service: string,
  section: (key: string) => unknown,
): readonly ServiceMount[] {
  const at = (...path: PropertyPath): Location => ({
    file: context.file.path,
    path: ['services', service, ...path],
  });
  const mounts = [
    ...asList(section('volumes')).map((value, index) => volume(context, value, at('volumes', index))),
    ...asList(section('configs')).map((value, index) => config(context, value, at('configs', index))),
    ...asList(section('tmpfs')).map((value, index) => temporary(asText(value), at('tmpfs', index))),
    section('volumes_from') === undefined ? undefined : somewhere('volumes_from', at('volumes_from')),
  ].filter((mount) => mount !== undefined);
  return [...new Map(mounts.map((mount) => [mount.target, mount])).values()];
}

function volume(context: ComposeContext, value: unknown, at: Location): ServiceMount | undefined {
  const long = asRecord(value);
  if (long) return longVolume(context, long, at);
  const source = asText(value);
  if (source === undefined) return undefined;
  const parts = splitOutsideBraces(source);
  const [first = '', second] = parts;
  const put = (text: string) => interpolate(text, context.variables);
  if (second === undefined) {
    const target = put(first);
    return target.missing.length > 0 || !target.text.startsWith('/')
      ? somewhere(first, at)
      : unknown(target.text, 'an anonymous volume, filled at run time', at, false);
  }
  const target = put(second);
  if (target.missing.length > 0) return somewhere(source, at);
  const isNamed = /^[A-Za-z0-9][\w.-]*$/.test(put(first).text) && put(first).missing.length === 0;
  return {
    target: normalise(target.text),
    source: isNamed ? { kind: 'volume', name: put(first).text } : bind(context, first),
    at,
    keeps: true,
  };
}

function longVolume(
  context: ComposeContext,
  raw: Readonly<Record<string, unknown>>,
  at: Location,
): ServiceMount | undefined {
  const target = interpolate(asText(raw.target) ?? '', context.variables);
  if (target.missing.length > 0) return somewhere(asText(raw.target) ?? '', at);
  if (target.text === '') return undefined;
  const source = asText(raw.source);
  const type = interpolate(asText(raw.type) ?? '', context.variables).text;
  if (type === 'tmpfs') return temporary(target.text, at);
  if (type === 'bind' || /^[./~]/.test(source ?? ''))
    return { target: normalise(target.text), source: bind(context, source ?? ''), at, keeps: true };
  if (type === 'volume' && source === undefined)
    return unknown(target.text, 'an anonymous volume, filled at run time', at, false);
  const name = interpolate(source ?? type, context.variables).text;
  return { target: normalise(target.text), source: { kind: 'volume', name }, at, keeps: true };
}

function config(context: ComposeContext, value: unknown, at: Location): ServiceMount | undefined {
  const long = asRecord(value);
  const name = asText(long?.source) ?? asText(value);
  if (name === undefined) return undefined;
  const target = interpolate(asText(long?.target) ?? `/${name}`, context.variables);
  if (target.missing.length > 0) return somewhere(`config ${name}`, at);
  return { target: normalise(target.text), ...configSource(context, name, at), keeps: false };
}

function configSource(
  context: ComposeContext,
  name: string,
  at: Location,
): { source: MountSource; at: Location } {
  const home = context.files.findLast((file) => asRecord(file.root.configs)?.[name] !== undefined);
  const raw = asRecord(asRecord(home?.root.configs)?.[name]);
  const content = asText(raw?.content);
  const file = asText(raw?.file);
  if (file !== undefined) return { source: bind(context, file), at };
  if (content === undefined)
    return { source: { kind: 'unknown', why: `config ${name} is made outside the tree` }, at };
  const { text, missing } = interpolate(content, context.variables);
  const there = { file: home?.path ?? context.file.path, path: ['configs', name, 'content'] };
  return missing.length === 0
    ? { source: { kind: 'inline', text }, at: there }
    : { source: { kind: 'unknown', why: notSet({ text, missing }) }, at: there };
}

/** Files that people, or a script, make the real one of: it may come to lie elsewhere, beside other folders. */
const TO_BE_COPIED = /[._-](?:template|tmpl|tpl|example|sample|dist)[._-][^/]*$|(?:^|\/)_?templates?\//i;

/** A source on the host. `$PWD` counts as the project's folder when that is where the path leads to something. */
function bind({ tree, file, folder, variables }: ComposeContext, source: string): MountSource {
  const workingFolder = /^\$(?:PWD|\{PWD(?::?-\.?)?\})(?=\/|$)/;
  const fromWorkingFolder = workingFolder.test(source) && variables.get('PWD') === undefined;
  const put = interpolate(fromWorkingFolder ? source.replace(workingFolder, '.') : source, variables);
  if (put.missing.length > 0) return { kind: 'unknown', why: notSet(put) };
  const path = treePath(folder, put.text);
  if (path === undefined) return { kind: 'unknown', why: `${put.text} is outside the tree` };
  const kind = tree.kind(path);
  if (kind === undefined && fromWorkingFolder)
    return { kind: 'unknown', why: 'PWD is where Docker Compose is started' };
  if (kind === undefined && TO_BE_COPIED.test(file.path))
    return { kind: 'unknown', why: `${file.path} is copied to where it is used` };
  if (kind === undefined && isLink(tree, file.path))
    return { kind: 'unknown', why: `${file.path} is a link to a file with other neighbours` };
  if (kind === undefined && tree.read(path) === 'outside')
    return { kind: 'unknown', why: `${path} is a link out of the tree` };
  return { kind: 'bind', path };
}

/** Docker Compose looks beside the link; whoever made it may only want the text, as tests do. */
function isLink(tree: FileTree, path: string): boolean {
  const folder = folderOf(path);
  return tree.list(folder).some(({ name, isLink }) => isLink && treePath(folder, name) === path);
}

function temporary(target: string | undefined, at: Location): ServiceMount | undefined {
  return target?.startsWith('/')
    ? unknown(target.replace(/:.*/, ''), 'a tmpfs, filled at run time', at, false)
    : undefined;
}

/** Something is mounted, and where is not known: then nothing of the container is, but what is mounted deeper. */
function somewhere(what: string, at: Location): ServiceMount {
  return unknown('/', `${what} can be mounted anywhere`, at, false);
}

function unknown(target: string, why: string, at: Location, keeps: boolean): ServiceMount {
  return { target: normalise(target), source: { kind: 'unknown', why }, at, keeps };
}

function notSet({ missing }: Interpolated): string {
  return `${[...new Set(missing)].join(', ')} ${missing.length > 1 ? 'are' : 'is'} not set in the tree`;
}

/** Splits `source:target:mode` at the colons that are not inside `${…}` and not those of a Windows drive. */
function splitOutsideBraces(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [index, char] of [...text].entries()) {
    if (char === '{') depth++;
    else if (char === '}') depth--;
    const isDrive = index === 1 && /^[A-Za-z]:[\\/]/.test(text) && /:.*:/.test(text);
    if (char === ':' && depth <= 0 && !isDrive) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}
