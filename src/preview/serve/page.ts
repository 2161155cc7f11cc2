import { escapeXml } from '../draw/svg.ts';
import { THEMES } from '../draw/theme.ts';

/** What the page shows besides the picture. */
export interface PageState {
  readonly title: string;
  readonly theme: 'dark' | 'light';
  readonly dashboards: readonly { readonly uid: string; readonly title: string; readonly isShown: boolean }[];
  readonly from: string;
  readonly to: string;
  readonly variables: readonly PageVariable[];
  /** Findings with the id of the element they stand on, where there is one. */
  readonly findings: readonly { readonly text: string; readonly anchor: string | undefined }[];
  /** A digest of each panel's definition, by the id of its element: which of them a save changed. */
  readonly definitions: Readonly<Record<string, string>>;
  /** Whether the findings are those of an earlier build: rules and types are being checked. */
  readonly isChecking: boolean;
  /** The picture. */
  readonly svg: string;
}

/** A variable and its values: chosen from a list, or typed where they are not known. */
export interface PageVariable {
  readonly name: string;
  readonly values: readonly string[];
  readonly value: string;
}

/** The whole page. All texts are escaped; the only script is the page's own file. */
export function pageHtml(state: PageState): string {
  return `<!doctype html>
<html lang="en" data-theme="${state.theme}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(state.title)} - preview</title><link rel="stylesheet" href="/page.css"><script src="/page.js" defer></script></head>
<body><form id="controls" aria-label="What is shown">${controls(state)}</form>
<main id="stage">${stageHtml(state)}</main></body></html>
`;
}

/** The part that changes when a definition is saved. */
export function stageHtml({ findings, definitions, isChecking, svg }: PageState): string {
  const items = findings.map(({ text, anchor }) => {
    const shown = escapeXml(text);
    return `<li>${anchor === undefined ? shown : `<a href="#${escapeXml(anchor)}">${shown}</a>`}</li>`;
  });
  const list =
    items.length === 0 ? '' : `<ul id="findings" role="status" aria-label="Findings">${items.join('')}</ul>`;
  const digests = escapeXml(JSON.stringify(definitions));
  return `${list}<div id="picture" data-definitions="${digests}"${isChecking ? ' data-checking=""' : ''}>${svg}</div>`;
}

function controls({ dashboards, from, to, theme, variables }: PageState): string {
  const option = (value: string, text: string, isChosen: boolean) =>
    `<option value="${escapeXml(value)}"${isChosen ? ' selected' : ''}>${escapeXml(text)}</option>`;
  const range = ['5m', '15m', '1h', '6h', '24h', '7d'];
  const known = to === 'now' && range.some((each) => from === `now-${each}`);
  return [
    `<label>Dashboard <select name="d">${dashboards.map(({ uid, title, isShown }) => option(uid, title, isShown)).join('')}</select></label>`,
    ...variables.map(({ name, values, value }) => {
      const field = `var-${name}`;
      const choices = values.includes(value) ? values : [value, ...values];
      return values.length > 0
        ? `<label>${escapeXml(name)} <select name="${escapeXml(field)}">${choices.map((each) => option(each, each === '$__all' || each === '' ? 'All' : each, each === value)).join('')}</select></label>`
        : `<label>${escapeXml(name)} <input name="${escapeXml(field)}" value="${escapeXml(value)}"></label>`;
    }),
    `<label>Time <select name="from">${[...(known ? [] : [option(from, `${from} to ${to}`, true)]), ...range.map((each) => option(`now-${each}`, `Last ${each}`, from === `now-${each}`))].join('')}</select></label>`,
    `<label>Theme <select name="theme">${['dark', 'light'].map((each) => option(each, each, each === theme)).join('')}</select></label>`,
    '<noscript><button>Show</button></noscript><span id="state" role="status"></span>',
  ].join(' ');
}

