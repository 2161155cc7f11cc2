import { printGrafanaVersion } from '../model/grafana-version.ts';
import type { Prediction } from '../model/prediction.ts';
import { type FileLookup, placeOf } from './place.ts';

/** What one Grafana will do with the tree, for other programs. */
export interface JsonPrediction {
  readonly instance: string;
  /** As in an image tag: `12.2.0`. */
  readonly grafanaVersion: string;
  /** It ends by itself when it starts. */
  readonly serverStops: boolean;
  readonly stopsBecause?: { readonly why: string; readonly file: string; readonly line: number };
  /** `uid` is `(generated)` when Grafana makes up a random one; `folder` is its title, empty for General. */
  readonly dashboards: readonly {
    readonly uid: string;
    readonly title: string;
    readonly folder: string;
    readonly file: string;
  }[];
  /** Files meant for it that have no effect. */
  readonly notLoaded: readonly { readonly file: string; readonly why: string }[];
  /** Paths of its container that the tree does not show: what lies there may be listed as well. */
  readonly unknown: readonly { readonly path: string; readonly why: string }[];
}

/** A prediction as data. */
export function jsonPrediction(prediction: Prediction, files: FileLookup): JsonPrediction {
  const { instance, grafanaVersion, serverStops, dashboards, notLoaded, unknown } = prediction;
  return {
    instance,
    grafanaVersion: printGrafanaVersion(grafanaVersion),
    serverStops: serverStops !== undefined,
    ...(serverStops
      ? {
          stopsBecause: {
            why: serverStops.why,
            file: serverStops.at.file,
            line: placeOf(serverStops.at, files).line,
          },
        }
      : {}),
    dashboards: dashboards.map(({ uid, title, folder, file }) => ({
      uid: uid ?? '(generated)',
      title,
      folder,
      file,
    })),
    notLoaded: notLoaded.map(({ file, why }) => ({ file, why })),
    unknown: unknown.map(({ path, why }) => ({ path, why })),
  };
}

/** A prediction for people: what will be listed, then what will not and why. */
export function loadsTable(prediction: Prediction, files: FileLookup): string {
  const { instance, grafanaVersion, stopsBecause, dashboards, notLoaded, unknown } = jsonPrediction(
    prediction,
    files,
  );
  const head = `${instance} (Grafana ${grafanaVersion}), on an empty database`;
  if (stopsBecause)
    return `${head}: stops at the start\n  ${stopsBecause.file}:${stopsBecause.line}  ${stopsBecause.why}\n`;
  const rows = [
    ['uid', 'title', 'folder', 'file'],
    ...dashboards.map(({ uid, title, folder, file }) => [uid, title, folder || 'General', file]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    (row) =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
  );
  const nothing = unknown.length === 0 ? 'will list no dashboard' : 'will list no dashboard of this tree';
  const listed = dashboards.length === 0 ? [`${head}: ${nothing}`] : [`${head}: will list`, ...lines];
  const lost = notLoaded.map(({ file, why }) => `  ${file}: ${why}`);
  const unseen = unknown.map(({ path, why }) => `  ${path}: ${why}`);
  return `${[...listed, ...section('will not load', lost), ...section('is not known', unseen)].join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}
