import type { Rule } from '../../model/rule.ts';
import type { ProviderWalk } from '../../model/workspace.ts';

/** Two providers of one organisation walk the same files: each dashboard is there twice, and both providers freeze. */
export const providerPathsOverlap: Rule = {
  id: 'provider-paths-overlap',
  summary: 'Two providers of one organisation walk the same files, so Grafana freezes both',
  severity: 'load',
  fix: 'none',
  related: ['dashboard-uid-duplicate', 'provider-name-duplicate'],
  grafanaLogs: ['the same UID is used more than once'],
  check({ walks }, report) {
    for (const [index, walk] of walks.entries()) {
      const earlier = walks
        .slice(0, index)
        .find((other) => other.provider.orgId === walk.provider.orgId && shared(other, walk).length > 0);
      if (!earlier) continue;
      const files = shared(earlier, walk);
      report({
        message: `Overlapping paths "${walk.provider.path}" and "${earlier.provider.path}": ${files.length === 1 ? `${files[0]} belongs` : `${files.length} files belong`} to two providers, and Grafana saves nothing more from either`,
        at: pathOf(walk),
        related: [{ at: pathOf(earlier), message: 'walks the same files' }],
        grafanaLog: 'msg="the same UID is used more than once"',
        suggestions: ['Remove one of the providers.', 'Let each provider walk a folder of its own.'],
      });
    }
  },
};

function shared(a: ProviderWalk, b: ProviderWalk): string[] {
  const paths = new Set(a.files.map(({ file }) => file.path));
  return b.files.map(({ file }) => file.path).filter((path) => paths.has(path));
}

function pathOf({ provider: { at } }: ProviderWalk) {
  return { file: at.file, path: [...(at.path ?? []), 'options', 'path'] };
}
