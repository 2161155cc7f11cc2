import { normalise, placeOf } from '../model/grafana-instance.ts';
import { isAtLeast } from '../model/grafana-version.ts';
import type { Prediction } from '../model/prediction.ts';
import type { ProviderWalk, Workspace } from '../model/workspace.ts';
import { alertingFaults } from '../rules/alerting-invalid/faults.ts';
import { composeFaults } from '../rules/compose-file-invalid/faults.ts';
import { overwrittenConfigMaps } from '../rules/configmap-file-overwritten/rule.ts';
import { passedOverConfigMaps } from '../rules/configmap-label-mismatch/rule.ts';
import { tooLargeConfigMaps } from '../rules/configmap-too-large/rule.ts';
import { datasourceFaults } from '../rules/datasource-invalid/faults.ts';
import { correlationFaults } from '../rules/datasource-link-unknown/faults.ts';
import { titleDuplicates, uidDuplicates } from '../rules/duplicate-dashboards.ts';
import type { Fault } from '../rules/fault.ts';
import { type FileFault, fileFault } from '../rules/file-fault.ts';
import { provisioningElsewhere } from '../rules/grafana-setting-ineffective/provisioning-elsewhere.ts';
import type { KeptOut } from '../rules/kept-out.ts';
import { mountFaults } from '../rules/mount-source-missing/faults.ts';
import { pathFault } from '../rules/path-faults.ts';
import { folderFaults } from '../rules/provider-folder-conflict/faults.ts';
import { providerFaults } from '../rules/provider-invalid/faults.ts';
import { unprovidedFolders } from '../rules/provider-missing/unprovided.ts';
import { providerNameFaults } from '../rules/provider-name-duplicate/faults.ts';
import { yamlFaults } from '../rules/provisioning-yaml-invalid/faults.ts';
import { unwalkedDashboards } from '../rules/unwalked-dashboards.ts';
import { type WalkedDashboard, walkedDashboards } from '../rules/walked-dashboards.ts';

/**
 * Simulates the start of a workspace's Grafana out of the faults that the rules report. Of two files with one uid the
 * last walked one is taken: within one provider that is a matter of chance.
 */
export function predict(workspace: Workspace): Prediction {
  const { grafana } = workspace;
  const faults = startFaults(workspace);
  const stop = faults.find(({ outcome }) => outcome === 'stops');
  const head = { instance: grafana.name, grafanaVersion: grafana.version };
  if (stop)
    return {
      ...head,
      serverStops: { why: stop.message, at: stop.at },
      dashboards: [],
      notLoaded: workspace.walks.flatMap(({ files }) =>
        files.map(({ file }) => ({ file: file.path, why: 'Grafana stops' })),
      ),
      unknown: [],
    };
  const failing = failingWalks(workspace, faults);
  const keptOut = keptOutFiles(workspace);
  const elsewhere = provisioningElsewhere(workspace);
  const notLoaded = [
    ...(elsewhere === undefined || grafana.at === undefined
      ? []
      : [
          {
            file: grafana.at.file,
            why: `provisioning is mounted at "${elsewhere.found}", where Grafana does not look`,
          },
        ]),
    ...faults.flatMap(({ outcome, message, at }) =>
      outcome === 'file-ignored' ? [{ file: at.file, why: message }] : [],
    ),
    ...unprovidedFolders(workspace).map(({ folder }) => ({ file: folder, why: 'no provider looks there' })),
    ...unwalkedDashboards(workspace).map(({ file }) => ({ file, why: 'Grafana passes over it' })),
    ...refusedFiles(workspace),
    ...[...keptOut].map(([file, why]) => ({ file, why })),
    ...[...failing].flatMap(([walk, why]) => lostBy(workspace, walk, why)),
  ];
  const { kept, replaced } = withoutDuplicates(workspace, failing);
  return {
    ...head,
    serverStops: undefined,
    dashboards: kept
      .filter(({ walked }) => !keptOut.has(walked.file.path))
      .map(({ uid, title, folder, walked }) => ({
        uid,
        title,
        folder,
        file: walked.file.path,
      })),
    notLoaded: [...notLoaded, ...replaced],
    unknown: unknownPaths(workspace),
  };
}

/** Where Grafana looks and the tree does not show what it finds. */
function unknownPaths({ grafana, walks }: Workspace): Prediction['unknown'] {
  const providers = normalise(`${grafana.provisioningPath}/dashboards`);
  const found = placeOf(grafana, providers);
  const isBelow = (path: string) => found.kind === 'unknown' && path.startsWith(`${providers}/`);
  const walked = walks.flatMap(({ exists, place, provider: { path } }) => {
    if (exists !== 'unknown' || path === undefined || isBelow(path)) return [];
    return [{ path, why: place?.kind === 'unknown' ? place.why : 'filled at run time' }];
  });
  return found.kind === 'unknown' ? [{ path: providers, why: found.why }, ...walked] : walked;
}

