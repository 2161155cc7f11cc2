/** Keys that Grafana reads in each mapping of a provisioning file; all others it passes over without a word. */
export const KNOWN_KEYS = {
  datasourceFile: ['apiVersion', 'datasources', 'deleteDatasources', 'prune'],
  datasource: [
    'name',
    'type',
    'access',
    'orgId',
    'uid',
    'url',
    'user',
    'database',
    'basicAuth',
    'basicAuthUser',
    'withCredentials',
    'isDefault',
    'correlations',
    'jsonData',
    'secureJsonData',
    'editable',
    'version',
    'apiVersion',
  ],
  deletion: ['name', 'orgId'],
  providerFile: ['apiVersion', 'providers'],
  provider: [
    'name',
    'orgId',
    'type',
    'folder',
    'folderUid',
    'disableDeletion',
    'editable',
    'allowUiUpdates',
    'updateIntervalSeconds',
    'options',
  ],
  options: ['path', 'folder', 'foldersFromFilesStructure'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Secrets that stand in the wrong place are another rule's finding. */
export const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['password', 'basicAuthPassword']);
