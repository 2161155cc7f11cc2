import { describe, expect, test } from 'vitest';
import { compare } from './compare.ts';
import { dashboardOf, panelOf, queryOf, second } from './dashboard.fixture.ts';
import type { DiffReport } from './diff.ts';
import type { Json } from './json.ts';
import { KINDS } from './kinds.fixture.ts';
import { printHtml } from './print-html.ts';
import { printJson } from './print-json.ts';
import { printMarkdown } from './print-markdown.ts';
import { printText } from './print-text.ts';

test('the Markdown of every kind of change is the recorded one', async () => {
  const texts = KINDS.flatMap(([name, before, after]) => [
    `<!-- ${name} -->\n${printMarkdown(reportOf(before, after))}`,
    `<!-- the other way round -->\n${printMarkdown(reportOf(after, before))}`,
  ]);
  await expect(texts.join('\n')).toMatchFileSnapshot('../../test/diff/every-kind.md');
});

/** Text of users that tries to be more than text. */
const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</summary></details><h1>owned',
  '**bold** _it_ ~~no~~ `code` | cell |',
  '[link](https://evil.example) ![image](https://evil.example/i.png)',
  'https://evil.example www.evil.example me@evil.example',
  '@someone @org/team #1 GH-2 :rocket: $x^2$',
  '> quote\n\n# heading\n\n- [ ] task\n\n```js\nalert(1)\n```',
  '--> &lt; &amp; \\ *',
  '${{ secrets.TOKEN }} {{die}}',
];

describe.each(HOSTILE)('a title, name and query %j', (text) => {
  const report = reportOf(
    dashboardOf(),
    dashboardOf({
      title: text,
      uid: text,
      panels: [panelOf({ title: text, targets: [queryOf({ expr: text }), queryOf({ refId: text })] })],
      templating: { list: [{ name: text, type: text, query: text }] },
      links: [{ title: text, url: text }],
    }),
  );

  test('is only text in Markdown', () => {
    const markdown = printMarkdown(report);
    const ours = /<\/?(?:b|code|del|ins|sub|details|summary)>|<br>|<!-- -->/g;
    const rest = markdown.replace(ours, '');
    expect(rest).not.toMatch(/[<>`*_~|\\![\]$]/);
    expect(rest.replaceAll(/&#\d+;/g, '')).not.toMatch(/[&@]|:\/\/|:\w+:/);
    expect(markdown).not.toMatch(/www\./);
    expect(rest.match(/^#+ /gm)).toEqual(['### ']);
    // Outside code, what GitHub would look for after Markdown is done is parted.
    const prose = markdown
      .replace(/<code>.*?<\/code>/g, '')
      .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    expect(prose).not.toMatch(/@\w|(?<!#)#\d|:\w+:|:\/\/|www\.|GH-\d/);
  });

  test('is only text in HTML', () => {
    const html = printHtml(report);
    const body = html.slice(html.indexOf('<body>'));
    expect(body).not.toMatch(
      /<(?!\/?(?:body|h1|p|details|summary|b|br|small|ul|li|span|code|del|ins|html)\b)/,
    );
    expect(body.match(/<h1>/g)).toHaveLength(1);
    expect(body).not.toMatch(/<\w+[^>]*\s(?!class="|open)[\w-]+=/);
  });

  test('stays on its line in text', () => {
    expect(
      printText(report)
        .split('\n')
        .filter((line) => /^(#|>|```)/.test(line)),
    ).toEqual([]);
  });
});

