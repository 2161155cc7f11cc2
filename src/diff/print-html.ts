import type { DiffReport } from './diff.ts';
import { escapeHtml } from './escape-html.ts';
import type { Part } from './mark-parts.ts';
import type { Block, Line, Section } from './outline.ts';
import { cut, oneLine, printable } from './plain-text.ts';
import { tell, type Warning } from './tell.ts';

/** A diff as one page that needs nothing else: no script, no font, no request. Its policy forbids them too. */
export function printHtml(report: DiffReport): string {
  const { summary, compared, sections, warnings } = tell(report);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dashboards: ${escapeHtml(oneLine(summary, 200))}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(summary)}</h1>
<p class="compared">${escapeHtml(printable(compared))}</p>
${warnings.map(printWarning).join('')}${sections.map(printSection).join('')}</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; --added: #1a7f37; --removed: #cf222e; --changed: #9a6700; --line: #8884; }
@media (prefers-color-scheme: dark) { :root { --added: #3fb950; --removed: #f85149; --changed: #d29922; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
code { font: 0.85em ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
details { border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem 1rem; margin: 0.75rem 0; }
summary { cursor: pointer; }
ul { padding-left: 1.25rem; }
.compared, small { opacity: 0.7; }
.added { color: var(--added); } .removed { color: var(--removed); } .changed { color: var(--changed); }
.warning { border-left: 4px solid var(--changed); padding: 0.25rem 0.75rem; }
del { color: var(--removed); background: #f8514922; } ins { color: var(--added); background: #3fb95022; text-decoration: none; }
`;
const SIGNS = { added: '+', removed: '−', changed: '~' } as const;

function printWarning({ file, text }: Warning): string {
  return `<p class="warning">${code(file)} ${escapeHtml(oneLine(text, 500))}</p>\n`;
}

function printSection({ mark, title, uid, file, counts, blocks }: Section): string {
  const name = escapeHtml(oneLine(title, 500)) || 'untitled';
  const about = [uid, file].flatMap((text) => (text === undefined ? [] : [code(text)])).join(' · ');
  return `<details open>
<summary><b class="${mark}">${SIGNS[mark]} ${name}</b>: ${escapeHtml(counts)}<br><small>${about}</small></summary>
<ul>
${blocks.map(printBlock).join('')}</ul>
</details>
`;
}

function printBlock({ mark, noun, name, detail, lines }: Block): string {
  const called = name === '' ? '' : ` <b>${escapeHtml(oneLine(name, 500))}</b>`;
  const about = detail === undefined ? '' : ` (${escapeHtml(oneLine(detail, 200))})`;
  const inner = lines.map((line) => `<li>${printLine(line)}</li>\n`).join('');
  return `<li><span class="${mark}">${SIGNS[mark]} ${escapeHtml(noun)}</span>${called}${about}${inner && `<ul>\n${inner}</ul>`}</li>\n`;
}

function printLine(line: Line): string {
  const label = escapeHtml(oneLine(line.label, 300));
  switch (line.kind) {
    case 'values':
      return `${label}: ${code(line.before)} → ${code(line.after)}`;
    case 'parts':
      return `${label}: <code>${line.parts.map(printPart).join('')}</code>`;
    case 'code':
      return `${label}: ${code(line.text)}`;
    case 'words':
      return `${label} ${escapeHtml(oneLine(line.text, 500))}`;
    default:
      return line satisfies never;
  }
}

function printPart({ kind, text }: Part): string {
  const escaped = escapeHtml(printable(text));
  switch (kind) {
    case 'same':
      return escaped;
    case 'removed':
      return `<del>${escaped}</del>`;
    case 'added':
      return `<ins>${escaped}</ins>`;
    default:
      return kind satisfies never;
  }
}

function code(text: string): string {
  return `<code>${escapeHtml(cut(printable(text), 20_000))}</code>`;
}
