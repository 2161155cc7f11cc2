import { isMap, isScalar } from 'yaml';
import type { ConfigMap } from '../../model/kubernetes.ts';
import { type EmbeddedFile, isTemplate, locateInScalar } from './embedded-file.ts';
import { type ManifestObject, pairOf, spanOf } from './manifest.ts';

/** Takes the embedded files that are found; gives the name under which each can be read. */
export type Embed = (file: Omit<EmbeddedFile, 'path'>, name: string) => string;

/** The ConfigMap or Secret that an object is; undefined when it is neither. */
export function configMapOf(object: ManifestObject, embed: Embed): ConfigMap | undefined {
  const { kind, file, name, namespace, labels, annotations } = object;
  if ((kind !== 'ConfigMap' && kind !== 'Secret') || name === '') return undefined;
  const files = new Map<string, string | undefined>();
  for (const part of kind === 'Secret' ? ['data', 'stringData'] : ['data', 'binaryData'])
    for (const [key, path] of filesIn(object, part, embed)) files.set(key, path);
  return { kind, name, namespace, labels, annotations, files, isWhole: true, at: { file, range: object.at } };
}

function filesIn(object: ManifestObject, part: string, embed: Embed): [string, string | undefined][] {
  const { kind, file, source, name } = object;
  const data = pairOf(object.node, part)?.value;
  if (!isMap(data)) return [];
  // What is in base64 is not read.
  const isText = part === (kind === 'Secret' ? 'stringData' : 'data');
  return data.items.flatMap((pair): [string, string | undefined][] => {
    if (!isScalar(pair.key)) return [];
    const key = String(pair.key.value);
    if (!isText || !isScalar(pair.value)) return [[key, undefined]];
    const text = pair.value.value;
    if (typeof text !== 'string' || isTemplate(text)) return [[key, undefined]];
    const locate = locateInScalar(source, pair.value, spanOf(pair.key) ?? object.at);
    return [[key, embed({ file, text, locate }, `${name}/${key}`)]];
  });
}

/** Two ConfigMaps of one name in one file get names that differ. */
export function embedInto(embedded: Map<string, EmbeddedFile>): Embed {
  return (file, wanted) => {
    let path = wanted;
    for (let count = 2; embedded.has(path); count++) path = wanted.replace(/(?=\/[^/]*$)/, `~${count}`);
    embedded.set(path, { ...file, path });
    return path;
  };
}