test('signs that turn or hide text are left out', () => {
  const report = reportOf(dashboardOf(), dashboardOf({ title: 'a\u202Eb\u0000c\u001B[31md\uD800e' }));
  for (const print of [printText, printMarkdown, printHtml]) {
    expect(print(report)).toMatch(/abc(?:\[|&#91;)31mde/);
    for (const sign of ['\0', '\u001B', '\u202E', '\uD800']) expect(print(report)).not.toContain(sign);
  }
});

test('a title of 10,000 characters is cut, with a word about its length', () => {
  const report = reportOf(dashboardOf(), dashboardOf({ title: 'x'.repeat(10_000) }));
  expect(printText(report)).toContain(`${'x'.repeat(120)}… (10,000 characters)`);
  expect(printMarkdown(report).length).toBeLessThan(2000);
});

describe('Markdown has a bounded length', () => {
  const many = (count: number, text: string) =>
    Array.from({ length: count }, (_, index) =>
      panelOf({ id: index + 1, title: `${text} ${index}`, targets: [queryOf({ expr: `${text} ${index}` })] }),
    );

  test('with a dashboard of 2,000 panels: what is left out is counted', () => {
    const markdown = printMarkdown(
      reportOf(dashboardOf({ panels: [] }), dashboardOf({ panels: many(2000, 'P') })),
    );
    expect(markdown.length).toBeLessThan(60_000);
    expect(markdown).toContain('2000 panels added');
    expect(markdown).toContain('… and 3800 more lines');
  });

  test('with 1,000 dashboards: those without room are named, then counted', () => {
    const dashboards = (text: string) =>
      Array.from({ length: 1000 }, (_, index) => ({
        file: `d${index}.json`,
        json: dashboardOf({ uid: `d${index}`, title: `Dashboard ${index}`, panels: many(3, text) }),
      }));
    const markdown = printMarkdown({
      ...EMPTY,
      ...compare(
        { dashboards: dashboards('a'), provisioning: [] },
        { dashboards: dashboards('b'), provisioning: [] },
      ),
    });
    expect(markdown.length).toBeLessThanOrEqual(60_000);
    expect(markdown).toMatch(/<b>Left out, too long for this comment:<\/b> Dashboard \d+, .* and \d+ more\n/);
    const shown = markdown.match(/^🟡/gm)?.length ?? 0;
    const named = markdown.match(/Left out.*?:<\/b> (.*) and (\d+) more/);
    expect(shown + (named?.[1]?.split(', ').length ?? 0) + Number(named?.[2])).toBe(1000);
  });

  test('whatever texts are in it', () => {
    const panels = (text: string) => dashboardOf({ panels: many(300, `${text}${'<@&>'.repeat(500)}`) });
    expect(printMarkdown(reportOf(panels('a'), panels('b'))).length).toBeLessThanOrEqual(60_000);
  });
});

test('the HTML page needs nothing else and forbids it', () => {
  const html = printHtml(reportOf(dashboardOf(), dashboardOf({ panels: [panelOf(), second] })));
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(html).not.toMatch(/<script|<link|src=|@import|url\(/);
});

test('JSON has the whole of it, and how often what happened', () => {
  const json = JSON.parse(printJson(reportOf(dashboardOf(), dashboardOf({ panels: [panelOf(), second] }))));
  expect(json).toMatchObject({ formatVersion: 1, counts: { 'panel added': 1 }, stale: [] });
  expect(json.dashboards[0].items).toEqual([
    {
      kind: 'added',
      of: 'panel',
      item: { name: 'Errors', detail: 'timeseries', contains: [{ name: 'A', text: 'errors' }] },
    },
  ]);
});

test('warnings come first in Markdown', () => {
  const stale = [{ file: 'provisioning/a`b.json', definition: 'dashboards/a.ts', why: 'unsure' }] as const;
  const unreadable = [{ file: 'x.json', side: 'after', why: 'the JSON ends too early' }] as const;
  expect(
    printMarkdown({ ...EMPTY, dashboards: [], provisioning: [], stale, unreadable }),
  ).toBe(`### Dashboards: no change

> [!WARNING]
> - <code>provisioning/a&#96;b.json</code> did not change though dashboards/a.ts did: right for a refactoring, stale if the build was forgotten (build --check tells)
> - <code>x.json</code> cannot be read after the change: the JSON ends too early


<sub>main → the working tree</sub>
`);
});

const EMPTY = { before: 'main', after: 'the working tree', stale: [], unreadable: [] };

function reportOf(before: Json, after: Json): DiffReport {
  const side = (json: Json) => ({ dashboards: [{ file: 'd.json', json }], provisioning: [] });
  return { ...EMPTY, ...compare(side(before), side(after)) };
}
