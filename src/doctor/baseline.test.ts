import { expect, it } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { notInBaseline, readBaseline } from './baseline.ts';

const finding = (message: string): Finding => ({
  rule: 'query-syntax',
  severity: 'data',
  message,
  at: { file: 'a.json' },
  related: [],
});

it('holds back as many equal findings as it has, and no more', () => {
  const text = JSON.stringify({ findings: [{ file: 'a.json', rule: 'query-syntax', message: 'old' }] });
  const left = notInBaseline(
    [finding('old'), finding('old'), finding('new')],
    readBaseline(text, 'base.json'),
  );
  expect(left.map(({ message }) => message)).toEqual(['old', 'new']);
});

it('that is no report is a usage error naming the file', () => {
  expect(() => readBaseline('[]', 'base.json')).toThrow('base.json is no baseline');
});
