import { untilSignal } from '../build/until-signal.ts';
import type { ImportResult } from '../import/import-dashboards.ts';
import { visibleLine } from '../report/visible.ts';
import { counted } from './counted.ts';
import type { Terminal } from './terminal.ts';

/** Lets what was imported be built with the style that it has, and says so, and what the build will not take. */
export async function ignoreImportedStyle(
  root: string,
  { provisioning, timeout }: { readonly provisioning: string; readonly timeout: number },
  results: readonly ImportResult[],
  terminal: Terminal,
): Promise<void> {
  const definitions = results.flatMap((result) => (result.kind === 'proved' ? [result.path] : []));
  if (definitions.length === 0) return;
  const { ignoreStyle } = await import('../import/ignore-style.ts');
  const { applyPlan } = await import('../edit/write-files.ts');
  const { plan, ignored, left } = await untilSignal(() =>
    ignoreStyle(root, provisioning, definitions, timeout),
  );
  for (const path of applyPlan(root, plan))
    terminal.stdout.write(
      `written  ${path}: ${counted(ignored, 'finding')} of style in what was imported; take lines out to mend them\n`,
    );
  const [first] = left;
  if (first === undefined) return;
  const place = `${first.rule} in ${visibleLine(first.at.file)}`;
  const more = left.length > 1 ? ` and ${counted(left.length - 1, 'more finding')}` : '';
  terminal.stdout.write(
    `The build will write nothing until this is mended: ${place}${more}; \`panelproof fix\` mends what it can\n`,
  );
}
