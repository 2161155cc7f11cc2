import { describe, expect, it } from 'vitest';
import { explain } from './explain.ts';

const rulesFor = (line: string) => [...(explain(line) ?? '').matchAll(/^## (\S+)/gm)].map(([, id]) => id);

describe('a line of the log', () => {
  it.each([
    ['Error: ✗ Datasource provisioning error: data source not found', 'datasource-uid-changed'],
    ['Datasource prometheus was not found', 'datasource-uid-unknown'],
    ['Datasource ${DS_PROMETHEUS} was not found', 'datasource-input-placeholder'],
    [
      'level=error msg="failed to load dashboard from " error="Dashboard title cannot be empty"',
      'dashboard-title-missing',
    ],
    ['yaml: line 5: mapping key "volumes" already defined at line 3', 'compose-file-invalid'],
    ['msg="failed to walk provisioned dashboards"', 'provider-path-missing'],
  ])('%s leads first to the rule that it most likely comes from', (line, rule) => {
    expect(rulesFor(line)[0]).toBe(rule);
  });

  it('that no rule causes leads nowhere', () => {
    expect(explain('level=info msg="HTTP Server Listen"')).toBeUndefined();
  });
});
