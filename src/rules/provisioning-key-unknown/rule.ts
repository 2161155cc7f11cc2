import type { Fix } from '../../model/finding.ts';
import { nearest } from '../../model/nearest.ts';
import type { Report, Rule } from '../../model/rule.ts';
import type { PropertyPath } from '../../model/source-file.ts';
import { isCurrent } from '../provisioning-values.ts';
import { KNOWN_KEYS, TOLD_ELSEWHERE } from './known-keys.ts';

/** A key of a provisioning file that Grafana does not read. */
export const provisioningKeyUnknown: Rule = {
  id: 'provisioning-key-unknown',
  summary: 'A key of a provisioning file is one that Grafana does not read',
  severity: 'drift',
  fix: 'safe',
  related: ['provisioning-yaml-invalid'],
  check({ datasourceFiles, providerFiles }, report) {
    for (const { file } of datasourceFiles.filter(isCurrent)) {
      const look = lookIn(file.path, report);
      look(file.value, [], KNOWN_KEYS.datasourceFile);
      for (const [index, entry] of items(file.value, 'datasources'))
        look(entry, ['datasources', index], KNOWN_KEYS.datasource);
      for (const [index, entry] of items(file.value, 'deleteDatasources'))
        look(entry, ['deleteDatasources', index], KNOWN_KEYS.deletion);
    }
    for (const { file } of providerFiles.filter(isCurrent)) {
      const look = lookIn(file.path, report);
      look(file.value, [], KNOWN_KEYS.providerFile);
      for (const [index, entry] of items(file.value, 'providers')) {
        const path = ['providers', index];
        const { options } = (entry ?? {}) as { options?: { path?: unknown } | null };
        // A path that stands beside `options` is the other rule's finding.
        look(entry, path, options?.path ? KNOWN_KEYS.provider : [...KNOWN_KEYS.provider, 'path']);
        look(options, [...path, 'options'], KNOWN_KEYS.options);
      }
    }
  },
};

function lookIn(file: string, report: Report) {
  return (value: unknown, path: PropertyPath, known: readonly string[]): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const keys = Object.keys(value);
    for (const key of keys) {
      // At the root and under `x-` people keep what they repeat by anchors.
      const isOwn = key.startsWith('x-') || key.startsWith('.') || key === '<<';
      if (known.includes(key) || isOwn || TOLD_ELSEWHERE.has(key)) continue;
      const near = nearest(camelCase(key), known);
      if (near === undefined && path.length === 0) continue;
      // A name or path that is missing because of it is the other rule's finding.
      if (near !== undefined && (near === 'name' || near === 'path') && !keys.includes(near)) continue;
      const isFree = near !== undefined && !keys.includes(near);
      if (isFree && OF_OTHER_RULES.has(near)) continue;
      report({
        message: isFree
          ? `Expected the key \`${near}\`, found \`${key}\`, which Grafana does not read`
          : `Unknown key \`${key}\`: Grafana does not read it`,
        at: { file, path: [...path, key], key: true },
        ...(isFree && { fix: renameFix({ file, path: [...path, key] }, near) }),
      });
    }
  };
}

/** Without these a file is read as something else, or not at all, and that is said elsewhere. */
const OF_OTHER_RULES = new Set(['apiVersion', 'providers', 'datasources']);

/** A value of these has had no effect so far and could now stop Grafana or move dashboards: people must look at it. */
const WEIGHTY = new Set([
  'foldersFromFilesStructure',
  'folder',
  'orgId',
  'uid',
  'isDefault',
  'type',
  'folderUid',
  'correlations',
  'version',
]);

function renameFix({ file, path }: { file: string; path: PropertyPath }, key: string): Fix {
  const isSpelling = letters(String(path.at(-1))) === letters(key);
  return {
    title: `Rename the key to \`${key}\``,
    safety: isSpelling && !WEIGHTY.has(key) ? 'safe' : 'unsafe',
    edits: [{ kind: 'rename', file, path, key }],
  };
}

function letters(key: string): string {
  return key.replace(/[_-]/g, '').toLowerCase();
}

function items(value: unknown, key: string): [number, unknown][] {
  const list = (value as Partial<Record<string, unknown>> | null | undefined)?.[key];
  return Array.isArray(list) ? [...list.entries()] : [];
}

/** `org_id` of the older shape as `orgId`. */
function camelCase(key: string): string {
  return key.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
}
