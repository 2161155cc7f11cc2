import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readYaml, runStep, type Step } from './steps.ts';

interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly if?: string; readonly permissions: unknown; readonly steps: readonly Step[] }>
  >;
}
const path = '.github/workflows/dashboards-comment.yml';
const workflow = readYaml<Workflow>(path);
const job = workflow.jobs.comment;
const MARKER = '<!-- panelproof diff -->';

describe('the workflow that comments', () => {
  test('runs nothing but its own script, which no expression reaches', () => {
    expect(Object.keys(workflow.jobs)).toEqual(['comment']);
    expect(job?.steps.map(({ uses }) => uses)).toEqual([undefined]);
    expect(job?.steps[0]?.run).not.toContain('${{');
    expect(workflow.on).toEqual({ workflow_run: { workflows: ['Dashboards'], types: ['completed'] } });
  });

  test('may comment and read artifacts, and nothing else', () => {
    expect(workflow.permissions).toEqual({});
    expect(job?.permissions).toEqual({ actions: 'read', 'pull-requests': 'write' });
  });

  test('makes a comment where there is none', async () => {
    const run = await comment({ markdown: '### Dashboards: 1 dashboard added\n' });
    expect(run.exitCode).toBe(0);
    expect(run.calls.at(-1)).toMatch(/^api --method POST repos\/o\/r\/issues\/7\/comments /);
    expect(run.body).toMatch(
      /^<!-- panelproof diff -->\n<sub>Told by .*\n\n### Dashboards: 1 dashboard added\n$/,
    );
  });

  test('updates the one it made before', async () => {
    const run = await comment({ markdown: '### Dashboards: no change\n', known: '41\n42' });
    expect(run.calls.at(-1)).toMatch(/^api --method PATCH repos\/o\/r\/issues\/comments\/41 /);
  });

  test('asks GitHub, not the artifact, which pull request it is', async () => {
    const run = await comment({ markdown: '', number: '' });
    expect(run.exitCode).toBe(0);
    expect(run.calls).toHaveLength(1);
    expect(run.calls[0]).toContain('head=fork-owner:$(touch x)');
  });

  test('passes what panelproof prints through as it is', async () => {
    const printed = readFileSync(join(import.meta.dirname, 'every-kind.md'), 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('<!-- '))
      .join('\n')
      .slice(0, 20_000);
    const { body } = await comment({ markdown: printed });
    expect(decoded(body.slice(body.indexOf('###')))).toBe(decoded(printed));
  });

  test.each([
    ['[click](https://evil.example) ![i](https://evil.example/i.png)', /\[click\]|!\[|:\/\//],
    [
      '<img src=x><script>alert(1)</script><a href="x">x</a><code onclick=1>',
      /<(?:img|script|a|code onclick)/,
    ],
    ['@org/team &#64;someone #12 &#35;13', /@(?:org|some)|#1[23]/],
    ['# Owned\n> [!NOTE]\n```\n~~~\n| a | b |\n**x**', /^# |\[!NOTE|```|~~~|\|/m],
    [`${MARKER}<!-- hidden --> &#x40;team &amp;#64;team`, /<!-- hidden|[^;]#x40|@team/],
  ])('takes apart %j', async (markdown, evil) => {
    const { body } = await comment({ markdown });
    const [, , , ...told] = body.split('\n');
    expect(told.join('\n')).not.toMatch(evil);
    // What GitHub makes of codes, outside of code.
    expect(decoded(told.join('\n'))).not.toMatch(/@\w|#\d/);
  });

  test('is bounded whatever the artifact holds', async () => {
    const { body } = await comment({ markdown: '<'.repeat(300_000) });
    expect(body.length).toBe(65_000);
  });

  test('leaves an artifact without a diff alone', async () => {
    const run = await comment({ markdown: undefined });
    expect(run.exitCode).toBe(0);
    expect(run.calls.join('\n')).not.toMatch(/POST|PATCH/);
  });
});

function decoded(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

/** Runs the step with a `gh` that notes what it is asked. */
async function comment({
  markdown,
  number = '7',
  known = '',
}: {
  markdown: string | undefined;
  number?: string;
  known?: string;
}) {
  const temp = mkdtempSync(join(tmpdir(), 'comment-'));
  onTestFinished(() => rmSync(temp, { recursive: true }));
  mkdirSync(join(temp, 'bin'));
  if (markdown !== undefined) writeFileSync(join(temp, 'diff.md'), markdown);
  writeFileSync(
    join(temp, 'bin/gh'),
    `#!/bin/bash
echo "$*" >> "$TEMP/calls"
case "$*" in
  *--method\\ GET*) echo "$NUMBER" ;;
  run\\ download*) mkdir "$TEMP/artifact"; [ -f "$TEMP/diff.md" ] && cp "$TEMP/diff.md" "$TEMP/artifact/" || true ;;
  *--paginate*) echo "$KNOWN" ;;
esac
`,
    { mode: 0o755 },
  );
  const [step = {}] = job?.steps ?? [];
  const { exitCode } = await runStep(
    step,
    temp,
    {
      'github.token': 't',
      'github.repository': 'o/r',
      'github.event.workflow_run.id': '5',
      'github.event.workflow_run.html_url': 'https://github.com/o/r/actions/runs/5',
      'github.event.workflow_run.head_sha': 'abc',
      'github.event.workflow_run.head_repository.owner.login': 'fork-owner',
      'github.event.workflow_run.head_branch': '$(touch x)',
    },
    { TEMP: temp, RUNNER_TEMP: temp, NUMBER: number, KNOWN: known, PATH: `${temp}/bin:${process.env.PATH}` },
  );
  const calls = readFileSync(join(temp, 'calls'), 'utf8').trim().split('\n');
  const body = ((): string => {
    try {
      return JSON.parse(readFileSync(join(temp, 'comment.json'), 'utf8')).body;
    } catch {
      return '';
    }
  })();
  return { exitCode, calls, body };
}
