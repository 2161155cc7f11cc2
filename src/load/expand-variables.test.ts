import { describe, expect, it } from 'vitest';
import { expandValue, expandVariables } from './expand-variables.ts';

const closed = {
  environment: { HOST: 'prom:9090', SECRET: 's3cr$t', OUTSIDE: undefined },
  environmentIsOpen: false,
};

describe('expandVariables', () => {
  it.each([
    ['http://$HOST', 'http://prom:9090'],
    ['http://${HOST}', 'http://prom:9090'],
    ['$__env{HOST}', 'prom:9090'],
    ['a$$b', 'a$b'],
    ['$UNSET|${UNSET}|', '||'],
    ['$1 and ${1} and ${__value.raw} and $__interval', ' and  and  and '],
    ['$$1 and $${__value.raw}', '$1 and ${__value.raw}'],
    ['Cost $100', 'Cost 00'],
    ['trace_id=(\\w+)$', 'trace_id=(\\w+)$'],
  ])('makes of %s what Grafana makes of it', (text, expanded) => {
    expect(expandVariables(text, closed)).toBe(expanded);
  });

  it('expands the value of a braced variable once more, and that of a bare one not', () => {
    expect(expandVariables('${SECRET}', closed)).toBe('s3cr');
    expect(expandVariables('$SECRET', closed)).toBe('s3cr$t');
  });

  it('does not know what is set outside the tree or stands in a file', () => {
    expect(expandVariables('$OUTSIDE', closed)).toBeUndefined();
    expect(expandVariables('$UNSET', { ...closed, environmentIsOpen: true })).toBeUndefined();
    expect(expandVariables('$__file{/run/secrets/x}', closed)).toBeUndefined();
  });

  it('keeps keys, and texts that it does not know', () => {
    expect(expandValue({ $HOST: ['$HOST', '$OUTSIDE', 1] }, closed)).toEqual({
      $HOST: ['prom:9090', '$OUTSIDE', 1],
    });
  });
});
