/** A Grafana version as far as an image tag tells it. */
export interface GrafanaVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** Where it was read: `image` tag, `flag`, or `newest` because nothing says. */
  readonly from: 'image' | 'flag' | 'newest';
}

/** What `latest`, an absent tag and a tree without any image are taken for. */
export const NEWEST_GRAFANA: GrafanaVersion = { major: 13, minor: 2, patch: 3, from: 'newest' };

/** Reads `12`, `12.2`, `12.2.0-ubuntu`, `v9.5.2`; undefined when the text does not begin with a version. */
export function parseGrafanaVersion(text: string, from: GrafanaVersion['from']): GrafanaVersion | undefined {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?![\d.])/.exec(text);
  if (!match) return undefined;
  const [, major, minor, patch] = match;
  // A tag such as `12` moves with the releases: take the newest of that line, not 12.0.
  return {
    major: Number(major),
    minor: minor === undefined ? 99 : Number(minor),
    patch: patch === undefined ? 99 : Number(patch),
    from,
  };
}

/** Whether the version is the given one (`12.3`) or later. */
export function isAtLeast(version: GrafanaVersion, wanted: `${number}.${number}`): boolean {
  const [major = 0, minor = 0] = wanted.split('.').map(Number);
  return version.major > major || (version.major === major && version.minor >= minor);
}

/** As people write it: `12.2.0`, `12` for a moving tag. */
export function printGrafanaVersion(version: GrafanaVersion): string {
  return [version.major, version.minor, version.patch].filter((part) => part !== 99).join('.');
}
