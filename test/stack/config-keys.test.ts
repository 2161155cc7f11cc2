import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compose, readRootFile } from './compose-file.ts';

/** Keys by the path of the mapping they stand in; `*` lets any key through. */
type KnownKeys = Readonly<Record<string, readonly string[]>>;

describe.each(['loki', 'tempo'] as const)('The configuration of %s', (program) => {
  const config: unknown = parse(readRootFile(`stack/${program}.yaml`));

  it('has only keys that the version in compose.yaml knows', () => {
    expect(unknownKeys(config, knownKeys(program))).toEqual([]);
  });

  it.each(mistakes[program])('would not get away with $what', ({ from, to, finding }) => {
    const text = readRootFile(`stack/${program}.yaml`);
    expect(text).toContain(from);
    expect(unknownKeys(parse(text.replace(from, to)), knownKeys(program))).toEqual([finding]);
  });
});

const mistakes = {
  loki: [
    {
      what: 'a block that went with the last major version',
      from: 'analytics:',
      to: 'sigv4_config: {}\nanalytics:',
      finding: 'sigv4_config',
    },
    {
      what: 'a misspelt limit',
      from: 'retention_period: 168h',
      to: 'retention_periods: 168h',
      finding: 'limits_config.retention_periods',
    },
    {
      what: 'a misspelt key in a list',
      from: 'schema: v13',
      to: 'schemas: v13',
      finding: 'schema_config.configs.schemas',
    },
  ],
  tempo: [
    {
      what: 'the compactor that Tempo 3 does not have',
      from: 'usage_report:',
      to: 'compactor: {}\nusage_report:',
      finding: 'compactor',
    },
    {
      what: 'the ingester that Tempo 3 does not have',
      from: 'usage_report:',
      to: 'ingester: {}\nusage_report:',
      finding: 'ingester',
    },
    {
      what: 'a misspelt key of a filter, which Tempo itself does not notice',
      from: '- key: name',
      to: '- nam: name',
      finding: 'metrics_generator.processor.span_metrics.filter_policies.exclude.attributes.nam',
    },
    {
      what: 'overrides without their scope',
      from: '    compaction:',
      to: '    max_traces_per_user: 1\n    compaction:',
      finding: 'overrides.defaults.max_traces_per_user',
    },
  ],
};

/** The list for the version that compose.yaml names. @throws when there is none: make one from that version's reference. */
function knownKeys(program: 'loki' | 'tempo'): KnownKeys {
  const version = compose.services[program]?.image?.split(':')[1];
  const list = parse(readRootFile(`test/stack/known-keys/${program}-${version}.yaml`)) as Record<
    string,
    string
  >;
  return Object.fromEntries(Object.entries(list).map(([path, keys]) => [path, keys.split(/\s+/)]));
}

/** The paths of keys that are not in the list. Items of a list stand at the path of the list. */
function unknownKeys(value: unknown, known: KnownKeys, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => unknownKeys(item, known, path));
  if (typeof value !== 'object' || value === null) return [];
  const here = known[path || '.'] ?? [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return here.includes(key) || here.includes('*') ? unknownKeys(inner, known, at) : [at];
  });
}
