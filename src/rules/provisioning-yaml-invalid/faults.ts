import type { SourceFile } from '../../model/source-file.ts';
import type { ProvisioningFile, Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { tabFix } from '../tab-fix.ts';
import { alertingKeyFaults } from './alerting-key-faults.ts';
import { shapeFix } from './fix.ts';
import { listFaults, placeFaults } from './place-faults.ts';

/** Provisioning files that Grafana cannot read, reads as something else, or does not read at all. */
export function yamlFaults(workspace: Workspace): Fault[] {
  return [
    ...workspace.providerFiles.flatMap((file) => fileFaults(workspace, file, 'dashboards')),
    ...workspace.datasourceFiles.flatMap((file) => fileFaults(workspace, file, 'datasources')),
    ...workspace.alerting.files.flatMap((file) => fileFaults(workspace, file, 'alerting')),
    ...placeFaults(workspace, 'dashboards'),
    ...placeFaults(workspace, 'datasources'),
    ...placeFaults(workspace, 'alerting'),
  ];
}

const LOGS = {
  dashboards: {
    syntax: 'could not parse provisioning config file',
    shape: 'could not parse provisioning config file',
  },
  datasources: {
    syntax: 'error="Datasource provisioning error: yaml: ',
    shape: 'Datasource provisioning error',
  },
  alerting: {
    syntax: 'msg="Failed to provision alerting" error="failure to parse file',
    shape: 'msg="Failed to provision alerting" error="failure to parse file',
  },
} as const;

function fileFaults(
  workspace: Workspace,
  provisioning: ProvisioningFile,
  section: keyof typeof LOGS,
): Fault[] {
  const { grafana } = workspace;
  const { file, shapeErrors } = provisioning;
  // Braces are filled in by another tool first, unless the tree shows that Grafana gets the file as it is.
  if (grafana.at === undefined && /\{\{|\{%/.test(file.text)) return [];
  const [error] = file.syntaxErrors;
  if (error)
    return [
      {
        outcome: 'stops',
        message: `Malformed ${file.format === 'json' ? 'JSON' : 'YAML'}, at which Grafana stops: ${error.message}`,
        at: { file: file.path, range: error.range },
        ...tabFix(file),
        grafanaLog: LOGS[section].syntax,
      },
    ];
  const ofShape = shapeErrors.map(
    ({ at, message }): Fault => ({
      outcome: 'stops',
      message: `${message}: Grafana stops`,
      at,
      ...shapeFix(file, { at, message }),
      grafanaLog: LOGS[section].shape,
    }),
  );
  if (section === 'alerting') return [...ofShape, ...alertingKeyFaults(provisioning)];
  const ofVersion =
    section === 'dashboards' ? providerVersion(provisioning) : datasourceVersion(provisioning);
  return [...ofVersion, ...ofShape, ...listFaults(workspace, provisioning, section)];
}

/** A provider file without a number there is taken for a bare list, which a mapping is not. */
function providerVersion({ file, apiVersion }: ProvisioningFile): Fault[] {
  if (!isMapping(file.value) || (typeof apiVersion === 'number' && apiVersion >= 1)) return [];
  return [
    {
      ...expectedVersion(file, apiVersion),
      outcome: 'stops',
      message: `Expected \`apiVersion\` to be the number 1, found ${foundVersion(apiVersion)}: Grafana stops`,
      grafanaLog: 'cannot unmarshal !!map into []*dashboards.configV0',
    },
  ];
}

/** A datasource file without it is read in an older shape, which has no uid and other names for most keys. */
function datasourceVersion({ file, apiVersion }: ProvisioningFile): Fault[] {
  if (!isMapping(file.value) || (typeof apiVersion === 'number' && apiVersion >= 1)) return [];
  if (typeof apiVersion === 'string')
    return [
      {
        ...expectedVersion(file, apiVersion),
        outcome: 'stops',
        message: `Expected \`apiVersion\` to be the number 1, found ${foundVersion(apiVersion)}: Grafana stops`,
        grafanaLog: 'error="Datasource provisioning error: yaml: ',
      },
    ];
  const entries = Array.isArray(file.value.datasources) ? file.value.datasources : [];
  const lost = ['uid', 'isDefault', 'orgId', 'jsonData', 'secureJsonData', 'basicAuth'].filter((key) =>
    entries.some((entry) => isMapping(entry) && Object.hasOwn(entry, key)),
  );
  if (lost.length === 0) return [];
  return [
    {
      ...expectedVersion(file, apiVersion),
      outcome: 'goes-on',
      severity: 'data',
      message: `Expected \`apiVersion\` to be the number 1, found ${foundVersion(apiVersion)}: Grafana reads an older shape and ignores ${lost.map((key) => `\`${key}\``).join(', ')}`,
      grafanaLog: '[Deprecated] the datasource provisioning config is outdated. please upgrade',
    },
  ];
}

function expectedVersion(file: SourceFile, apiVersion: unknown): Pick<Fault, 'at' | 'fix'> {
  const misspelled = Object.entries(file.value as object).find(
    ([key, value]) => value === 1 && /^api[_-]?version$/i.test(key),
  )?.[0];
  if (apiVersion === undefined && misspelled !== undefined) {
    const at = { file: file.path, path: [misspelled] };
    return {
      at: { ...at, key: true },
      fix: {
        title: 'Rename the key to `apiVersion`',
        safety: 'safe',
        edits: [{ kind: 'rename', ...at, key: 'apiVersion' }],
      },
    };
  }
  const isThere = apiVersion !== undefined;
  const firstKey = Object.keys(file.value as object)[0];
  const start = firstKey === undefined ? file.text.length : file.rangeOf([firstKey], true).start;
  const lineEnd = file.text.includes('\r\n') ? '\r\n' : '\n';
  const withVersion = `${file.text.slice(0, start)}apiVersion: 1${lineEnd}${file.text.slice(start)}`;
  const isFlow = file.text.slice(0, start).trimEnd().endsWith('{');
  return {
    at: { file: file.path, path: isThere ? ['apiVersion'] : [] },
    ...(!isFlow && {
      fix: {
        title: 'Say apiVersion: 1',
        safety: 'safe',
        edits: [
          isThere
            ? { kind: 'set', file: file.path, path: ['apiVersion'], value: 1 }
            : { kind: 'text', file: file.path, text: withVersion },
        ],
      },
    }),
  };
}

function foundVersion(apiVersion: unknown): string {
  return apiVersion === undefined ? 'none' : JSON.stringify(apiVersion);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
