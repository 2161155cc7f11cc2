import { composeShapeFault } from '../../load/compose/shape-fault.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { tabFix } from '../tab-fix.ts';

/** The first thing for which Docker Compose refuses the file of an instance. */
export function composeFaults({ grafana: { at, isRefused }, files }: Workspace): Fault[] {
  const file = at && isRefused ? files.get(at.file) : undefined;
  if (!file) return [];
  const [error] = file.syntaxErrors;
  const shape = composeShapeFault(file.value, file.path);
  const what = error?.message ?? shape?.message ?? 'expected a mapping at its root';
  return [
    {
      outcome: 'stops',
      message: `Malformed compose file, of which Docker Compose starts nothing: ${what}`,
      at: {
        file: file.path,
        ...(error && { range: error.range }),
        ...(shape && { path: shape.path, key: shape.isKey === true }),
      },
      ...tabFix(file),
    },
  ];
}
