import { expect, it } from 'vitest';
import { tree } from './odd-server.ts';
import { runVerify } from './run-verify.ts';

it.each([
  [['--grafana', 'localhost:3000'], /--grafana is no URL; expected one such as http:\/\/localhost:3000/],
  [['--grafana', 'http://a', '--loki', 'http://b'], /--grafana and --loki do not go together/],
  [[], /nothing to ask: give --grafana URL \(or GRAFANA_URL\), or --prometheus/],
  [['--prometheus', 'http://a', '--since', 'soon'], /Expected a duration such as 30m/],
  [
    ['--prometheus', 'http://127.0.0.1:9', '--only', 'nobody'],
    /--only "nobody" fits no dashboard or panel; there is "Lab"/,
  ],
  [
    ['--prometheus', 'http://127.0.0.1:9', '--instance', 'provisionin'],
    /no Grafana "provisionin" in this tree, nearest is "provisioning"/,
  ],
])('refuses %j in one line', async (flags, expected) => {
  const result = await runVerify([tree, ...flags, '--timeout', '0.1']);
  expect({ code: result.code, stdout: result.stdout }).toEqual({ code: 2, stdout: '' });
  expect(result.stderr.trim()).toMatch(expected);
});
