import type { ConfigMap } from '../../model/kubernetes.ts';
import type { FileTree } from '../file-tree.ts';
import { readText } from '../tree-files.ts';
import type { EmbeddedFile } from './embedded-file.ts';

/** Tells texts in which Flux, `envsubst` or the like fill in variables before they are applied. */
export type IsFilledIn = (text: string) => boolean;

/**
 * Texts with a `${NAME}` that Flux is told to fill in, or in capitals and of a name that the text does not have itself,
 * as a dashboard has its own variables and inputs. `fluxFiles` are those in which Flux is told so.
 */
export function filledIn(tree: FileTree, fluxFiles: readonly string[]): IsFilledIn {
  const told = new Set(
    fluxFiles.flatMap((path) =>
      [...(readText(tree, path) ?? '').matchAll(/^[ \t]+["']?([A-Za-z_]\w*)["']?:/gm)].map(
        ([, name]) => name,
      ),
    ),
  );
  return (text) =>
    [...text.matchAll(/\$\{([A-Za-z_]\w*)(?=[}:])/g)].some(
      ([, name = '']) => told.has(name) || (/^[A-Z][A-Z0-9_]*$/.test(name) && !text.includes(`"${name}"`)),
    );
}

/** What is filled in first is not read; other keys of the ConfigMap stay. */
export function unreadWhereFilledIn(
  tree: FileTree,
  configMap: ConfigMap,
  { embedded, isFilledIn }: { embedded: ReadonlyMap<string, EmbeddedFile>; isFilledIn: IsFilledIn },
): ConfigMap {
  // Flux's word for "leave it alone".
  const mark = 'kustomize.toolkit.fluxcd.io/substitute';
  if (
    [configMap.annotations[mark], configMap.labels[mark]].some((word) => word?.toLowerCase() === 'disabled')
  )
    return configMap;
  const files = [...configMap.files].map(([key, path]) => {
    const text = path === undefined ? '' : (embedded.get(path)?.text ?? readText(tree, path) ?? '');
    return [key, isFilledIn(text) ? undefined : path] as const;
  });
  return { ...configMap, files: new Map(files) };
}
