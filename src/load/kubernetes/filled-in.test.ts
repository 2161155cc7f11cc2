import { describe, expect, it } from 'vitest';
import { treeOf } from '../tree-of.ts';
import { filledIn } from './filled-in.ts';

describe('texts that are filled in before they are applied', () => {
  const tree = treeOf({
    'apps.yaml':
      'spec:\n  postBuild:\n    substitute:\n      DS_PROMETHEUS: prometheus\n      cluster: "home"\n',
  });
  const isFilledIn = filledIn(tree, ['apps.yaml']);

  it.each([
    ['a name that Flux is told', '{"uid": "${DS_PROMETHEUS}", "__inputs": [{"name": "DS_PROMETHEUS"}]}'],
    ['one in small letters', '{"expr": "up{cluster=\\"${cluster}\\"}"}'],
    ['one with a default', '{"title": "${CLUSTER:=home}"}'],
    ['capitals that the text does not have', '{"title": "${CLUSTER_NAME}"}'],
  ])('have %s', (_, text) => {
    expect(isFilledIn(text)).toBe(true);
  });

  it.each([
    ['variables of Grafana', '{"expr": "rate(a[${__rate_interval}]) ${job} $instance ${host:regex}"}'],
    ['variables in capitals of their own', '{"expr": "${JOB}", "templating": {"list": [{"name": "JOB"}]}}'],
    ['inputs', '{"uid": "${DS_LOKI}", "__inputs": [{"name": "DS_LOKI"}]}'],
  ])('do not only have %s', (_, text) => {
    expect(isFilledIn(text)).toBe(false);
  });
});