/** The page's style: the controls in the picture's colours. */
export const PAGE_CSS = `@font-face{font-family:Inter;font-weight:400;src:url(/inter-400.woff2) format("woff2")}
@font-face{font-family:Inter;font-weight:500;src:url(/inter-500.woff2) format("woff2")}
:root{--canvas:#111217;--text:#ccccdc;--border:#4a4c54;--field:#181b1f;--warning:#fbad37;--link:#6e9fff}
:root[data-theme=light]{--canvas:#f4f5f5;--text:#24292e;--border:#b0b3b6;--field:#fff;--warning:#b5510d;--link:#1f62e0}
body{margin:0;background:var(--canvas);color:var(--text);font:14px Inter,Helvetica,Arial,sans-serif}
#controls{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;padding:12px 16px 0}
select,input,button{font:inherit;color:inherit;background:var(--field);border:1px solid var(--border);border-radius:2px;padding:4px 8px;max-width:100%}
:focus-visible{outline:2px solid var(--link);outline-offset:1px}
#findings{margin:12px 16px 0;padding:8px 8px 8px 28px;border:1px solid var(--warning);border-radius:2px;overflow-wrap:anywhere}
#findings a{color:inherit}
#findings:has(+[data-checking]){opacity:.6}
#picture svg{display:block}
g[data-panel]:focus{outline:2px solid var(--link)}
g[data-panel].changed>rect:first-of-type:not([stroke="${THEMES.dark.warning}"],[stroke="${THEMES.light.warning}"]){stroke:var(--link);stroke-width:2}
@media (prefers-reduced-motion:no-preference){g[data-panel].changed>rect{transition:stroke 1s}}
`;

/** The page's script: asks for the picture again when it is told to, and puts in only the panels that differ. */
export const PAGE_JS = `'use strict';
const controls = document.getElementById('controls');
const stage = document.getElementById('stage');
const state = document.getElementById('state');
let latest = 0;
const address = () => {
  const query = new URLSearchParams(new FormData(controls));
  return '?' + query;
};
function prepare(root) {
  for (const panel of root.querySelectorAll('g[data-panel]')) panel.setAttribute('tabindex', '0');
}
const definitions = (root) => JSON.parse(root.querySelector('#picture').dataset.definitions);
async function refresh(news) {
  const mine = ++latest;
  const query = address() + '&w=' + document.documentElement.clientWidth;
  try {
    const response = await fetch('/stage' + query);
    const html = await response.text();
    if (mine !== latest) return;
    if (!response.ok) { state.textContent = html; return; }
    const fresh = new DOMParser().parseFromString('<main>' + html + '</main>', 'text/html').querySelector('main');
    state.textContent = fresh.querySelector('[data-checking]') ? 'Types are being checked' : '';
    prepare(fresh);
    const focused = document.activeElement && document.activeElement.id;
    const marked = news === 'checked' ? new Set([...stage.querySelectorAll('g.changed')].map((panel) => panel.id)) : new Set();
    const [before, after] = [definitions(stage), definitions(fresh)];
    stage.replaceChildren(...fresh.childNodes);
    for (const panel of stage.querySelectorAll('g[data-panel]'))
      if (news && (marked.has(panel.id) || before[panel.id] !== after[panel.id])) panel.classList.add('changed');
    const again = focused && document.getElementById(focused);
    if (again && stage.contains(again)) again.focus({ preventScroll: true });
    stage.dataset.updates = String(Number(stage.dataset.updates || 0) + 1);
  } catch {
    if (mine === latest) state.textContent = 'The preview has ended';
  }
}
function goTo() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  target.scrollIntoView({ block: 'center' });
  target.focus({ preventScroll: true });
}
controls.addEventListener('change', (event) => {
  if (event.target.name === 'd') { location.search = '?d=' + encodeURIComponent(event.target.value) + '&theme=' + controls.elements.theme.value; return; }
  document.documentElement.dataset.theme = controls.elements.theme.value;
  history.replaceState(null, '', address());
  refresh();
});
controls.addEventListener('submit', (event) => { event.preventDefault(); refresh(); });
addEventListener('hashchange', goTo);
stage.addEventListener('click', (event) => { if (event.target.closest('#findings a')) setTimeout(goTo); });
let width = document.documentElement.clientWidth;
addEventListener('resize', () => {
  if (document.documentElement.clientWidth === width) return;
  width = document.documentElement.clientWidth;
  refresh();
});
const events = new EventSource('/events');
events.addEventListener('changed', (event) => refresh(event.data));
events.addEventListener('error', () => { state.textContent = 'Waiting for the preview'; });
prepare(stage);
refresh().then(goTo);
`;
