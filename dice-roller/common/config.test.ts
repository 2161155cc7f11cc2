import { describe, expect, it } from 'vitest';
import { loadConfig, rollerVariables } from './config.ts';

describe('The configuration', () => {
  it('has a default for every variable', () => {
    expect(loadConfig(rollerVariables, {})).toEqual({
      HOST: '127.0.0.1',
      PORT: 8000,
      LOG_LEVEL: 'info',
      DIE_SERVICE_URL: 'http://127.0.0.1:8106',
      DIE_SERVICE_TIMEOUT_MS: 2000,
      ROLL_MAX_DELAY_MS: 1000,
      ROLL_MAX_IN_FLIGHT: 200,
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(loadConfig(rollerVariables, { PORT: '', OTEL_EXPORTER_OTLP_ENDPOINT: '' }).PORT).toBe(8000);
  });

  it('reads what is given', () => {
    const env = {
      PORT: '1',
      LOG_LEVEL: 'WARNING',
      DIE_SERVICE_URL: 'http://dice:8000/',
      ROLL_MAX_DELAY_MS: '0',
    };
    expect(loadConfig(rollerVariables, env)).toMatchObject({
      PORT: 1,
      LOG_LEVEL: 'warning',
      DIE_SERVICE_URL: 'http://dice:8000',
      ROLL_MAX_DELAY_MS: 0,
    });
  });

  it('lists every bad variable in one error', () => {
    const env = {
      PORT: '80a',
      LOG_LEVEL: 'loud',
      DIE_SERVICE_URL: 'dice:8000',
      ROLL_MAX_IN_FLIGHT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'nowhere',
    };
    expect(() => loadConfig(rollerVariables, env)).toThrowErrorMatchingInlineSnapshot(`
      [Error: Bad configuration:
        PORT="80a": expected a whole number from 0 to 65535
        LOG_LEVEL="loud": expected one of debug, info, warning, error
        OTEL_EXPORTER_OTLP_ENDPOINT="nowhere": expected an http:// or https:// URL
        DIE_SERVICE_URL="dice:8000": expected an http:// or https:// URL
        ROLL_MAX_IN_FLIGHT="0": expected a whole number from 1 to 100000]
    `);
  });
});
