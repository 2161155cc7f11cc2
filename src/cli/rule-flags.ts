import { type GrafanaVersion, parseGrafanaVersion } from '../model/grafana-version.ts';
import { UsageError } from '../model/usage-error.ts';

/**
 * Rule ids given on the command line, separated by commas; none for undefined.
 *
 * @throws UsageError for an id that no rule has, naming the nearest
 */
export async function knownRules(list: string | undefined): Promise<readonly string[]> {
  const ids = (list ?? '').split(',').flatMap((id) => id.trim() || []);
  const { ALL_RULES } = await import('../rules/all-rules.ts');
  const { nearestHint } = await import('../model/nearest.ts');
  const known = ALL_RULES.map(({ id }) => id);
  for (const id of ids)
    if (!known.includes(id)) throw new UsageError(`unknown rule "${id}"${nearestHint(id, known)}`);
  return ids;
}

/**
 * The version given with `--grafana-version`.
 *
 * @throws UsageError when it is none
 */
export function versionOf(text: string | undefined): GrafanaVersion | undefined {
  if (text === undefined) return undefined;
  const version = parseGrafanaVersion(text, 'flag');
  if (!version) throw new UsageError(`"${text}" is no Grafana version; expected one such as 12.2.0`);
  return version;
}
