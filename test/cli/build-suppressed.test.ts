import { expect, it } from 'vitest';
import { definition, makeWorkspace } from './workspace.ts';

it('a finding that is suppressed with a reason does not stop a build; without a reason it does', async () => {
  const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a', { title: '' }) });
  expect(await workspace.panelproof('build')).toMatchObject({ exitCode: 1 });
  workspace.write({ '.panelproof-ignore': 'dashboards/a.ts dashboard-title-missing\n' });
  expect(await workspace.panelproof('build')).toMatchObject({ exitCode: 1 });
  workspace.write({ '.panelproof-ignore': 'dashboards/a.ts dashboard-title-missing: an experiment\n' });
  expect(await workspace.panelproof('build')).toMatchObject({ exitCode: 0 });
});