/** Files that never come to Grafana, with the reason. */
function keptOutFiles(workspace: Workspace): ReadonlyMap<string, string> {
  const because = (mistakes: readonly KeptOut[], why: string) =>
    mistakes.flatMap(({ files }) => files.map((file) => [file, why] as const));
  return new Map([
    ...because(tooLargeConfigMaps(workspace), 'its ConfigMap is larger than Kubernetes takes'),
    ...because(passedOverConfigMaps(workspace), 'the sidecar passes over its ConfigMap'),
    ...because(
      overwrittenConfigMaps(workspace),
      'a file of another ConfigMap takes its place, or the reverse',
    ),
  ]);
}

/** All that the provisioning files have wrong, in the order in which Grafana meets it. */
function startFaults(workspace: Workspace): Fault[] {
  return [
    ...composeFaults(workspace),
    ...mountFaults(workspace),
    ...yamlFaults(workspace),
    ...providerNameFaults(workspace),
    ...providerFaults(workspace),
    ...datasourceFaults(workspace),
    ...correlationFaults(workspace),
    ...alertingFaults(workspace),
    ...folderFaults(workspace),
  ];
}

/** The walks that come to nothing at the start; the first that fails takes all after it with it. */
function failingWalks(workspace: Workspace, faults: readonly Fault[]): Map<ProviderWalk, string> {
  const failing = new Map<ProviderWalk, string>();
  let before: string | undefined;
  for (const walk of workspace.walks) {
    const { provider } = walk;
    const fault = faults.find(
      ({ outcome, provider: failed }) => outcome === 'provider-fails' && failed === provider,
    );
    const path = pathFault(workspace, walk);
    if (fault) failing.set(walk, fault.message);
    else if (path) failing.set(walk, `nothing is found at "${provider.path}"`);
    else if (before !== undefined)
      failing.set(walk, `provider "${before}" before it fails, so it is left out until its first look`);
    if (fault || path?.fails) before ??= provider.name;
  }
  return failing;
}

function lostBy({ grafana }: Workspace, { provider, files }: ProviderWalk, why: string) {
  const lost = files.filter((walked) => !isRefused(fileFault(walked, provider, grafana.version)));
  // A provider that finds nothing has no files to name.
  return lost.length === 0
    ? [{ file: provider.at.file, why }]
    : lost.map(({ file }) => ({ file: file.path, why }));
}

function refusedFiles({ walks, grafana }: Workspace) {
  return walks.flatMap(({ provider, files }) =>
    files.flatMap((walked) => {
      const fault = fileFault(walked, provider, grafana.version);
      return fault && isRefused(fault) ? [{ file: walked.file.path, why: REFUSALS[fault.kind] }] : [];
    }),
  );
}

function isRefused(fault: FileFault | undefined): boolean {
  return fault !== undefined && !fault.loads;
}

/** Why Grafana does not take a file, as a half sentence. */
const REFUSALS: { readonly [Kind in FileFault['kind']]: string } = {
  'not-json': 'it is not JSON',
  wrapped: 'it is wrapped in the shape of the HTTP API, so that Grafana finds no title',
  resource: 'this version does not read resources from files',
  'v2-spec': 'it is the inside of a v2 dashboard',
  'foreign-folder': 'it names a folder of another Grafana',
  'no-title': 'it has no title',
  'uid-illegal': 'its uid has an illegal character',
  'uid-too-long': 'its uid is too long',
  'title-is-folder': 'its folder has the same title',
};

function withoutDuplicates(workspace: Workspace, failing: ReadonlyMap<ProviderWalk, string>) {
  const isFailing = ({ provider }: WalkedDashboard) =>
    [...failing.keys()].some((walk) => walk.provider === provider);
  const replaced: { file: string; why: string }[] = [];
  const byUid = new Map<string, WalkedDashboard>();
  const kept: WalkedDashboard[] = [];
  for (const dashboard of walkedDashboards(workspace)) {
    if (isFailing(dashboard)) continue;
    const key = `${dashboard.provider.orgId} ${dashboard.uid}`;
    const earlier = dashboard.uid === undefined ? undefined : byUid.get(key);
    if (earlier) kept.splice(kept.indexOf(earlier), 1);
    if (dashboard.uid !== undefined) byUid.set(key, dashboard);
    kept.push(dashboard);
  }
  for (const { first, others } of uidDuplicates(workspace))
    for (const { walked } of [first, ...others])
      if (!kept.some((dashboard) => dashboard.walked === walked))
        replaced.push({ file: walked.file.path, why: 'another file has the same uid' });
  // Up to Grafana 11 files of one title in one folder become one dashboard with the uid of the first.
  if (!isAtLeast(workspace.grafana.version, '12.0'))
    for (const { others } of titleDuplicates(workspace))
      for (const { walked } of others) {
        const index = kept.findIndex((dashboard) => dashboard.walked === walked);
        if (index === -1) continue;
        kept.splice(index, 1);
        replaced.push({ file: walked.file.path, why: 'another file of the folder has the same title' });
      }
  return { kept, replaced };
}
