import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../metrics.ts';
import { createRollerLab } from '../test/roller-lab.ts';

const package_ = fileURLToPath(new URL('..', import.meta.url));

describe('The counters of known dice', () => {
  it('exist with 0 before the first request', async () => {
    const lab = createRollerLab({ dieServiceUrl: 'http://127.0.0.1:1' });
    for (const die of ['fair', 'risky']) {
      for (const result of ['success', 'error']) {
        expect(await lab.metric(`dice_rolls_total{die_type="${die}",result="${result}"}`)).toBe(0);
        expect(await lab.metric(`async_rolls_total{die_type="${die}",result="${result}"}`)).toBe(0);
        expect(await lab.metric(`async_roll_batches_total{die_type="${die}",result="${result}"}`)).toBe(0);
      }
      for (const status of catalogue.metrics.die_service_requests_total.labels.status) {
        expect(await lab.metric(`die_service_requests_total{identifier="${die}",status="${status}"}`)).toBe(
          0,
        );
      }
    }
    expect(await lab.metric('async_rolls_in_progress')).toBe(0);
    expect(await lab.metric('async_roll_batch_size_count')).toBe(0);
  });
});

describe('The catalogue', () => {
  it('is the only place where buckets and help texts stand, and imports nothing', () => {
    expect(readFileSync(join(package_, 'metrics.ts'), 'utf8')).not.toMatch(/\bimport\b.*from/);
    const elsewhere = sources().filter((file) => file !== 'metrics.ts');
    const texts = elsewhere.map((file) => readFileSync(join(package_, file), 'utf8')).join('\n');
    for (const name of Object.keys(catalogue.metrics)) {
      // As a property its name is checked by the compiler; as a string it would be a second definition.
      expect(texts).not.toMatch(new RegExp(`^(?!.*LabelsOf<).*['"\`]${name}\\b`, 'm'));
    }
    expect(texts.match(/\bbuckets\b: \[\d/)).toBe(null);
    expect(texts).not.toMatch(/new (Counter|Gauge|Histogram)\([^.]*name: '/);
  });

  it('keeps the buckets that dashboards were written against', () => {
    const kept = {
      dice_roll_value: [1, 2, 3, 4, 5, 6, 7, 8],
      async_roll_batch_size: [1, 2, 3, 5, 10, 15, 20],
      async_roll_duration_seconds: [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5],
      die_service_request_duration_seconds: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
      http_request_duration_seconds: [0.1, 0.5, 1],
    } as const;
    for (const [name, buckets] of Object.entries(kept)) {
      expect(catalogue.metrics[name as keyof typeof kept].buckets).toEqual(
        expect.arrayContaining([...buckets]),
      );
    }
  });

  it('belongs to a package that imports nothing of the repository around it', () => {
    for (const file of sources()) {
      const depth = file.split('/').length - 1;
      const imports = readFileSync(join(package_, file), 'utf8').match(/from '(\.[^']+)'/g) ?? [];
      const climbing = imports.filter((text) => (text.match(/\.\.\//g) ?? []).length > depth);
      expect(climbing, file).toEqual([]);
    }
  });
});

function sources(): readonly string[] {
  return readdirSync(package_, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/^(node_modules|dist|test)\//.test(file),
  );
}
