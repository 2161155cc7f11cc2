import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { groupBy } from '../walked-dashboards.ts';

/** Providers of one name: Grafana stops at two in one file; in two files they delete each other's dashboards. */
export function providerNameFaults(workspace: Workspace): Fault[] {
  const faults: Fault[] = [];
  for (const [name, group] of groupBy(workspace.providers, (provider) => provider.name))
    for (const [index, { at }] of group.entries()) {
      const [first] = group;
      if (index === 0 || !first) continue;
      const inFile = group.slice(0, index).find((other) => other.at.file === at.file);
      const path = [...(at.path ?? []), 'name'];
      faults.push({
        outcome: inFile ? 'stops' : 'goes-on',
        message: inFile
          ? `Duplicate provider name "${name}" in one file: Grafana stops`
          : `Duplicate provider name "${name}": the providers delete each other's dashboards at every look`,
        at: { file: at.file, path },
        related: [
          {
            at: { ...(inFile ?? first).at, path: [...((inFile ?? first).at.path ?? []), 'name'] },
            message: 'has the same name',
          },
        ],
        ...(inFile && { grafanaLog: `dashboard name "${name}" is not unique` }),
        fix: {
          title: 'Give the later provider a name of its own',
          safety: 'unsafe',
          edits: [{ kind: 'set', file: at.file, path, value: freeName(workspace, name) }],
        },
      });
    }
  return faults;
}

function freeName({ providers }: Workspace, name: string): string {
  const names = new Set(providers.map((provider) => provider.name));
  for (let number = 2; ; number++) {
    const candidate = `${name || 'provider'}-${number}`;
    if (!names.has(candidate)) return candidate;
  }
}
